"""Heavy events of one kind: where each of them is, and as many of them in memory as there is room for.

Of more than `most` the ones stay that are missed least: steps are thinned alike over the decades, the newest all stay.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol, get_type_hints

import numpy as np

from engine.events import KINDS, Event

HEAVY_KEPT, HEAVY_BYTES, LEAST_KEPT = 400, 64_000_000, 8  # of a kind

ARRAYS = {kind: [name for name, hint in get_type_hints(kind).items() if hint is np.ndarray] for kind in KINDS}
HEAVY = {kind for kind, names in ARRAYS.items() if names}


class Shelf(Protocol):
    """Where an event that left memory is found again by its number."""

    def fetch(self, kind: type[Event], numbers: Sequence[int]) -> list[Event | None]:
        """None where one cannot be found; never an exception."""


class Looks:
    """`kept` are places in `steps`; what is kept of a run that was opened enters memory when it is asked for."""

    def __init__(self, kind: type[Event]) -> None:
        self.kind = kind
        self.steps: list[int] = []  # of all, in the order they happened
        self.kept: list[int] = []
        self._numbers: list[int] = []
        self._memory: dict[int, Event] = {}
        self._most = HEAVY_KEPT
        self._fetched: tuple[int, Event] | None = None  # the last one that is not kept

    def add(self, event: Event, number: int) -> None:
        self._memory[len(self.steps)] = event
        self._most = most_of(event)
        self.point(event.step, number)

    def point(self, step: int, number: int) -> None:
        """There is one on the shelf."""
        self.kept.append(len(self.steps))
        self.steps.append(step)
        self._numbers.append(number)
        self._thin()

    def fill(self, steps: list[int], numbers: list[int]) -> None:
        """All that are on the shelf, where none were known."""
        self.steps, self._numbers = steps, numbers
        self.kept = spread(steps, self._most)

    def cut(self, length: int) -> None:
        """Forget what comes after."""
        del self.steps[length:], self._numbers[length:]
        del self.kept[bisect_right(self.kept, length - 1) :]
        self._memory = {place: event for place, event in self._memory.items() if place < length}
        self._fetched = None

    def count(self, step: int | None, shelf: Shelf | None) -> int:
        """How many up to `step` can be had."""
        if shelf is None:
            return self._kept_until(step)
        return len(self.steps) if step is None else bisect_right(self.steps, step)

    def latest(self, step: int | None, shelf: Shelf | None) -> Event | None:
        """The last one at or before `step`; where the shelf fails, the last one that is in memory."""
        if shelf is not None and (count := self.count(step, shelf)):
            found = self._at(count - 1, shelf)
            if found is not None:
                return found
        places = reversed(self.kept[: self._kept_until(step)])
        kept = next((place for place in places if place in self._memory), -1)
        if self._fetched and kept < self._fetched[0] < self.count(step, shelf):
            return self._fetched[1]
        return self._memory.get(kept)

    def all(self, step: int | None, shelf: Shelf | None) -> list[Event]:
        """Every kept one up to `step`, oldest first."""
        if shelf is not None and self.kept:
            self._at(self.kept[-1], shelf)  # how many there is room for is known only then
            self._fetch([place for place in self.kept[: self._kept_until(step)] if place not in self._memory], shelf)
        found = (self._at(place, shelf) for place in self.kept[: self._kept_until(step)])
        return [event for event in found if event is not None]

    def _kept_until(self, step: int | None) -> int:
        return len(self.kept) if step is None else bisect_right(self.kept, step, key=self.steps.__getitem__)

    def _at(self, place: int, shelf: Shelf | None) -> Event | None:
        if place in self._memory or shelf is None:
            return self._memory.get(place)
        if self._fetched and self._fetched[0] == place:
            return self._fetched[1]
        return self._fetch([place], shelf)[0]

    def _fetch(self, places: Sequence[int], shelf: Shelf) -> list[Event | None]:
        """All at once: to open the file takes longer than to read one."""
        found = shelf.fetch(self.kind, [self._numbers[place] for place in places]) if places else []
        steps = (self.steps[place] for place in places)
        right = [event if event and event.step == step else None for event, step in zip(found, steps, strict=True)]
        for place, event in zip(places, right, strict=True):
            if event:
                self._remember(place, event)
        return right

    def _remember(self, place: int, event: Event) -> None:
        if most_of(event) < self._most:
            self._most = most_of(event)
            self._thin()
        if self.kept[bisect_right(self.kept, place) - 1] == place:
            self._memory[place] = event
        else:
            self._fetched = place, event

    def _thin(self) -> None:
        """Leave out the ones whose neighbours are closest, as shares of the way: they are missed least."""
        steps, kept = self.steps, self.kept
        while len(kept) > self._most:
            old = range(1, max(2, len(kept) * 3 // 4))
            worst = min(old, key=lambda i: (steps[kept[i + 1]] + 1) / (steps[kept[i - 1]] + 1))
            self._memory.pop(kept.pop(worst), None)


def most_of(event: Event) -> int:
    """How many of its size there is room for."""
    size: int = sum(getattr(event, name).nbytes for name in ARRAYS[type(event)])
    return min(HEAVY_KEPT, max(LEAST_KEPT, HEAVY_BYTES // max(1, size)))


def spread(steps: list[int], most: int) -> list[int]:
    """Places of at most so many: the newest quarter whole, before that the first in each equal share of the way."""
    if len(steps) <= most:
        return list(range(len(steps)))
    newest = len(steps) - most // 4
    way = np.log1p(np.maximum(steps[:newest], 0))
    shares = np.linspace(way[0], way[-1], most - most // 4)
    older = np.unique(np.minimum(np.searchsorted(way, shares), newest - 1))
    return [*older.tolist(), *range(newest, len(steps))]
