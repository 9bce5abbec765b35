"""How the room of a plot is shared out between its heading, its axes' labels, its margins, and what it shows."""

from collections.abc import Sequence
from typing import NamedTuple

from gui.export.page.ink import Ink
from gui.export.plot.axes import (
    axis_ticks,
    labels_along,
    labels_upright,
    short_names,
    title_room,
    turned,
)
from gui.export.plot.frame import Box, Frame, Margins, ends, frame
from gui.export.plot.heat import heat_of, scale_width
from gui.export.plot.legend import ROW, Entry
from gui.export.plot.levels import margin_width
from gui.export.plot.words import SMALL, title_of
from gui.export.sheet import Axis, Bars, Plot
from gui.widgets.scale import Tick

HEAD, FLAT = 1.7, 1.5  # em: a title, and the upright axis' title where it lies above
HEADROOM = 0.5  # em over the axes for half of the topmost label
LONGEST_BESIDE, LONGEST_BELOW = 0.4, 0.3  # of the plot, for names of places
EDGE = 0.15  # em
SETTLING = (False, False, True)  # passes over what depends on each other; in the last one margins only grow


class Layout(NamedTuple):
    frame: Frame
    whole: Box  # the plot with all that belongs to it
    x: Axis  # with names that fit
    y: Axis
    x_ticks: Sequence[Tick]
    y_ticks: Sequence[Tick]
    above: bool  # the axis along stands over the plot
    flat: bool  # the title of the upright axis lies over it, as it is too long to stand
    rows: Sequence[Sequence[Entry]]  # of a legend above
    rows_top: float  # millimetres on the page
    marked: tuple[int, int] | None  # places on y and x whose names are bold


def laid_out(plot: Plot, box: Box, ink: Ink, name: str, rows: Sequence[Sequence[Entry]] = ()) -> Layout:
    """The same for the same plot, box and type. Labels need room, and how many there are depends on the room left."""
    heat = heat_of(plot)
    x = short_names(named(plot.x, heat.columns if heat and not heat.span else ()), LONGEST_BELOW * box.height, ink)
    y = short_names(named(plot.y, heat.rows if heat else ()), LONGEST_BESIDE * box.width, ink)
    plot, area = plot._replace(x=x, y=y), Box(box.left, box.bottom, 0.8 * box.width, 0.7 * box.height)
    margins = Margins()
    for settled in SETTLING:
        flat = is_flat(y, area.height, ink)
        wanted = _around(plot, box, area, flat, len(rows), ink)
        margins = Margins(*map(max, margins, wanted)) if settled else wanted
        area = box.inside(margins)
        area = _square(area) if plot.square else area
    above, marked = stands_above(plot), heat.marked if heat else None
    x_ticks = axis_ticks(x, area.width, ink, False, marked[1] if marked else None)
    y_ticks = axis_ticks(y, area.height, ink, True, marked[0] if marked else None)
    rows_top = box.top - _heading(plot, flat, ink)
    return Layout(frame(name, area, x, y, ink), box, x, y, x_ticks, y_ticks, above, flat, rows, rows_top, marked)


def is_flat(y: Axis, height: float, ink: Ink) -> bool:
    """Whether the title of the upright axis is too long to stand."""
    return bool(y.title) and not y.bare and ink.width(title_of(y)) > height + 0.7 * ink.em


def stands_above(plot: Plot) -> bool:
    """Whether the axis along stands over the plot, as that of a map does that is read from its corner."""
    return plot.square and heat_of(plot) is not None


def _heading(plot: Plot, flat: bool, ink: Ink) -> float:
    return ((HEAD if plot.title else 0.0) + (FLAT if flat else 0.0)) * ink.em


def _around(plot: Plot, box: Box, area: Box, flat: bool, rows: int, ink: Ink) -> Margins:
    """What stands around axes that are about as large as `area`."""
    along = 0.0 if plot.x.bare else labels_along(plot.x, area.width, ink) + title_room(plot.x, ink)
    above = stands_above(plot)
    top = _heading(plot, flat, ink) + rows * ROW * ink.em + (along if above else HEADROOM * ink.em)
    sides = _sides(plot, box, ink, max(1.0, area.height), flat)
    return sides._replace(top=top, bottom=EDGE * ink.em if above else along)


def named(axis: Axis, names: tuple[str, ...]) -> Axis:
    """With the names of the rows or columns of a map, where it has none of its own."""
    return axis if axis.names or not names else axis._replace(names=names, mono=True)


def _square(box: Box) -> Box:
    """In the upper left corner."""
    side = min(box.width, box.height)
    return Box(box.left, box.top - side, side, side)


def _sides(plot: Plot, box: Box, ink: Ink, height: float, flat: bool) -> Margins:
    """Left of the axes and right of them."""
    left = EDGE * ink.em
    if not plot.y.bare:
        made = axis_ticks(plot.y, height, ink, upright=True)
        left = labels_upright(plot.y, made, height, ink) + (0.0 if flat else title_room(plot.y, ink))
    heat = heat_of(plot)
    right = max(margin_width(plot, box.width, height, ink), scale_width(heat, ink) if heat else 0.0)
    wide = max(1.0, box.width - left - right)
    right = max(right, _past_the_end(plot, wide, ink), EDGE * ink.em)
    return Margins(left, 0.0, max(right, _half_a_label(plot.x, wide, right, ink)), 0.0)


def _half_a_label(axis: Axis, width: float, right: float, ink: Ink) -> float:
    """What the last label along needs beyond the axis."""
    if axis.bare or (axis.names and turned(axis, width, ink)):
        return 0.0
    made = [tick for tick in axis_ticks(axis, width, ink, upright=False) if tick.label]
    made_frame = frame("", Box(0.0, 0.0, width, 1.0), axis, axis, ink)
    over = (made_frame.x.pixel(t.value) + ink.width(t.label, mono=axis.mono) / 2 - width for t in made)
    return max([0.0, *over]) if right < ink.em else 0.0


def _past_the_end(plot: Plot, width: float, ink: Ink) -> float:
    """What words at the end of long bars need beyond the axes."""
    low, high = ends(plot.x)
    over = [0.0]
    for bars in (mark for mark in plot.marks if isinstance(mark, Bars) and not mark.upright):
        for value, words in zip(bars.values, bars.words, strict=False):
            free = (1 - min(1.0, max(0.0, (float(value) - low) / (high - low)))) * width
            over.append(ink.width(words, SMALL, bold=True) + 0.6 * ink.em - free)
    return max(over)
