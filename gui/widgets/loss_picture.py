"""What the loss chart shows, as plain numbers: all that can be wrong about it is here, tested without a screen."""

from itertools import zip_longest
from typing import Any, Literal, NamedTuple

import numpy as np

from engine.declared import knobs
from engine.events import (
    Diverged,
    Failed,
    FloorCounted,
    Progressed,
    Resumed,
    SentencePredicted,
    Started,
    Stepped,
    Turned,
    Validated,
)
from engine.recording import Recording
from engine.settings import Settings
from gui.text import clock
from gui.widgets.scale import Span, roomy, round_up
from gui.widgets.smoothing import TrailingMean

Unit = Literal["step", "tokens", "seconds"]
FIELDS: dict[Unit, str] = {"step": "step", "tokens": "tokens", "seconds": "time"}
EMPTY_START: dict[Unit, float] = {"step": 1, "tokens": 1000, "seconds": 0.1}
FIRST_STRETCH = 1000  # the axis begins this many times as long as the first step
Y_TICKS = 7
EMPTY_LOSSES = (1.6, 7.3)  # nats; what a small model goes through
BELOW_FLOORS = 0.75  # times the lowest floor: room for the curve that is to come
ASTRAY = 1.5  # times chance level; what lies higher leaves the chart rather than flatten it
RATE = next(knob for knob in knobs(Settings) if knob.name == "learning_rate")
LABELS = {knob.name: knob.label for knob in knobs(Settings)}
MOST_MARKS = 300
LESS = 10  # a learning rate that was too high is divided by this


class Curve(NamedTuple):
    x: np.ndarray  # ascends
    y: np.ndarray  # nats per token


class Floor(NamedTuple):
    name: str
    order: int
    loss: float
    beaten: float  # x where the model got better; NaN while it has not


class Mark(NamedTuple):
    x: float
    words: str


class Stop(NamedTuple):
    """Why training cannot go on, and what one button would change."""

    x: float
    headline: str
    advice: str
    button: str
    changes: dict[str, Any]
    over: bool  # training went on later
    unstarted: bool  # there is not even a model: another text may help


class Row(NamedTuple):
    name: str
    value: str
    line: str  # whose line stands before the name: "training", "validation" or none


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
    validation_steps: np.ndarray
    floors: tuple[Floor, ...]
    marks: tuple[Mark, ...]
    stop: Stop | None
    now: int  # steps at or before the playhead
    validated: int  # validations at or before the playhead
    playhead: int | None  # the step looked back at; None while the newest is shown
    waiting: bool  # all is ready and nothing has begun: a person is to press play
    counting: bool  # floors are still to come

    @property
    def training_loss(self) -> float:
        """The smoothed one at the playhead; NaN before the first step."""
        return float(self.smooth.y[self.now - 1]) if self.now else np.nan

    @property
    def validation_loss(self) -> float:
        """The last one at the playhead; NaN before the first."""
        return float(self.validation.y[self.validated - 1]) if self.validated else np.nan


def loss_picture(
    recording: Recording, step: int, means: TrailingMean, unit: Unit = "step", log_x: bool = True, log_y: bool = False
) -> Picture:
    """All of the recording, and where the playhead stands in it. `means` is this recording's own."""
    steps, loss = recording.curve(Stepped, "loss")
    times = recording.curve(Stepped, "time")[1]
    x = recording.curve(Stepped, FIELDS[unit])[1]
    smooth = Curve(x, means.of(loss))
    validation_steps, validation_loss = recording.curve(Validated, "loss")
    validation_x = recording.curve(Validated, FIELDS[unit])[1]
    if log_x and len(x):  # before the first step there is no place on a logarithmic axis
        validation_x = np.maximum(validation_x, x[0])
    started = recording.count(Started) > 0
    begun = len(steps) or any(recording.count(kind) for kind in (Resumed, Failed, Diverged))
    return Picture(
        unit=unit,
        log_x=log_x,
        log_y=log_y,
        smoothing=means.width,
        steps=steps,
        times=times,
        raw=Curve(x, loss),
        smooth=smooth,
        validation=Curve(validation_x, validation_loss),
        validation_steps=validation_steps,
        floors=floors(recording, smooth, validation_loss),
        marks=marks(recording, steps, x),
        stop=stop(recording, steps, x),
        now=recording.count(Stepped, step),
        validated=recording.count(Validated, step),
        playhead=step if step < recording.last_step else None,
        waiting=not begun and recording.count(SentencePredicted) > 0,
        counting=not begun and not started and recording.count(Progressed) > 0,
    )


def floors(recording: Recording, smooth: Curve, validation: np.ndarray) -> tuple[Floor, ...]:
    """Where the smoothed curve first comes down to each floor.

    Floors are counted on the validation text, so where that is measured it has to have come down too: knowing the
    training text by heart beats nothing. Chance level is no achievement and gets no flag.
    """
    best = np.fmin.reduce(validation) if len(validation) else -np.inf
    return tuple(
        Floor(f.name, f.order, f.loss, _first_below(smooth, f.loss) if f.order and best <= f.loss else np.nan)
        for f in recording.all(FloorCounted)
    )


def _first_below(curve: Curve, level: float) -> float:
    below = curve.y <= level
    first = int(np.argmax(below)) if len(below) else 0
    return float(curve.x[first]) if len(below) and below[first] else np.nan


def marks(recording: Recording, steps: np.ndarray, x: np.ndarray) -> tuple[Mark, ...]:
    """Knobs that were turned; a slider that was dragged is one mark, with its last value."""
    turned = recording.all(Turned)[-MOST_MARKS:] if len(steps) else []
    last = [one for one, then in zip_longest(turned, turned[1:]) if not _same_drag(one, then)]
    words = (f"{LABELS.get(one.knob, one.knob)} turned to {sized(one.value)}" for one in last)
    return tuple(Mark(_x_of(one.step, steps, x), text) for one, text in zip(last, words, strict=True))


def _same_drag(now: Turned, then: Turned | None) -> bool:
    return then is not None and then.knob == now.knob and then.time - now.time < 1.0


def _x_of(step: int, steps: np.ndarray, x: np.ndarray) -> float:
    """Where a step stands, or the last one recorded before it."""
    return float(x[max(0, int(np.searchsorted(steps, step, side="right")) - 1)]) if len(steps) else np.nan


def stop(recording: Recording, steps: np.ndarray, x: np.ndarray) -> Stop | None:
    """The newest reason why training could not go on."""
    failed = max(
        filter(None, (recording.latest(Failed), recording.latest(Diverged))), key=lambda event: event.step, default=None
    )
    if failed is None:
        return None
    changes: dict[str, Any] = {"learning_rate": _lower_rate(recording)} if isinstance(failed, Diverged) else {}
    button = f"Start again at {sized(changes['learning_rate'])}" if changes else "Start again"
    over = bool(len(steps)) and steps[-1] > failed.step
    unstarted = not recording.count(Started)
    return Stop(_x_of(failed.step, steps, x), failed.message, failed.advice, button, changes, over, unstarted)


def _lower_rate(recording: Recording) -> float:
    """A tenth of the peak learning rate that was set last, rounded, and no less than may be chosen."""
    started = recording.latest(Started)
    rates = [float(started.settings.get("learning_rate", 0.0))] if started else []
    rates += [turned.value for turned in recording.all(Turned) if turned.knob == "learning_rate"]
    return max(float(f"{(rates or [RATE.default])[-1] / LESS:.2g}"), RATE.low or 0.0)


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
    seen = [picture.smooth.y, picture.validation.y[: len(picture.validation.y) if validation else 0], levels]
    lowest = min((float(np.fmin.reduce(part)) for part in seen if len(part)), default=np.nan)
    highest = max((float(np.fmax.reduce(part)) for part in seen if len(part)), default=np.nan)
    if not np.isfinite(lowest) or not np.isfinite(highest):
        lowest, highest = EMPTY_LOSSES
    if len(levels):
        lowest = min(lowest, BELOW_FLOORS * float(levels.min()))
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
    beaten = [floor for floor in picture.floors if best <= floor.loss]
    if beaten:
        lowest = min(beaten, key=lambda floor: floor.loss)
        rows.append(Row(f"below {lowest.name} by", exact(lowest.loss - best), ""))
    return f"Step {step:,.0f}", clock(picture.times[index]), rows


def exact(loss: float) -> str:
    """All the digits a batch can tell."""
    return f"{loss:,.3f}" if np.isfinite(loss) else "no number"


def sized(value: float) -> str:
    """A setting's value as it is written everywhere: 1.0e-3, 0.8, 24."""
    if value and abs(value) < 0.01:
        mantissa, power = f"{value:.1e}".split("e")
        return f"{mantissa}e{int(power)}"
    return f"{value:,.4g}"
