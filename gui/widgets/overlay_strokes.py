"""The lines of the overlay in pixels: worked out when a run or the range has changed, and then only painted."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
from PySide6.QtGui import QPolygonF

from gui.widgets.axes import Axes
from gui.widgets.loss_picture import Curve
from gui.widgets.overlay_courses import Course
from gui.widgets.overlay_picture import Track
from gui.widgets.overlay_spread import spread_at
from gui.widgets.reduction import Columns, columns, extremes, means, stretches
from gui.widgets.scale import SMALLEST
from gui.widgets.strokes import Stroke, polygon, stroke

SAMPLES = 4  # steps of a column of pixels that tell how far runs lie apart
GOLDEN = 0.618034
FAR = 1.5  # widths of the line; nearer to it nothing else can be seen


class Pens(NamedTuple):
    """What decides where a line is drawn, beside its numbers."""

    axes: Axes
    width: float  # of the line, pixels
    per_pixel: float  # dots of the screen
    raw: bool  # every single step is drawn, too


class Marks(NamedTuple):
    """Places of recorded steps at which a group is looked at, where a pixel holds too many of them."""

    even: np.ndarray  # whatever their values are
    extreme: np.ndarray  # because of them


class Strokes(NamedTuple):
    """Of one line. Where a pixel holds many steps it is their mean, and `reach` goes to those far from it."""

    line: Stroke = Stroke()
    reach: Stroke = Stroke()
    raw: tuple[Stroke, ...] = ()  # every single step, of each run
    band: tuple[QPolygonF, ...] = ()  # mean ± standard deviation
    marks: Mapping[object, Marks] = {}


def strokes(track: Track, pens: Pens, before: Strokes) -> Strokes:
    """What is the same as `before` is not worked out again."""
    raw = tuple(_raw(course, pens) for course in track.courses) if pens.raw else ()
    if len(track.courses) > 1:
        return _group(track, pens, before)._replace(raw=raw)
    return _line(track.courses[0].curve, pens)._replace(raw=raw)


def _raw(course: Course, pens: Pens) -> Stroke:
    if not len(course.raw):
        return Stroke()
    found = columns(course.x, pens.axes.x, pens.per_pixel)
    return stroke(*extremes(course.x, course.raw, pens.axes.x, found), pens.axes)


def _line(curve: Curve, pens: Pens) -> Strokes:
    axes, found = pens.axes, columns(curve.x, pens.axes.x, pens.per_pixel)
    line = stroke(*means(*curve, axes.x, found), axes)
    return Strokes(line, _reach(curve, found, axes, FAR * pens.width))


def _reach(curve: Curve, found: Columns, axes: Axes, far: float) -> Stroke:
    """From the lowest to the highest step of each column in which one is `far` from the mean: no spike is lost."""
    if not len(found.starts):
        return Stroke()
    shown = curve.y[: found.last]
    low, high = np.fmin.reduceat(shown, found.starts), np.fmax.reduceat(shown, found.starts)
    middle = axes.y.pixels(np.add.reduceat(shown, found.starts) / found.counts)
    away = np.fmax(np.abs(axes.y.pixels(low) - middle), np.abs(axes.y.pixels(high) - middle))
    wanted = (found.counts > 1) & ~(away <= far)
    ends = np.where(wanted[:, None], np.stack([low, high], axis=1), np.nan)
    return stroke(np.repeat(found.pixels, 2), ends.ravel(), axes)


def _group(track: Track, pens: Pens, before: Strokes) -> Strokes:
    """The mean of the lines its runs would have, and what of it stands out."""
    axes, marks, seen = pens.axes, dict[object, Marks](), list[Curve]()
    for course in track.courses:
        found = columns(course.x, axes.x, pens.per_pixel)
        across, values = means(*course.curve, axes.x, found)
        seen.append(Curve(np.maximum.accumulate(across), values))
        key = course.version, axes.x, pens.per_pixel
        marks[key] = before.marks.get(key) or landmarks(course.curve, found)
    pixels = np.unique(np.concatenate([curve.x for curve in seen]))
    line = Curve(pixels, spread_at(seen, pixels).mean)
    return Strokes(
        line=stroke(*line, axes),
        reach=_group_reach(track, marks.values(), pens),
        band=tuple(_band(line, _deviation(track, marks.values(), pens), axes)),
        marks=marks,
    )


def _group_reach(track: Track, marks: Collection[Marks], pens: Pens) -> Stroke:
    """The mean where one of the runs stands out."""
    places = np.unique(np.concatenate([part for one in marks for part in one]))
    scale, curve = pens.axes.x, Curve(places, spread_at(track.curves, places).mean)
    return _reach(curve, columns(places, scale, pens.per_pixel), pens.axes, FAR * pens.width)


def _deviation(track: Track, marks: Collection[Marks], pens: Pens) -> Curve:
    """Pixels across and standard deviations; those of the steps, not of their means, which lie closer together."""
    places, scale = np.unique(np.concatenate([one.even for one in marks])), pens.axes.x
    deviations = spread_at(track.curves, places).deviation
    return Curve(*means(places, deviations, scale, columns(places, scale, pens.per_pixel)))


def _band(line: Curve, deviation: Curve, axes: Axes) -> list[QPolygonF]:
    """There and back around each stretch on which two runs or more are known."""
    half = np.interp(line.x, np.maximum.accumulate(deviation.x), deviation.y, left=np.nan, right=np.nan)
    low = np.maximum(line.y - half, 2 * SMALLEST) if axes.y.log else line.y - half
    top, bottom = axes.y.pixels(line.y + half), axes.y.pixels(low)
    return [
        polygon(np.concatenate([line.x[part], line.x[part][::-1]]), np.concatenate([top[part], bottom[part][::-1]]))
        for part in stretches(line.x, top)
    ]


def landmarks(curve: Curve, found: Columns) -> Marks:
    """Some steps of each column, evenly, its lowest and its highest; and the neighbours off the chart."""
    beside = [place for place in (found.first - 1, found.last) if 0 <= place < len(curve.x)]
    if not len(found.starts):
        return Marks(curve.x[beside], curve.x[:0])
    shift = np.arange(len(found.starts)) * GOLDEN % 1.0  # in step with no rhythm of the steps
    even = [found.starts + (found.counts * (part + shift) / SAMPLES).astype(np.intp) for part in range(SAMPLES)]
    ends = [found.first, found.last - 1]
    shown, picked = curve.y[: found.last], [np.empty(0, np.intp)]
    for pick in (np.fmin, np.fmax):
        reached = np.repeat(pick.reduceat(shown, found.starts), found.counts)
        hits = np.flatnonzero(shown[found.first :] == reached) + found.first
        firsts = np.searchsorted(hits, found.starts)
        picked.append(hits[firsts[firsts < len(hits)]])
    return Marks(curve.x[np.concatenate([*even, np.array([*ends, *beside], np.intp)])], curve.x[np.concatenate(picked)])
