"""What charts of losses have in common on paper: their axes as they are seen, their floors and their flags."""

from collections.abc import Iterator, Sequence

import numpy as np

from gui.export.sheet import Axis, Flag, Level
from gui.widgets.loss_floors import Floor
from gui.widgets.loss_marks import Mark
from gui.widgets.loss_picture import Curve
from gui.widgets.scale import Span, value_at
from gui.widgets.view import View

Axes = tuple[Axis, Axis]
TITLES = {"step": ("Step", ""), "tokens": ("Tokens", ""), "seconds": ("Training time", "s")}


def axis(title: str, unit: str, span: Span, log: bool) -> Axis:
    """A stretch of a scale as values."""
    return Axis(title, unit, value_at(span.low, log), value_at(span.high, log), log)


def axes_seen(view: View, full: tuple[Span, Span], x: Axis, y: Axis) -> tuple[Axes, Axes | None]:
    """Both axes as they are seen, and, where a person has zoomed in, over all there is. `x` and `y` lack their ends."""
    seen, whole = view.grown(*full), view.grown(*full).follow()
    ends = [(axis(x.title, x.unit, one.x, x.log), axis(y.title, y.unit, one.y, y.log)) for one in (seen, whole)]
    return ends[0], ends[1] if seen.held else None


def levels(floors: Sequence[Floor]) -> Iterator[Level]:
    """Chance level, tables of counted tokens, and what all rules leave."""
    return (Level(floor.name, floor.loss, f"{floor.loss:.2f}") for floor in floors)


def beaten(floors: Sequence[Floor], curve: Curve) -> Iterator[Flag]:
    """Where the curve got better than each table."""
    return (
        Flag(floor.beaten, floor.feat, height(curve, floor.beaten)) for floor in floors if np.isfinite(floor.beaten)
    )


def hung(marks: Sequence[Mark], curve: Curve) -> Iterator[Flag]:
    """What was done and noted on the way."""
    for mark in marks:
        layer = "notes" if mark.sign == "note" else "flags"
        yield Flag(mark.x, mark.flag or mark.words, height(curve, mark.x), mark.sign, layer)


def height(curve: Curve, x: float) -> float:
    """Of a curve at a place, or just after it."""
    index = min(int(np.searchsorted(curve.x, x)), len(curve.x) - 1)
    return float(curve.y[index]) if index >= 0 else np.nan
