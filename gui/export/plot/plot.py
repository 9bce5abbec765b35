"""A plot on paper: what lies between its axes, what stands in its margins, and a legend where it covers nothing."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from gui.export.page.drawing import Call
from gui.export.page.ink import Ink
from gui.export.plot.axes import NAME_EVERY, scales_calls
from gui.export.plot.bars import bars_calls
from gui.export.plot.curves import band_calls, curve_calls, points_calls, thinned
from gui.export.plot.fewer import fewer_bars
from gui.export.plot.flags import cursor_calls, flags_calls
from gui.export.plot.frame import Box, Frame
from gui.export.plot.heat import heat_calls
from gui.export.plot.layout import Layout, laid_out
from gui.export.plot.legend import WIDEST, Entry, column_calls, column_size, entries, rows_calls, rows_of
from gui.export.plot.levels import level_calls
from gui.export.plot.margins import around_calls, label_base
from gui.export.plot.space import OVER_ONE_ANOTHER, Space
from gui.export.plot.words import label_calls
from gui.export.sheet import Axis, Band, Bars, Cursor, Curve, Flag, Heat, Label, Level, Mark, Plot, Points

INSET = 0.3  # em that a legend keeps from the axes
FLOOR_WEIGHT = 0.008  # a legend would rather not hide a floor
FIRST, EACH = 2.0, 0.01  # matplotlib's order of the marks


class Inside(NamedTuple):
    """What lies between the axes, and the room it leaves."""

    calls: tuple[Call, ...]
    space: Space


def plot_calls(plot: Plot, box: Box, ink: Ink, name: str) -> Iterator[Call]:
    """Drawn into `box`, with all that belongs to it."""
    plot = shown(plot, ink)
    room = laid_out(plot, box, ink, name).frame.box.height
    plot = fewer_bars(plot, int(room / (NAME_EVERY * ink.em)))
    named = entries(plot, ink, WIDEST * box.width)
    laid = laid_out(plot, box, ink, name)
    inside = inside_of(plot, laid)
    legend = tuple(_legend(named, laid, inside.space)) if named and not plot.legend_above else ()
    if named and not legend:
        laid = laid_out(plot, box, ink, name, rows_of(named, WIDEST * box.width, ink))
        inside = inside_of(plot, laid)
        left = min(laid.frame.box.left, box.right - WIDEST * box.width)
        legend = tuple(rows_calls(laid.rows, left, laid.rows_top, ink))
    yield _axes(laid)
    yield from scales_calls(laid.x, laid.y, laid.frame, laid.above)
    yield from inside.calls
    yield from around_calls(plot, laid)
    yield from legend


def shown(plot: Plot, ink: Ink) -> Plot:
    """Without the layers that are left out, over the range that is wanted."""
    kept = tuple(mark for mark in plot.marks if getattr(mark, "layer", "") not in {*ink.paper.hidden} - {""})
    x, y = plot.whole if plot.whole and ink.paper.range == "whole" else (plot.x, plot.y)
    return plot._replace(marks=tuple(_from_zero(mark, x) for mark in kept), x=x, y=y)


def _from_zero(mark: Mark, axis: Axis) -> Mark:
    """With what lies at 0 at the lower end of an axis that wishes it; tables keep the 0."""
    if not axis.zero or not isinstance(mark, Curve | Points):
        return mark
    return mark._replace(x=np.where(mark.x == 0, axis.low, mark.x))


def _axes(laid: Layout) -> Call:
    """Their place as shares of the page."""
    frame = laid.frame
    (width, height), area = frame.ink.paper.size, frame.box
    place = (area.left / width, area.bottom / height, area.width / width, area.height / height)
    rounded = tuple(round(share, 8) for share in place)
    return Call("figure", "add_axes", (rounded,), {"label": frame.name}, frame.name)


def inside_of(plot: Plot, laid: Layout) -> Inside:
    """Lines and bars first, then words, which keep off them."""
    frame, calls = laid.frame, list[Call]()
    space = Space(frame.box, frame.ink.em)
    for place, mark in enumerate(plot.marks):
        calls += _mark_calls(mark, frame, f"{frame.name} {place + 1}", FIRST + EACH * place)
        _take(mark, frame, space)
    for cursor in (mark for mark in plot.marks if isinstance(mark, Cursor)):
        calls += cursor_calls(cursor, frame, label_base(laid))
    for label in (mark for mark in plot.marks if isinstance(mark, Label)):
        calls += label_calls(label, frame, space)
    now = min((mark.x for mark in plot.marks if isinstance(mark, Cursor)), default=np.inf)
    calls += flags_calls([mark for mark in plot.marks if isinstance(mark, Flag)], now, frame, space)
    return Inside(tuple(calls), space)


def _mark_calls(mark: Mark, frame: Frame, unnamed: str, order: float) -> Iterator[Call]:
    """`unnamed` is what data are called that have no name of their own."""
    match mark:
        case Curve():
            yield from curve_calls(mark, frame, mark.name or unnamed, order)
        case Band():
            yield from band_calls(mark, frame, mark.name or unnamed, order)
        case Points():
            yield from points_calls(mark, frame, mark.name or unnamed, order)
        case Bars():
            yield from bars_calls(mark, frame, mark.name or unnamed, order)
        case Heat():
            yield from heat_calls(mark, frame, mark.name or unnamed, order)
        case Level():
            yield from level_calls(mark, frame)


def _take(mark: Mark, frame: Frame, space: Space) -> None:
    """What words should not cover."""
    box = frame.box
    match mark:
        case Curve() if len(mark.x):
            x, y = thinned(mark, frame)
            space.take_line(frame.x.pixels(x), frame.y.pixels(y))
        case Points():
            half = frame.ink.mm(mark.radius + 1)
            for across, up in zip(frame.x.pixels(mark.x).tolist(), frame.y.pixels(mark.y).tolist(), strict=True):
                if frame.holds(across, up):
                    space.take_box(Box(across - half, up - half, 2 * half, 2 * half))
        case Level() if frame.holds(box.left, frame.y.pixel(mark.y)):
            space.take_box(Box(box.left, frame.y.pixel(mark.y), box.width, 0.01), FLOOR_WEIGHT)
        case Cursor() if frame.holds(frame.x.pixel(mark.x), box.bottom):
            space.take_box(Box(frame.x.pixel(mark.x), box.bottom, 0.01, box.height))
        case Heat() | Bars():
            space.take_box(box)


def _legend(named: Sequence[Entry], laid: Layout, space: Space) -> Iterator[Call]:
    """Where it covers least; none where it would cover a curve."""
    ink = laid.frame.ink
    (width, height), inset = column_size(named, ink), INSET * ink.em
    place = space.best(width + 2 * inset, height + 2 * inset)
    if place.cost < OVER_ONE_ANOTHER:
        left, bottom = place.box.left + inset, place.box.bottom + inset
        yield from column_calls(named, Box(left, bottom, width, height), ink)
