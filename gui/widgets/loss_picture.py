"""What the loss chart shows, as plain numbers: all that can be wrong about it is here, tested without a screen."""

from typing import Literal, NamedTuple

import numpy as np

from engine.corpus.spoiling import Spoiling
from engine.events import (
    AverageValidated,
    Ended,
    Progressed,
    Resumed,
    SentencePredicted,
    Started,
    Stepped,
    Validated,
)
from engine.recording import Recording
from gui.status import FAILURES
from gui.text import clock
from gui.widgets.loss_floors import Floor, floors
from gui.widgets.loss_marks import Mark, marks
from gui.widgets.loss_stop import Stop, stop
from gui.widgets.loss_unit import LossUnit, Measure, measure, scaled
from gui.widgets.scale import Span, roomy, round_up
from gui.widgets.smoothing import TrailingMean

Unit = Literal["step", "tokens", "seconds"]
FIELDS: dict[Unit, str] = {"step": "step", "tokens": "tokens", "seconds": "time"}
EMPTY_START: dict[Unit, float] = {"step": 1, "tokens": 1000, "seconds": 0.1}
FIRST_STRETCH = 1000  # the axis begins this many times as long as the first step
Y_TICKS = 7
EMPTY_LOSSES = (1.6, 7.3)  # nats; what a small model goes through
BELOW_FLOORS = 0.75  # times the lowest floor: room for the curve that is to come
BELOW_RULES = 0.95  # the same where all rules are known: the curve ends there
ASTRAY = 1.5  # times chance level; what lies higher leaves the chart rather than flatten it


class Curve(NamedTuple):
    x: np.ndarray  # ascends
    y: np.ndarray  # in the unit of the chart


class Row(NamedTuple):
    name: str
    value: str
    line: str  # whose line stands before the name: "training", "validation", "average" or none
    colour: str = ""  # of a line that is none of these
    dash: tuple[float, ...] = ()


class Picture(NamedTuple):
    unit: Unit
    log_x: bool
    log_y: bool
    smoothing: int
    steps: np.ndarray
    times: np.ndarray  # seconds
    raw: Curve
    smooth: Curve
    validation: Curve
    average: Curve  # validation of the averaged weights; empty where none are kept
    validation_steps: np.ndarray
    average_steps: np.ndarray
    floors: tuple[Floor, ...]
    marks: tuple[Mark, ...]
    stop: Stop | None
    now: int  # steps at or before the playhead
    validated: int  # validations at or before the playhead
    averaged: int  # those of the averaged weights
    playhead: int | None  # the step looked back at; None while the newest is shown
    waiting: bool  # all is ready and nothing has begun: a person is to press play
    counting: bool  # floors are still to come
    measure: Measure  # what losses are counted in
    spoiled: bool  # the training text was spoiled on purpose

    @property
    def training_loss(self) -> float:
        """The smoothed one at the playhead; NaN before the first step."""
        return float(self.smooth.y[self.now - 1]) if self.now else np.nan

    @property
    def validation_loss(self) -> float:
        """The last one at the playhead; NaN before the first."""
        return float(self.validation.y[self.validated - 1]) if self.validated else np.nan

    @property
    def average_loss(self) -> float:
        """The same, of the averaged weights."""
        return float(self.average.y[self.averaged - 1]) if self.averaged else np.nan


def loss_picture(
    recording: Recording,
    step: int,
    means: TrailingMean,
    unit: Unit = "step",
    log_x: bool = True,
    log_y: bool = False,
    loss_unit: LossUnit = "nats per token",
) -> Picture:
    """All of the recording, and where the playhead stands in it. `means` is this recording's own, in nats."""
    steps, loss = recording.curve(Stepped, "loss")
    x, scale = recording.curve(Stepped, FIELDS[unit])[1], measure(recording, loss_unit)
    smooth = Curve(x, scaled(means.of(loss), scale.training))
    first = x[0] if log_x and len(x) else -np.inf  # before it there is no place on a logarithmic axis
    validation = measured(recording, Validated, unit, first, scale)
    return Picture(
        unit=unit,
        log_x=log_x,
        log_y=log_y,
        smoothing=means.width,
        steps=steps,
        times=recording.curve(Stepped, "time")[1],
        raw=Curve(x, scaled(loss, scale.training)),
        smooth=smooth,
        validation=validation,
        average=measured(recording, AverageValidated, unit, first, scale),
        validation_steps=recording.curve(Validated, "loss")[0],
        average_steps=recording.curve(AverageValidated, "loss")[0],
        floors=floors(recording, smooth, validation, scale.validation),
        marks=marks(recording, steps, x),
        stop=stop(recording, steps),
        now=recording.count(Stepped, step),
        validated=recording.count(Validated, step),
        averaged=recording.count(AverageValidated, step),
        playhead=step if step < recording.last_step else None,
        waiting=_still(recording) and recording.count(SentencePredicted) > 0,
        counting=_still(recording) and not recording.count(Started) and recording.count(Progressed) > 0,
        measure=scale,
        spoiled=_spoiled(recording),
    )


def _spoiled(recording: Recording) -> bool:
    started = recording.latest(Started)
    return started is not None and Spoiling.recorded(started.settings).any


def _still(recording: Recording) -> bool:
    """Nothing has begun yet, nor come to an end."""
    return not any(recording.count(kind) for kind in (Stepped, Resumed, Ended, *FAILURES))


def measured(recording: Recording, kind: type[Validated], unit: Unit, first: float, scale: Measure) -> Curve:
    """One kind of validation; what lies before `first` stands there."""
    x, loss = recording.curve(kind, FIELDS[unit])[1], recording.curve(kind, "loss")[1]
    return Curve(np.maximum(x, first), scaled(loss, scale.validation))


def ranges(picture: Picture, validation: bool = True) -> tuple[Span, Span]:
    """What a chart that follows shows, in units of its scales: grows in steps as the run goes on."""
    x = picture.raw.x
    first = max(float(x[0]), 0.0) if len(x) else EMPTY_START[picture.unit]
    first = first or EMPTY_START[picture.unit]
    last = float(x[-1]) if len(x) else first
    if picture.log_x:
        decade = 10.0 ** np.floor(np.log10(first))
        across = Span(float(np.log10(decade)), float(np.log10(round_up(max(last, decade * FIRST_STRETCH)))))
    else:
        across = Span(0.0, roomy(0.0, max(last, first * FIRST_STRETCH / 10), log=False, most=6).high)
    return across, _upward(picture, validation)


def _upward(picture: Picture, validation: bool) -> Span:
    levels = np.array([floor.loss for floor in picture.floors])
    seen = [picture.smooth.y, levels, *((picture.validation.y, picture.average.y) if validation else ())]
    lowest = min((float(np.fmin.reduce(part)) for part in seen if len(part)), default=np.nan)
    highest = max((float(np.fmax.reduce(part)) for part in seen if len(part)), default=np.nan)
    if not np.isfinite(lowest) or not np.isfinite(highest):
        lowest, highest = (level * picture.measure.validation for level in EMPTY_LOSSES)
    for floor in picture.floors:
        lowest = min(lowest, floor.loss * (BELOW_RULES if floor.order < 0 else BELOW_FLOORS))
    chance = levels.max() if len(levels) else float(picture.smooth.y[0]) if len(picture.smooth.y) else np.nan
    if chance > 0:
        highest = max(min(highest, ASTRAY * chance), chance)
    return roomy(lowest, highest, picture.log_y, Y_TICKS)


def reading(picture: Picture, index: int) -> tuple[str, str, list[Row]]:
    """Headline, elapsed time and exact values at one recorded step."""
    step = picture.steps[index]
    rows = [
        Row("training", exact(picture.smooth.y[index]), "training"),
        Row("this step", exact(picture.raw.y[index]), ""),
    ]
    measured = int(np.searchsorted(picture.validation_steps, step, side="right"))
    best = picture.smooth.y[index]
    if measured:
        best, when = picture.validation.y[measured - 1], picture.validation_steps[measured - 1]
        name = "validation" if when == step else f"validation at {when:,.0f}"
        rows.append(Row(name, exact(best), "validation"))
    averaged = int(np.searchsorted(picture.average_steps, step, side="right"))
    if averaged:
        rows.append(Row("averaged weights", exact(picture.average.y[averaged - 1]), "average"))
    beaten = [floor for floor in picture.floors if floor.order >= 0 and best <= floor.loss]
    if beaten:
        lowest = min(beaten, key=lambda floor: floor.loss)
        rows.append(Row(f"below {lowest.name} by", exact(lowest.loss - best), ""))
    return f"Step {step:,.0f}", clock(picture.times[index]), rows


def exact(loss: float) -> str:
    """All the digits a batch can tell."""
    return f"{loss:,.3f}" if np.isfinite(loss) else "no number"
