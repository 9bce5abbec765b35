"""All events of a run so far, found by kind and step.

Live and loaded runs are both made by `add`, one event at a time, so nothing that reads a recording can tell them
apart. Owned by one thread: there are no locks. Events of numbers only are kept as columns, 8 bytes a number; of
heavy ones at most HEAVY_KEPT of a kind stay, thinned evenly, so that hours of training fit in memory.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast, get_type_hints

import numpy as np

from engine.events import Event

E = TypeVar("E", bound=Event)
HEAVY_KEPT = 400


@cache
def _types(kind: type[Event]) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def is_numbers(kind: type[Event]) -> bool:
    """Whether every field is a number, so that columns say it all."""
    return all(hint in (int, float) for hint in _types(kind).values())


@cache
def is_heavy(kind: type[Event]) -> bool:
    return any(hint is np.ndarray for hint in _types(kind).values())


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
        self._added[kind] += 1
        self.last_step = max(self.last_step, event.step)
        if is_numbers(kind):
            for field in fields(event):
                self._columns[kind, field.name].append(getattr(event, field.name))
            return
        self._events[kind].append(event)
        if is_heavy(kind) and len(self._events[kind]) > HEAVY_KEPT:
            # every second one of all but the newest quarter: the far past is wanted least densely
            kept = self._events[kind]
            old = len(kept) * 3 // 4
            self._events[kind] = kept[:old:2] + kept[old:]

    def latest(self, kind: type[E], step: int | None = None) -> E | None:
        """The last event of `kind` at or before `step` (default: of all)."""
        count = self.count(kind, step)
        if not count:
            return None
        if is_numbers(kind):
            values = {name: self._columns[kind, name].view(count)[-1] for name in _types(kind)}
            return kind(**{name: _types(kind)[name](value) for name, value in values.items()})
        return cast(E, self._events[kind][count - 1])

    def all(self, kind: type[E], step: int | None = None) -> list[E]:
        """Every kept event of `kind` up to `step`, oldest first; not for kinds of numbers only, which are curves."""
        return cast(list[E], self._events[kind][: self.count(kind, step)])

    def curve(self, kind: type[Event], field: str, step: int | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Steps and values of one number, up to `step`. Views: do not write to them."""
        count = self.count(kind, step)
        return self._columns[kind, "step"].view(count), self._columns[kind, field].view(count)

    def stamp(self, kinds: tuple[type[Event], ...], step: int | None = None) -> tuple[int, ...]:
        """Equal stamps, equal pictures: compare before drawing again."""
        return tuple(n for kind in kinds for n in (self.count(kind, step), self._added[kind]))

    def count(self, kind: type[Event], step: int | None = None) -> int:
        """How many kept events of `kind` there are up to `step`."""
        if is_numbers(kind):
            steps = self._columns[kind, "step"].view(self._added[kind])
            return len(steps) if step is None else int(np.searchsorted(steps, step, side="right"))
        kept = self._events[kind]
        return len(kept) if step is None else bisect_right(kept, step, key=attrgetter("step"))
