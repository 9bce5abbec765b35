"""All events of a run so far, found by kind and step.

Live and loaded runs are the same: `fill` and `point` make of many events what `add` makes of them one by one. Owned by
one thread: there are no locks. Events of numbers only are kept as columns, 8 bytes a number; of heavy ones so many stay
that hours fit in memory, and the others are found on the shelf, if there is one.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import TypeVar, cast, get_type_hints

import numpy as np

from engine.annotations import Annotations, Note
from engine.events import KINDS, Event, Progressed, Rewound
from engine.looks import HEAVY, Looks, Shelf
from engine.rewinds import ENDING

E = TypeVar("E", bound=Event)

FIELDS = {kind: get_type_hints(kind) for kind in KINDS}
NUMBERS_ONLY = {kind for kind in KINDS if all(hint in (int, float) for hint in FIELDS[kind].values())}


class Column:
    """A growing row of numbers; a view is never copied and never changes."""

    def __init__(self) -> None:
        self._room = np.empty(1024)
        self._used = 0

    def append(self, value: float) -> None:
        if self._used == len(self._room):
            self._room = np.concatenate([self._room, np.empty(max(1024, self._used))])
        self._room[self._used] = value
        self._used += 1

    def fill(self, values: np.ndarray) -> None:
        """All there is, taken as it is, where nothing was."""
        self._room, self._used = values, len(values)

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
        self._looks: dict[type[Event], Looks] = {kind: Looks(kind) for kind in HEAVY}
        self._added: dict[type[Event], int] = defaultdict(int)
        self._annotations, self._annotated = Annotations(), 0
        self.number = 0  # of the last event, as the run file numbers them
        self.shelf: Shelf | None = None  # where heavy events are found that memory has no room for
        self.last_step = 0

    @property
    def name(self) -> str:
        """That a person gave it; empty: as its folder."""
        return self._annotations.name

    @property
    def notes(self) -> tuple[Note, ...]:
        """By step."""
        return self._annotations.notes

    def annotate(self, annotations: Annotations) -> None:
        """What a person has written on the run, all of it; every stamp changes."""
        if annotations != self._annotations:
            self._annotations = annotations
            self._annotated += 1

    def add(self, event: Event, number: int | None = None) -> None:
        """`number` is the event's in the run file; without one it is counted, as the file does."""
        kind = type(event)
        if isinstance(event, Rewound):
            self._forget(event.step)
        self._count(kind, event.step, number)
        if kind in NUMBERS_ONLY:
            for name in FIELDS[kind]:
                self._columns[kind, name].append(getattr(event, name))
        elif kind in HEAVY:
            self._looks[kind].add(event, self.number)
        else:
            self._events[kind].append(event)

    def point(self, kind: type[Event], step: int, number: int) -> None:
        """Like `add`, of a heavy event that is left on the shelf."""
        self._count(kind, step, number)
        self._looks[kind].point(step, number)

    def fill(self, kind: type[Event], columns: Mapping[str, np.ndarray], added: int) -> None:
        """Like `add` of many events of a kind of numbers only, where there is none yet.

        `columns` hold what of `added` events was not left behind; they are taken as they are.
        """
        for name in FIELDS[kind]:
            self._columns[kind, name].fill(columns[name])
        self._filled(kind, columns["step"], added)

    def fill_events(self, kind: type[Event], events: list[Event], added: int) -> None:
        """The same, of a kind of words."""
        self._events[kind] = events
        self._filled(kind, [event.step for event in events[-1:]], added)

    def fill_looks(self, kind: type[Event], steps: list[int], numbers: list[int], added: int) -> None:
        """The same, of heavy events that are left on the shelf."""
        self._looks[kind].fill(steps, numbers)
        self._filled(kind, steps, added)

    def _filled(self, kind: type[Event], steps: Sequence[int] | np.ndarray, added: int) -> None:
        self._added[kind] = added
        if len(steps):
            self.last_step = max(self.last_step, int(steps[-1]))

    def _count(self, kind: type[Event], step: int, number: int | None) -> None:
        self._added[kind] += 1
        self.last_step = max(self.last_step, step)
        if kind is not Progressed:  # which no file has
            self.number = self.number + 1 if number is None else number

    def _forget(self, step: int) -> None:
        """All that happened after `step`, and of that very step what had ended it; an anneal is said again."""
        for kind in list(self._added):
            before = step - 1 if kind in ENDING else step
            if kind in HEAVY:
                looks = self._looks[kind]
                looks.cut(bisect_right(looks.steps, before))
            elif kind in NUMBERS_ONLY:
                kept = self.count(kind, before)
                for name in FIELDS[kind]:
                    self._columns[kind, name].cut(kept)
            else:
                del self._events[kind][self.count(kind, before) :]
        self.last_step = step

    def latest(self, kind: type[E], step: int | None = None) -> E | None:
        """The last event of `kind` at or before `step` (default: of all)."""
        if kind in HEAVY:
            return cast("E | None", self._looks[kind].latest(step, self.shelf))
        count = self.count(kind, step)
        if not count:
            return None
        if kind in NUMBERS_ONLY:
            columns = {name: self._columns[kind, name].view(count) for name in FIELDS[kind]}
            return kind(**{name: FIELDS[kind][name](column[-1]) for name, column in columns.items()})
        return cast("E", self._events[kind][count - 1])

    def all(self, kind: type[E], step: int | None = None) -> list[E]:
        """Every kept event of `kind` up to `step`, oldest first; not for kinds of numbers only, which are curves."""
        if kind in HEAVY:
            return cast("list[E]", self._looks[kind].all(step, self.shelf))
        return cast("list[E]", self._events[kind][: self.count(kind, step)])

    def steps(self, kind: type[Event]) -> list[int]:
        """Where there is a heavy event of `kind`, thinned or not: density on a timeline."""
        looks = self._looks[kind]
        return looks.steps if self.shelf else [looks.steps[place] for place in looks.kept]

    def curve(self, kind: type[Event], field: str, step: int | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Steps and values of one number, up to `step`. Views: do not write to them."""
        count = self.count(kind, step)
        return self._columns[kind, "step"].view(count), self._columns[kind, field].view(count)

    def stamp(self, kinds: tuple[type[Event], ...], step: int | None = None) -> tuple[int, ...]:
        """Equal stamps, equal pictures: compare before drawing again."""
        counts = (n for kind in kinds for n in (self.count(kind, step), self._added[kind]))
        return (*counts, self._annotated)

    def count(self, kind: type[Event], step: int | None = None) -> int:
        """How many events of `kind` can be had up to `step`."""
        if kind in NUMBERS_ONLY:
            steps = self._columns[kind, "step"].view(self._added[kind])
            return len(steps) if step is None else int(np.searchsorted(steps, step, side="right"))
        if kind in HEAVY:
            return self._looks[kind].count(step, self.shelf)
        kept = self._events[kind]
        return len(kept) if step is None else bisect_right(kept, step, key=attrgetter("step"))
