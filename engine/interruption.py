"""Ctrl-C while training without a window: the first asks for an end after this step, the second ends at once."""

import signal
from threading import current_thread, main_thread
from types import FrameType


class Interruption:
    """Use it as a context; only the main thread hears the signal."""

    def __init__(self) -> None:
        self.asked = False
        self.patient = False  # there is a step to finish and something to save

    def __enter__(self) -> "Interruption":
        self._hears = current_thread() is main_thread()
        self._before = signal.getsignal(signal.SIGINT)
        if self._hears:
            signal.signal(signal.SIGINT, self.heard)
        return self

    def __exit__(self, *_: object) -> None:
        if self._hears:
            signal.signal(signal.SIGINT, self._before)

    def heard(self, number: int = signal.SIGINT, frame: FrameType | None = None) -> None:
        """The signal has come."""
        if self.asked or not self.patient:
            raise KeyboardInterrupt
        self.asked = True
