"""Where a plot stands on the page and what its axes mean there: from values to millimetres."""

from math import log10
from typing import NamedTuple

from gui.export.page.ink import Ink
from gui.export.sheet import Axis
from gui.widgets.scale import SMALLEST, Scale, Span


class Box(NamedTuple):
    """Millimetres from the lower left corner of the page."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def top(self) -> float:
        return self.bottom + self.height

    def inside(self, margins: "Margins") -> "Box":
        return Box(
            self.left + margins.left,
            self.bottom + margins.bottom,
            max(1.0, self.width - margins.left - margins.right),
            max(1.0, self.height - margins.top - margins.bottom),
        )


class Margins(NamedTuple):
    """What stands around the place between the axes, in millimetres."""

    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0


class Frame(NamedTuple):
    """`name` is that of its axes; the scales give millimetres on the page."""

    name: str
    box: Box
    x: Scale
    y: Scale
    ink: Ink

    def holds(self, x: float, y: float, slack: float = 0.01) -> bool:
        """Whether a place in millimetres lies between the axes."""
        box = self.box
        return box.left - slack <= x <= box.right + slack and box.bottom - slack <= y <= box.top + slack


def frame(name: str, box: Box, x: Axis, y: Axis, ink: Ink) -> Frame:
    """Of axes that have this place."""
    return Frame(name, box, scale(x, box.left, box.right), scale(y, box.bottom, box.top), ink)


def scale(axis: Axis, start: float, end: float) -> Scale:
    """Low stands at `start`, also where it lies above high."""
    low, high = ends(axis)
    if axis.log:
        return Scale(Span(log10(low), log10(high)), True, start, end)
    return Scale(Span(low, high), False, start, end)


def ends(axis: Axis) -> tuple[float, float]:
    """That can be drawn between: positive where the axis is logarithmic, and never the same."""
    low, high = (max(axis.low, SMALLEST), max(axis.high, SMALLEST)) if axis.log else (axis.low, axis.high)
    if low == high:
        return (low / 2, high * 2) if axis.log else (low - 0.5, high + 0.5)
    return low, high
