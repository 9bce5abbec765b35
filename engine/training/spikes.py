"""A loss or a gradient that is far off the last ones: mostly a rare batch, sometimes the beginning of the end."""

from collections import deque
from collections.abc import Iterable
from math import fsum, sqrt
from typing import NamedTuple

WINDOW = 128  # steps that are usual
FAR = 6.0  # standard deviations


class Spike(NamedTuple):
    what: str  # "loss" or "gradient"
    value: float
    usual: float  # mean of the last steps
    spread: float  # standard deviation


class Spikes:
    """Knows the last steps of one number."""

    def __init__(self, what: str, last: Iterable[float] = ()) -> None:
        self.what = what
        self.last = deque(last, maxlen=WINDOW)

    def seen(self, value: float) -> Spike | None:
        """Whether `value` stands out from the last WINDOW steps; then it is one of them."""
        found = self._compared(value)
        self.last.append(value)
        return found

    def _compared(self, value: float) -> Spike | None:
        if len(self.last) < WINDOW:
            return None
        usual = fsum(self.last) / WINDOW  # exact: equal numbers have no spread
        spread = sqrt(fsum((number - usual) ** 2 for number in self.last) / WINDOW)
        far = spread > 0 and value - usual > FAR * spread
        return Spike(self.what, value, usual, spread) if far else None
