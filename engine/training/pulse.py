"""Notices when other programs take the processor, so that two threads wait for each other and one would be faster."""


class Pulse:
    def __init__(self, threads: int) -> None:
        """`threads` that training begins with."""

    def felt(self, seconds: float) -> int | None:
        """A step took this long; how many threads to go on with, when that should change."""
        return None
