"""The loss chart on paper: the same curves, floors, flags, range and step as on screen."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from gui.export.sheet import Axis, Cursor, Flag, Mark, Plot, Row, Sheet
from gui.export.sheet import Curve as Line
from gui.text import number
from gui.widgets.loss_marks import x_of
from gui.widgets.loss_picture import Curve, Picture, ranges
from gui.widgets.on_paper import TITLES, axes_seen, beaten, hung, levels
from gui.widgets.view import View

EMPTY = "There is no loss yet: press play."
AVERAGED = "validation, averaged weights"


class Chosen(Protocol):
    """What a person switched on."""

    @property
    def show_raw(self) -> bool: ...

    @property
    def show_floors(self) -> bool: ...

    @property
    def show_validation(self) -> bool: ...


def loss_figure(picture: Picture, chosen: Chosen, view: View) -> Sheet:
    """`view` is the stretch on screen."""
    title, unit = TITLES[picture.unit]
    x, y = Axis(title, unit, log=picture.log_x), Axis("Loss", picture.measure.unit, log=picture.log_y)
    seen, whole = axes_seen(view, ranges(picture, chosen.show_validation), x, y)
    plot = Plot(*seen, marks=tuple(_marks(picture, chosen)), whole=whole)
    notes = (picture.measure.note,) if picture.measure.note else ()
    return Sheet("Loss", "Loss", (Row((plot,)),), "" if len(picture.steps) else EMPTY, notes)


def _marks(picture: Picture, chosen: Chosen) -> Iterator[Mark]:
    if chosen.show_floors:
        yield from levels(picture.floors)
    yield from _curves(picture, chosen)
    if chosen.show_floors:
        yield from beaten(picture.floors, picture.smooth)
    yield from hung(picture.marks, picture.smooth)
    if picture.stop:
        yield Flag(x_of(picture.stop.step, picture.steps, picture.raw.x), "stopped", sign="stop")
    if picture.playhead is not None and picture.now:
        yield Cursor(float(picture.raw.x[picture.now - 1]), f"step {picture.playhead:,}")


def _curves(picture: Picture, chosen: Chosen) -> Iterator[Line]:
    named = "training, spoiled" if picture.spoiled else "training"
    smoothed = f"{named}, mean of {picture.smoothing} steps" if picture.smoothing > 1 else named
    past = picture.now if picture.playhead is not None else None
    if chosen.show_raw and len(picture.raw.x):
        yield Line(
            f"{named}, every step", *picture.raw, "line1", 1, opacity=0.3, layer="every step", legend=False, live=past
        )
    if chosen.show_validation and len(picture.validation.x):
        yield _measured("validation", picture, picture.validation, picture.validation_steps, "line2")
    if chosen.show_validation and len(picture.average.x):
        yield _measured(AVERAGED, picture, picture.average, picture.average_steps, "line3")
    if len(picture.smooth.x):
        yield Line(smoothed, *picture.smooth, "line1", value=_value(picture.training_loss), smooth=True, live=past)


def _measured(name: str, picture: Picture, curve: Curve, steps: np.ndarray, colour: str) -> Line:
    """Also what was measured before the first step: a logarithmic axis has no place for it, a table has."""
    own = name == "validation"
    count, value = (picture.validated, picture.validation_loss) if own else (picture.averaged, picture.average_loss)
    return Line(
        name,
        np.where(steps < 1, 0.0, curve.x),
        curve.y,
        colour,
        1.25,
        () if own else (2, 4),
        ring=own,
        layer="validation",
        value=_value(value),
        live=count if picture.playhead is not None else None,
    )


def _value(loss: float) -> str:
    return number(loss) if np.isfinite(loss) else ""
