"""A few things of a stream whose length nobody knows, evenly spread over it: every k-th, with a k that doubles."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Spread(Generic[T]):
    """`if spread.wants(): spread.kept.append(…)` for each thing; between half of `most` and `most` are kept."""

    def __init__(self, most: int) -> None:
        self.kept: list[T] = []
        self._most, self._every, self._met = most, 1, 0

    def wants(self) -> bool:
        """Whether the next thing is one of those."""
        if len(self.kept) >= self._most:
            self.kept = self.kept[::2]
            self._every *= 2
        self._met += 1
        return (self._met - 1) % self._every == 0
