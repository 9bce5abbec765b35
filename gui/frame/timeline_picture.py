"""What the timeline shows, as plain numbers: all that can be wrong about it is here, tested without a screen.

Whatever there is, a picture has no more parts than pixels.
"""

from collections.abc import Collection, Sequence
from pathlib import PurePath
from typing import NamedTuple

import numpy as np

from engine.events import (
    Annealed,
    Attended,
    Branched,
    FloorCounted,
    Rewound,
    Saved,
    SentencePredicted,
    Spiked,
    Started,
    Stepped,
    Turned,
    Validated,
    Wrote,
)
from engine.recording import Recording
from gui.form.knob_text import exponent
from gui.frame.timeline_marks import Happenings, Row, TimeMark, merged
from gui.shown import Shown
from gui.text import number, one_line
from gui.widgets.scale import FINE_STEPS, Span, multiples, round_up

LOOKS = Attended, SentencePredicted
RARE = (Started, Branched, FloorCounted, Validated, Turned, Spiked, Annealed, Rewound, Saved, Wrote, *LOOKS)
TOP = 253  # the level of a stretch that was looked at as densely as can be shown
SPARSE = 0.45  # share of it, of a look that stands alone
BLOCK = 5  # pixels a look takes
APART = 12  # pixels between two signs
SAVED_APART = 7  # pixels between two checkpoints
LABEL_ROOM = 80  # pixels, at reading size
AROUND = 5  # blocks over which looks are counted: neighbours differ by chance only


class Size(NamedTuple):
    """Of the strip, in pixels; `dots` of the screen make one."""

    width: float
    dots: float = 1.0
    scale: float = 1.0  # of type and signs


class Lane(NamedTuple):
    """One run."""

    key: str
    name: str
    place: int  # decides its line
    first: int  # step: its fork, where the parent is on show
    last: int
    live: bool
    parent: int | None  # the lane it leaves at `first`
    levels_W: np.ndarray  # uint8, one a dot: how densely it was looked at; 0: not at all


class Tick(NamedTuple):
    step: int
    label: str


class Picture(NamedTuple):
    end: int = 0  # step at the right edge; 0 where none is known
    lanes: tuple[Lane, ...] = ()
    saved_S: np.ndarray = np.empty(0, np.int64)  # steps of the first run's checkpoints, as many as can be told apart
    marks: tuple[TimeMark, ...] = ()
    rows: tuple[Row, ...] = ()  # what the marks are made of
    ticks: tuple[Tick, ...] = ()


def picture(runs: Sequence[Shown], size: Size, happenings: Happenings, kept: Collection[int] | None = None) -> Picture:
    """The first run and those beside it; `kept` are the checkpoints that are still there, None: all that were saved."""
    end = last_on_axis(runs)
    rows = happenings.rows(runs)
    return Picture(
        end,
        tuple(_lane(place, runs, end, size) for place in range(len(runs))),
        _saved(runs[0].recording, kept, end, size) if runs else np.empty(0, np.int64),
        merged(rows, end, size.width, APART * size.scale),
        rows,
        ticks(end, size),
    )


def stamp(runs: Sequence[Shown], size: Size) -> object:
    """Equal stamps, equal pictures. New steps count only once they can be seen."""
    end = last_on_axis(runs)
    dots = size.width * size.dots
    seen = [int(run.recording.last_step * dots // max(end, 1)) for run in runs]
    return end, size, seen, [(run._replace(name=one_line(run.name)), run.recording.stamp(RARE)) for run in runs]


def last_on_axis(runs: Sequence[Shown]) -> int:
    """The step at the right edge: the end of the longest run, or of what it means to train; grows in steps."""
    return max((_end(run) for run in runs), default=0)


def _end(run: Shown) -> int:
    recording, started = run.recording, run.recording.latest(Started)
    last = recording.last_step
    if not run.live:
        return last
    annealed = recording.latest(Annealed)
    horizon = annealed.last_step if annealed else _number(started.settings.get("horizon")) if started else 0
    return horizon if last <= horizon else int(round_up(last, FINE_STEPS))


def _number(value: object) -> int:
    """A setting of a file that anybody may have written."""
    return int(value) if isinstance(value, int | float) and 0 < value < 1e15 else 0


def _lane(place: int, runs: Sequence[Shown], end: int, size: Size) -> Lane:
    run, recording = runs[place], runs[place].recording
    parent = _parent(place, runs)
    first = (run.fork or 0) if parent is not None else 0
    steps = look_steps(recording)
    levels = density(steps[np.searchsorted(steps, first) :], end, size)
    name = one_line(run.name)
    return Lane(run.key, name, run.place, first, recording.last_step, run.live, parent, levels)


def _parent(place: int, runs: Sequence[Shown]) -> int | None:
    """The lane of the run that this one branched off; a run is never its own."""
    branched = runs[place].recording.latest(Branched)
    if branched is None:
        return None
    names = [PurePath(run.key).name for run in runs]
    found = (at for at, name in enumerate(names) if at != place and name == PurePath(branched.parent).name)
    return next(found, None)


def look_steps(recording: Recording) -> np.ndarray:
    """Where something heavy can be seen: attention, predictions, a sample. Ascending, each once."""
    looks = [recording.steps(kind) for kind in LOOKS]
    return np.unique(np.concatenate([*looks, [wrote.step for wrote in recording.all(Wrote)]]).astype(np.int64))


def density(steps: np.ndarray, end: int, size: Size) -> np.ndarray:
    """uint8, one a dot: blocks where looks are sparse, brighter where they run together."""
    dots, block = max(1, round(size.width * size.dots)), max(2, round(BLOCK * size.scale * size.dots))
    places = np.minimum((steps * (dots / max(end, 1))).astype(np.int64), dots - 1)
    counts = np.bincount(places, minlength=dots)
    close = _around(counts, AROUND * block) / AROUND  # looks in a block, on average
    share = np.clip(np.log2(np.maximum(close, 1)) / np.log2(block), 0.0, 1.0)
    made: np.ndarray = np.where(_around(counts, block) > 0, TOP * (SPARSE + (1 - SPARSE) * share), 0).astype(np.uint8)
    return made


def _around(counts: np.ndarray, width: int) -> np.ndarray:
    """Sums over so many dots, with each in the middle of its own."""
    sums = np.concatenate([[0], np.cumsum(counts)])
    at = np.arange(len(counts)) - width // 2
    made: np.ndarray = sums[np.clip(at + width, 0, len(counts))] - sums[np.clip(at, 0, len(counts))]
    return made


def _saved(recording: Recording, kept: Collection[int] | None, end: int, size: Size) -> np.ndarray:
    steps = np.unique(np.array([saved.step for saved in recording.all(Saved)], np.int64))
    if kept is not None:
        steps = steps[np.isin(steps, np.array(sorted(kept), np.int64))]
    cells = np.floor(steps * (size.width / max(end, 1)) / (SAVED_APART * size.scale))
    return steps[np.flatnonzero(np.diff(cells, prepend=-1.0))]


def ticks(end: int, size: Size) -> tuple[Tick, ...]:
    """Round steps, and the last one, which has its own number."""
    if end <= 0:
        return ()
    most = max(2, int(size.width / (LABEL_ROOM * size.scale)))
    room = end * LABEL_ROOM * size.scale / size.width
    rounds = [int(value) for value in multiples(Span(0, end), most) if value == int(value) and end - value >= room]
    return tuple(Tick(step, f"{step:,}") for step in (*rounds, end))


def step_words(run: Shown, step: int) -> str:
    """What was recorded at a step, or at the last one before it."""
    stepped = run.recording.latest(Stepped, step)
    if stepped is None or stepped.step == 0:
        return f"Step {step:,}"
    return f"Step {step:,}: loss {number(stepped.loss)}, learning rate {exponent(stepped.learning_rate)}"
