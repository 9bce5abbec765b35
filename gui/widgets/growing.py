"""A row of numbers worked out from others that grow at their end: what is there is never worked out again."""

from collections.abc import Callable

import numpy as np


class Growing:
    """Twice the room whenever it is full; views that were given out stay as they are."""

    def __init__(self) -> None:
        self._room = np.empty(1024)
        self.used = 0

    def until(self, length: int, new: Callable[[int], np.ndarray]) -> np.ndarray:
        """The first `length` numbers; `new(used)` gives those after the ones there are. A view: do not write to it."""
        if length > self.used:
            if length > len(self._room):
                self._room = np.concatenate([self._room[: self.used], np.empty(2 * length - self.used)])
            self._room[self.used : length] = new(self.used)
            self.used = length
        return self._room[:length]
