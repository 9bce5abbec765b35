"""The signs above the timeline: what happened when, and what stands too close put together, with how many it is."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePath
from typing import Literal, NamedTuple

import numpy as np

from engine.annotations import Note
from engine.events import Branched, Rewound, Stepped, Validated
from engine.recording import Recording
from gui.shown import Shown
from gui.text import one_line
from gui.widgets import loss_marks
from gui.widgets.loss_floors import Floor, floors
from gui.widgets.loss_picture import Curve
from gui.widgets.smoothing import TrailingMean

SMOOTHING = 20  # steps, as the loss chart does at first: floors are crossed by the mean
TOLD = 4  # happenings that are told of one sign
Sign = Literal["floor", "fork"] | loss_marks.Sign
FIRST: tuple[Sign, ...] = ("note", "fork", "floor", "rewound", "annealed", "turned", "spike")  # what hides the others


class Row(NamedTuple):
    """All happenings of one kind; a million of them cost no words until they are pointed at."""

    sign: Sign
    steps_M: np.ndarray  # ascending
    words: Callable[[int], str]  # of the one at this place in the row
    key: Callable[[int], int | None]  # of a note, for changing it


class Part(NamedTuple):
    """A stretch of a row."""

    row: int
    first: int
    behind: int  # the place after its last


class TimeMark(NamedTuple):
    """One sign, for all that happened around it."""

    sign: Sign
    step: int  # of the first happening of that kind
    parts: tuple[Part, ...]

    @property
    def number(self) -> int:
        """How many it stands for."""
        return sum(part.behind - part.first for part in self.parts)


class Happenings:
    """Of the runs on show, kept up to date: means and the steps of notes are not worked out again each time."""

    def __init__(self) -> None:
        self._of: object = None
        self._means = TrailingMean(SMOOTHING)
        self._noted: tuple[object, np.ndarray] = (), np.empty(0)

    def rows(self, runs: Sequence[Shown]) -> tuple[Row, ...]:
        """What happened to the first run, and where the others left it."""
        if not runs:
            return ()
        recording = runs[0].recording
        beaten = self._floors(recording)
        floor_row = Row("floor", _steps([floor.beaten for floor in beaten]), lambda at: _feat(beaten[at]), _no_key)
        return (floor_row, _forks(runs), *(self._row(kind, recording.notes) for kind in loss_marks.kinds(recording)))

    def _floors(self, recording: Recording) -> list[Floor]:
        """Those the run got better than, as the loss chart has them."""
        of = recording, recording.stamp((Rewound,))
        if of != self._of:
            self._of, self._means = of, TrailingMean(SMOOTHING)
        steps, loss = recording.curve(Stepped, "loss")
        smooth, validation = Curve(steps, self._means.of(loss)), Curve(*recording.curve(Validated, "loss"))
        found = floors(recording, smooth, validation, 1.0)
        return sorted((floor for floor in found if np.isfinite(floor.beaten)), key=lambda floor: floor.beaten)

    def _row(self, kind: loss_marks.Kind, notes: Sequence[Note]) -> Row:
        happened = kind.happened
        if kind.sign != "note":
            steps_M = _steps([one.step for one in happened])
            return Row(kind.sign, steps_M, lambda at: kind.words(happened[at]), _no_key)
        if self._noted[0] is not happened:
            self._noted = happened, _steps([note.step for note in happened])
        return Row("note", self._noted[1], lambda at: kind.words(happened[at]), partial(_key, notes))


def merged(rows: Sequence[Row], end: int, width: float, apart: float) -> tuple[TimeMark, ...]:
    """From left to right; `end` is the step at the right edge, `width` and `apart` are pixels."""
    found = sorted(part for place, row in enumerate(rows) for part in _by_pixel(place, row, end, width))
    made: list[list[Part]] = []
    begun = -np.inf
    for pixel, part in found:
        if pixel - begun >= apart:
            made.append([])
            begun = pixel
        made[-1].append(part)
    return tuple(_mark(parts, rows) for parts in made)


def _by_pixel(place: int, row: Row, end: int, width: float) -> list[tuple[int, Part]]:
    """Stretches of a row that fall on the same pixel."""
    pixels = np.floor(row.steps_M * (width / max(end, 1)))
    firsts = np.flatnonzero(np.diff(pixels, prepend=-1.0))
    behind = [*firsts[1:].tolist(), len(pixels)]
    return (
        [(int(pixels[a]), Part(place, a, b)) for a, b in zip(firsts.tolist(), behind, strict=True)]
        if len(pixels)
        else []
    )


def _mark(parts: Sequence[Part], rows: Sequence[Row]) -> TimeMark:
    """The sign of what matters most."""
    first = min(parts, key=lambda part: FIRST.index(rows[part.row].sign))
    return TimeMark(rows[first.row].sign, int(rows[first.row].steps_M[first.first]), tuple(parts))


def mark_words(mark: TimeMark, rows: Sequence[Row]) -> str:
    """What happened there: the first few, and how many more."""
    told = [
        f"Step {int(rows[part.row].steps_M[at]):,}: {rows[part.row].words(at)}"
        for part in mark.parts
        for at in range(part.first, min(part.behind, part.first + TOLD))
    ][:TOLD]
    more = mark.number - len(told)
    return "\n".join(told) + (f"\nand {more:,} more" if more else "")


def words_at(rows: Sequence[Row], step: int) -> list[str]:
    """What happened at this very step, notes left out: the first few of each kind."""
    made = []
    for row in rows:
        first, behind = np.searchsorted(row.steps_M, [step, step + 1]).tolist()
        made += [row.words(at) for at in range(first, min(behind, first + TOLD)) if row.sign != "note"]
    return made


def mark_note(mark: TimeMark, rows: Sequence[Row]) -> int | None:
    """The key of its first note; None where there is none."""
    keys = (rows[part.row].key(part.first) for part in mark.parts)
    return next((key for key in keys if key is not None), None)


def _forks(runs: Sequence[Shown]) -> Row:
    """Where this run left its parent, and where others left this one."""
    name = PurePath(runs[0].key).name
    found = []
    for run in runs:
        branched = run.recording.latest(Branched)
        if branched and run is runs[0]:
            found.append((branched.step, f"Branched off {one_line(PurePath(branched.parent).name)}"))
        elif branched and PurePath(branched.parent).name == name:
            found.append((branched.step, f"{one_line(run.name)} branched off"))
    found.sort()
    return Row("fork", _steps([step for step, _ in found]), lambda at: found[at][1], _no_key)


def _steps(steps: Sequence[float]) -> np.ndarray:
    return np.array(steps, float)


def _feat(floor: Floor) -> str:
    return floor.feat.capitalize()


def _no_key(_: int) -> int | None:
    return None


def _key(notes: Sequence[Note], at: int) -> int | None:
    return notes[at].key
