"""What came of one run: its loss at a step, at best and at last, what it has beaten, and what it cost."""

from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from engine.events import CorpusRead, Event, FloorCounted, Metered, Rewound, Started, Stepped, Validated
from engine.recording import Recording
from gui.widgets.comparable import Loss
from gui.widgets.loss_floors import Floor, floors
from gui.widgets.loss_picture import Curve
from gui.widgets.loss_unit import LossUnit, measure, scaled
from gui.widgets.overlay_along import JOULES_PER_WATT_HOUR, estimated
from gui.widgets.run_losses import RunLosses

DECIDES: tuple[type[Event], ...] = (Stepped, Validated, FloorCounted, Metered, CorpusRead, Started, Rewound)
NO_CURVE = Curve(np.empty(0), np.empty(0))


class Point(NamedTuple):
    """A loss and the step it was measured at; NaN where there is none."""

    loss: float = np.nan
    step: float = np.nan


class Total(NamedTuple):
    """Of a whole run, wherever the playhead is."""

    curve: Curve  # of the loss that is compared, in its unit; empty where it is not known in that unit
    best: Point
    last: Point
    floors: tuple[Floor, ...]  # in nats per token; `beaten` are steps
    steps: int
    tokens: float  # these three are NaN where nothing was told
    seconds: float
    watt_hours: float
    estimated: bool  # the energy is


class Totals:
    """Those of several runs; what has not changed is not counted again."""

    def __init__(self) -> None:
        self._losses = RunLosses()
        self._known: WeakKeyDictionary[Recording, tuple[object, Total]] = WeakKeyDictionary()

    def of(self, recording: Recording, loss: Loss, unit: LossUnit, width: int) -> Total:
        """`width` is that of the smoothing, in steps."""
        stamp = recording.stamp(DECIDES), loss, unit, width
        known = self._known.get(recording)
        if known is None or known[0] != stamp:
            known = self._known[recording] = stamp, total(recording, self._losses.of(recording, width), loss, unit)
        return known[1]


def total(recording: Recording, smooth: Curve, loss: Loss, unit: LossUnit) -> Total:
    """`smooth` is the training loss in nats per token."""
    validation = Curve(*recording.curve(Validated, "loss"))
    curve = in_unit(recording, smooth, validation, loss, unit)
    stepped, metered = recording.latest(Stepped), recording.latest(Metered)
    return Total(
        curve=curve,
        best=best(curve),
        last=at(curve, recording.last_step),
        floors=floors(recording, smooth, validation, 1.0),
        steps=stepped.step if stepped else 0,
        tokens=(stepped.tokens or np.nan) if stepped else np.nan,  # other programs' logs may not tell
        seconds=(stepped.time or np.nan) if stepped else np.nan,
        watt_hours=metered.energy / JOULES_PER_WATT_HOUR if metered else np.nan,
        estimated=estimated(recording),
    )


def in_unit(recording: Recording, smooth: Curve, validation: Curve, loss: Loss, unit: LossUnit) -> Curve:
    """The chosen one of the two."""
    scale = measure(recording, unit)
    if scale.unit != unit:
        return NO_CURVE
    if loss == "training":
        return Curve(smooth.x, scaled(smooth.y, scale.training))
    return Curve(validation.x, scaled(validation.y, scale.validation))


def best(curve: Curve) -> Point:
    """The lowest, where it was first; a loss that is no number is not looked at."""
    lowest = float(np.fmin.reduce(curve.y)) if len(curve.y) else np.nan
    if not np.isfinite(lowest):
        return Point()
    return Point(lowest, float(curve.x[int(np.argmax(curve.y == lowest))]))


def at(curve: Curve, step: float) -> Point:
    """The last one measured at or before `step`."""
    place = int(np.searchsorted(curve.x, step, side="right")) - 1
    return Point(float(curve.y[place]), float(curve.x[place])) if place >= 0 else Point()
