"""All events of a run so far, found by kind and step.

Live and loaded runs are both made by `add`, one event at a time, so nothing that reads a recording can tell them
apart. Owned by one thread: there are no locks. Events of numbers only are kept as columns, 8 bytes a number; of
heavy ones at most HEAVY_KEPT or HEAVY_BYTES of a kind stay, thinned alike over the decades: hours fit in memory.
"""

from bisect import bisect_right
from collections import defaultdict
from operator import attrgetter
from typing import TypeVar, cast, get_type_hints

import numpy as np

from engine.events import KINDS, Annealed, Diverged, EncodingUnsure, Ended, Event, Failed, Rewound

E = TypeVar("E", bound=Event)
HEAVY_KEPT, HEAVY_BYTES, LEAST_KEPT = 400, 64_000_000, 8  # of a kind
ENDING = (Annealed, Failed, EncodingUnsure, Diverged, Ended)  # undone by going back to their own step

FIELDS = {kind: get_type_hints(kind) for kind in KINDS}
NUMBERS_ONLY = {kind for kind in KINDS if all(hint in (int, float) for hint in FIELDS[kind].values())}
HEAVY = {kind for kind in KINDS if np.ndarray in FIELDS[kind].values()}


def size(event: Event) -> int:
    """Bytes of its arrays."""
    arrays = (getattr(event, name) for name, hint in FIELDS[type(event)].items() if hint is np.ndarray)
    return sum(array.nbytes for array in arrays)


class Column:
    """A growing row of numbers; a view is never copied and never changes."""

    def __init__(self) -> None:
        self._room = np.empty(1024)
        self._used = 0

    def append(self, value: float) -> None:
        if self._used == len(self._room):
            self._room = np.concatenate([self._room, np.empty_like(self._room)])
        self._room[self._used] = value
        self._used += 1

    def cut(self, length: int) -> None:
        """Forget what comes after, in memory of its own: views that were given out stay as they are."""
        self._room = np.concatenate([self._room[:length], np.empty(1024)])
        self._used = length

    def view(self, length: int) -> np.ndarray:
        return self._room[: min(length, self._used)]


class Recording:
    def __init__(self) -> None:
        self._columns: dict[tuple[type[Event], str], Column] = defaultdict(Column)
        self._events: dict[type[Event], list[Event]] = defaultdict(list)
        self._added: dict[type[Event], int] = defaultdict(int)
        self.last_step = 0

    def add(self, event: Event) -> None:
        kind = type(event)
        if isinstance(event, Rewound):
            self._forget(event.step)
        self._added[kind] += 1
        self.last_step = max(self.last_step, event.step)
        if kind in NUMBERS_ONLY:
            for name in FIELDS[kind]:
                self._columns[kind, name].append(getattr(event, name))
            return
        kept = self._events[kind]
        kept.append(event)
        if kind in HEAVY:
            self._thin(kept, min(HEAVY_KEPT, max(LEAST_KEPT, HEAVY_BYTES // max(1, size(event)))))

    def _forget(self, step: int) -> None:
        """All that happened after `step`, and of that very step what had ended it; an anneal is said again."""
        for kind in list(self._added):
            kept = self.count(kind, step - 1 if kind in ENDING else step)
            if kind in NUMBERS_ONLY:
                for name in FIELDS[kind]:
                    self._columns[kind, name].cut(kept)
            else:
                del self._events[kind][kept:]
        self.last_step = step

    def _thin(self, kept: list[Event], most: int) -> None:
        """Leave out the ones whose neighbours are closest, as shares of the way: they are missed least."""
        while len(kept) > most:
            old = range(1, max(2, len(kept) * 3 // 4))
            del kept[min(old, key=lambda i: (kept[i + 1].step + 1) / (kept[i - 1].step + 1))]

    def latest(self, kind: type[E], step: int | None = None) -> E | None:
        """The last event of `kind` at or before `step` (default: of all)."""
        count = self.count(kind, step)
        if not count:
            return None
        if kind in NUMBERS_ONLY:
            columns = {name: self._columns[kind, name].view(count) for name in FIELDS[kind]}
            return kind(**{name: FIELDS[kind][name](column[-1]) for name, column in columns.items()})
        return cast("E", self._events[kind][count - 1])

    def all(self, kind: type[E], step: int | None = None) -> list[E]:
        """Every kept event of `kind` up to `step`, oldest first; not for kinds of numbers only, which are curves."""
        return cast("list[E]", self._events[kind][: self.count(kind, step)])

    def curve(self, kind: type[Event], field: str, step: int | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Steps and values of one number, up to `step`. Views: do not write to them."""
        count = self.count(kind, step)
        return self._columns[kind, "step"].view(count), self._columns[kind, field].view(count)

    def stamp(self, kinds: tuple[type[Event], ...], step: int | None = None) -> tuple[int, ...]:
        """Equal stamps, equal pictures: compare before drawing again."""
        return tuple(n for kind in kinds for n in (self.count(kind, step), self._added[kind]))

    def count(self, kind: type[Event], step: int | None = None) -> int:
        """How many kept events of `kind` there are up to `step`."""
        if kind in NUMBERS_ONLY:
            steps = self._columns[kind, "step"].view(self._added[kind])
            return len(steps) if step is None else int(np.searchsorted(steps, step, side="right"))
        kept = self._events[kind]
        return len(kept) if step is None else bisect_right(kept, step, key=attrgetter("step"))
