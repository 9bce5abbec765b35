"""What was left behind by going back: for many events at once, and as ranges of their numbers, as SQL asks."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from engine.events import Annealed, Diverged, EncodingUnsure, Ended, Event, Failed

ENDING = (Annealed, Failed, EncodingUnsure, Diverged, Ended)  # undone by going back to their own step


class Rewinds(NamedTuple):
    """By the number of the event; `lowest` is the first step that any of them from here on went back to."""

    numbers: np.ndarray
    lowest: np.ndarray

    @classmethod
    def of(cls, numbers: np.ndarray, steps: np.ndarray) -> "Rewinds":
        """Of all that a run tells, in their order."""
        return cls(numbers, np.minimum.accumulate(steps[::-1])[::-1])

    def kept(self, kind: type[Event], numbers: np.ndarray, steps: np.ndarray) -> np.ndarray:
        """Places of the events that stay: none that came after went back behind them, and their steps never fall."""
        bounds = np.append(self.lowest, np.inf)[np.searchsorted(self.numbers, numbers, side="right")]
        places = np.flatnonzero(steps < bounds if kind in ENDING else steps <= bounds)
        rest = steps[places]
        if (rest[1:] < rest[:-1]).any():  # only where the file lost what went back, or was made so
            places = places[rest <= np.minimum.accumulate(rest[::-1])[::-1]]
        return places


class Span(NamedTuple):
    """Events between two numbers, neither included, of which those up to a step still count."""

    after: int
    before: int
    until: int


LAST = 2**63 - 1  # no event has this number


def spans(rewinds: Iterable[tuple[int, int]], until: int = LAST) -> list[Span]:
    """Oldest first, of a run up to a step. `rewinds` are number and step, newest first: each leaves less before it."""
    made, before = [], LAST
    for number, step in rewinds:
        made.append(Span(int(number), before, until))
        before, until = int(number), min(until, int(step))
    return [Span(0, before, until), *reversed(made)]
