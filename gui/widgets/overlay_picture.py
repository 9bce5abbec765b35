"""What the overlay shows, as plain numbers: lines of runs and of groups, forks, and where one stands in time."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

import numpy as np

from engine.events import Progressed, Started
from engine.recording import Recording
from gui.shown import Shown
from gui.text import clock, one_line, short
from gui.widgets.loss_floors import Floor, floors
from gui.widgets.loss_marks import Mark, marks
from gui.widgets.loss_picture import ASTRAY, EMPTY_LOSSES, Y_TICKS, Curve, exact
from gui.widgets.loss_unit import Measure, measure
from gui.widgets.overlay_along import Axis
from gui.widgets.overlay_courses import Choice, Course, Courses, fork_of
from gui.widgets.overlay_forks import Fork, fork_step, forks
from gui.widgets.overlay_notes import KnownData, notes
from gui.widgets.overlay_spread import spread_at
from gui.widgets.run_columns import Column, columns, place_of, settings_of
from gui.widgets.scale import Span, roomy, round_up, tick_step
from gui.widgets.setting_words import KNOBS, label_of, whole, worded

SHORTEST: dict[Axis, float] = {"step": 100, "tokens": 1e5, "seconds": 10, "flops": 1e10, "energy": 0.01}
DIVE = 0.03  # share of the way whose losses may leave the chart: the first fall would flatten all that is compared
X_TICKS = 6
MINUTE = 60.0  # seconds
NO_CURVE = Curve(np.empty(0), np.empty(0))


class Track(NamedTuple):
    """One line: a run, or the mean of several."""

    name: str
    place: int  # decides how it is drawn
    courses: tuple[Course, ...]  # of the runs that have one; one for a run alone
    live: bool
    fork: int | None  # the step where it left a line on show

    @property
    def curves(self) -> tuple[Curve, ...]:
        return tuple(course.curve for course in self.courses)


class Picture(NamedTuple):
    choice: Choice
    log_x: bool
    log_y: bool
    tracks: tuple[Track, ...]  # the first is the main run's, if it has one
    forks: tuple[Fork, ...]
    floors: tuple[Floor, ...]  # of the main run, as the next two
    marks: tuple[Mark, ...]
    measure: Measure
    counting: bool
    main: Course  # of the main run alone, all of it, wherever its line begins
    playhead: int | None  # the step looked back at; None while the newest is shown
    notes: tuple[str, ...]

    @property
    def drawn(self) -> list[Course]:
        return [course for track in self.tracks for course in track.courses]


class Memory(NamedTuple):
    """What is kept between two pictures."""

    courses: Courses
    data: KnownData


def overlay_picture(
    runs: Sequence[Shown],
    step: int,
    memory: Memory,
    choice: Choice,
    group_by: str = "none",
    logs: tuple[bool, bool] = (False, False),
) -> Picture:
    """`runs` are those on show, the main one first; `group_by` is "none", "seeds" or the name of a setting."""
    recording = runs[0].recording if runs else Recording()
    made = {run.key: memory.courses.of(run.recording, choice, _start(run, runs)) for run in runs}
    grouped = grouped_by(runs, group_by)
    main = memory.courses.of(recording, choice)
    tracks = tuple(track for column in grouped if (track := _track(column, runs, made)).courses)
    scale, line = measure(recording, choice.unit), made[runs[0].key].x if runs else main.x
    known, begin = scale.unit == choice.unit, float(line[0]) if len(line) else np.inf
    return Picture(
        choice=choice,
        log_x=logs[0],
        log_y=logs[1],
        tracks=tracks,
        forks=forks(grouped, runs),
        floors=floors(recording, NO_CURVE, NO_CURVE, scale.validation) if known else (),
        marks=tuple(mark for mark in _noted(recording, main) if mark.x >= begin),
        measure=scale if known else Measure(choice.unit),
        counting=not recording.count(Started) and recording.count(Progressed) > 0,
        main=main,
        playhead=step if runs and step < recording.last_step else None,
        notes=(*_means(tracks), *notes(runs, [made[run.key] for run in runs], choice, memory.data)) if runs else (),
    )


def _noted(recording: Recording, whole: Course) -> Iterator[Mark]:
    """What a person wrote on the main run."""
    return (mark for mark in marks(recording, whole.steps, whole.x) if mark.sign == "note")


def _start(run: Shown, runs: Sequence[Shown]) -> int | None:
    branched = fork_of(run, runs)
    return branched.step if branched else None


def grouped_by(runs: Sequence[Shown], group_by: str) -> tuple[Column, ...]:
    """In the order of the runs; several make one where the first of them stands."""
    if group_by not in KNOBS:
        return columns(runs, fold=group_by == "seeds")
    same: dict[object, list[Shown]] = {}
    for run in runs:
        same.setdefault(whole(settings_of(run).get(group_by)), []).append(run)
    return tuple(Column(_value_name(group_by, alike), place_of(alike), tuple(alike)) for alike in same.values())


def _value_name(setting: str, alike: Sequence[Shown]) -> str:
    known = settings_of(alike[0])
    return f"{label_of(setting)} {worded(setting, known[setting]) if setting in known else 'not known'}"


def _track(column: Column, runs: Sequence[Shown], made: dict[str, Course]) -> Track:
    courses = tuple(made[run.key] for run in column.runs if len(made[run.key].x))
    live = any(run.live for run in column.runs)
    return Track(one_line(column.name), column.place, courses, live, fork_step(column, runs))


def _means(tracks: Sequence[Track]) -> list[str]:
    """What the shades are."""
    return [f"{t.name}: mean ± standard deviation, n = {len(t.courses)}." for t in tracks if len(t.courses) > 1]


def ranges(picture: Picture) -> tuple[Span, Span]:
    """What a chart that follows shows, in units of its scales: grows in steps as runs go on."""
    across, last = _across(picture), max((float(course.x[-1]) for course in picture.drawn), default=0.0)
    return across, _upward(picture, 10.0**across.low if picture.log_x else DIVE * last)


def _across(picture: Picture) -> Span:
    shortest = SHORTEST[picture.choice.axis]
    last = max([shortest, *(float(course.x[-1]) for course in picture.drawn)])
    if not picture.log_x:
        half = tick_step(last, X_TICKS) / 2
        return Span(0.0, half * ceil(last / half - 1e-9))
    firsts = [float(x[place]) for x in (course.x for course in picture.drawn) if (place := _first_positive(x)) < len(x)]
    first = min([shortest / 10, *firsts])
    return Span(float(np.floor(np.log10(first))), float(np.log10(round_up(last))))


def _first_positive(x: np.ndarray) -> int:
    return int(np.searchsorted(x, 0.0, side="right"))


def _upward(picture: Picture, begin: float) -> Span:
    """Around all lines; what is beside itself leaves the chart rather than flatten it."""
    seen = [course.y[min(int(np.searchsorted(course.x, begin)), len(course.x) - 1) :] for course in picture.drawn]
    lowest = min((float(np.fmin.reduce(part)) for part in seen), default=np.nan)
    highest = max((float(np.fmax.reduce(part)) for part in seen), default=np.nan)
    if not np.isfinite(lowest) or not np.isfinite(highest):
        lowest, highest = (level * picture.measure.validation for level in EMPTY_LOSSES)
    chance = max((floor.loss for floor in picture.floors), default=np.nan)
    if chance > lowest:
        highest = min(highest, ASTRAY * chance)
    return roomy(lowest, highest, picture.log_y, Y_TICKS)


# reading out


def readable(picture: Picture) -> np.ndarray:
    """Places across: those of the main line, and where another one reaches farther, its own."""
    courses = picture.drawn
    if not courses:
        return np.empty(0)
    main = courses[0].x
    early, late = min(courses, key=lambda one: float(one.x[0])).x, max(courses, key=lambda one: float(one.x[-1])).x
    before, after = early[: np.searchsorted(early, main[0])], late[np.searchsorted(late, main[-1], side="right") :]
    return np.concatenate([before, main, after]) if len(before) or len(after) else main


def headline(picture: Picture, x: float) -> str:
    """A place across, with all the digits it has."""
    match picture.choice.axis:
        case "step":
            return f"Step {x:,.0f}"
        case "tokens":
            return f"{x:,.0f} tokens"
        case "seconds":
            return clock(x) if x >= MINUTE else f"{x:.2f} s"
        case "energy":
            return f"{x:,.4g} Wh"
        case "flops":
            return " ".join(short(x)) + "FLOPs"


def told(track: Track, x: float, axis: Axis) -> tuple[str, str]:
    """Name and value of a line at `x`: its last point, or the mean of a group there; a dash beyond its ends."""
    if len(track.courses) > 1:
        spread = spread_at(track.curves, np.array([x]))
        mean, deviation, count = float(spread.mean[0]), float(spread.deviation[0]), int(spread.known[0])
        value = f"{exact(mean)} ± {exact(deviation)}" if count > 1 else exact(mean)
        return f"{track.name}, n = {count}", value if count else "–"
    (course,) = track.courses
    place = int(np.searchsorted(course.x, x, side="right")) - 1
    if place < 0 or x > course.x[-1]:
        return track.name, "–"
    there = axis == "step" and course.steps[place] == x
    return track.name if there else f"{track.name}, step {course.steps[place]:,.0f}", exact(course.y[place])


def steps_at(picture: Picture, x: float) -> int:
    """The main run's last step at or before `x`."""
    place = int(np.searchsorted(picture.main.x, x, side="right")) - 1
    return int(picture.main.steps[place]) if place >= 0 else 0


def smoothed_words(choice: Choice) -> str:
    """What the lines are."""
    if choice.loss == "validation":
        return "validation"
    return f"training, smoothed over {choice.smoothing:,} steps" if choice.smoothing > 1 else "training, not smoothed"
