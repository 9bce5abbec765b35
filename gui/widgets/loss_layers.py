"""Where everything on the loss chart stands, in pixels: worked out when data or range change, then only painted."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF

from gui.theme import Theme
from gui.widgets.axes import Axes
from gui.widgets.flags import Flag, Hanging, hang_marks, place_flags
from gui.widgets.loss_marks import x_of
from gui.widgets.loss_picture import Curve, Picture
from gui.widgets.reduction import columns, extremes, first_in_each, means
from gui.widgets.strokes import Stroke, stroke

RING_GAP = 6  # radii between the middles of two rings


class Shows(NamedTuple):
    """Which layers are wanted."""

    raw: bool = True
    floors: bool = True
    validation: bool = True


class Layers(NamedTuple):
    raw: Stroke = Stroke()
    smooth: Stroke = Stroke()
    validation: Stroke = Stroke()
    average: Stroke = Stroke()  # validation of the averaged weights
    rings: tuple[QPointF, ...] = ()
    flags: tuple[Flag, ...] = ()
    marks: tuple[Hanging, ...] = ()
    now: QPointF | None = None  # newest point of the smoothed curve, or the one looked back at
    playhead: float | None = None  # x of the step looked back at
    stop: float | None = None  # x where training could not go on


def layers(picture: Picture, shows: Shows, axes: Axes, theme: Theme, per_pixel: float) -> Layers:
    """`per_pixel` is how many dots of the screen make a pixel."""
    if not len(picture.steps):
        return Layers()
    stop = axes.x.pixel(x_of(picture.stop.step, picture.steps, picture.raw.x)) if picture.stop else None
    found = columns(picture.raw.x, axes.x, per_pixel)
    made = Layers(
        raw=stroke(*extremes(*picture.raw, axes.x, found), axes) if shows.raw else Stroke(),
        smooth=stroke(*means(*picture.smooth, axes.x, found), axes),
        flags=place_flags(picture.floors, picture.smooth, axes, theme) if shows.floors else (),
        marks=hang_marks(picture.marks, picture.smooth, axes, theme),
        now=_point(picture.smooth, picture.now - 1, axes) if picture.now else None,
        playhead=axes.x.pixel(_looked_at(picture)) if picture.playhead is not None else None,
        stop=stop,
    )
    if not shows.validation or theme.lecture or not len(picture.validation.x):
        return made
    return made._replace(
        validation=_measured(picture.validation, picture.validation_steps, picture.log_x, axes, per_pixel),
        average=_measured(picture.average, picture.average_steps, picture.log_x, axes, per_pixel),
        rings=rings(picture.validation, axes, theme),
    )


def _measured(curve: Curve, steps: np.ndarray, log_x: bool, axes: Axes, per_pixel: float) -> Stroke:
    """Without what was measured before the first step: a line from there would cut through the curve."""
    first = int(np.searchsorted(steps, 1)) if log_x else 0
    joined = Curve(curve.x[first:], curve.y[first:])
    return stroke(*extremes(*joined, axes.x, columns(joined.x, axes.x, per_pixel)), axes)


def rings(curve: Curve, axes: Axes, theme: Theme) -> tuple[QPointF, ...]:
    """As many as can be told apart: the first in each stretch, so that they stay where they are, and the newest."""
    apart = RING_GAP * theme.lines.ring
    firsts = first_in_each(curve.x, axes.x, apart)
    across = axes.x.pixels(curve.x[firsts])
    kept = [*firsts[axes.x.pixel(float(curve.x[-1])) - across >= apart], len(curve.x) - 1]
    near = axes.plot.adjusted(-1, -1, 1, 1)
    places = zip(axes.x.pixels(curve.x[kept]), axes.y.pixels(curve.y[kept]), strict=True)
    points = (QPointF(x, y) for x, y in places if np.isfinite(y))
    return tuple(point for point in points if near.contains(point))


def _point(curve: Curve, index: int, axes: Axes) -> QPointF | None:
    """None where the curve has a gap."""
    at = axes.point(curve.x[index], curve.y[index])
    return at if np.isfinite(at.x()) and np.isfinite(at.y()) else None


def _looked_at(picture: Picture) -> float:
    return float(picture.raw.x[max(0, picture.now - 1)])
