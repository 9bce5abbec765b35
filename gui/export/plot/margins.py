"""What stands around a plot: its heading, the labels and titles of its axes, names of floors, a scale of colours."""

from collections.abc import Iterator

from gui.export.page.drawing import Call
from gui.export.plot.axes import (
    along_names_calls,
    along_title_calls,
    tick_room,
    ticks_calls,
    upright_names_calls,
    upright_title_calls,
)
from gui.export.plot.flags import chip_box
from gui.export.plot.frame import Box
from gui.export.plot.heat import heat_of, scale_calls
from gui.export.plot.layout import FLAT, Layout
from gui.export.plot.levels import levels_of, names_calls
from gui.export.plot.words import fitting, title_of
from gui.export.sheet import Cursor, Plot


def around_calls(plot: Plot, laid: Layout) -> Iterator[Call]:
    """From the heading down."""
    frame, ink = laid.frame, laid.frame.ink
    yield from _heading(plot, laid)
    row, column = laid.marked or (None, None)
    yield from ticks_calls("x", laid.x, laid.x_ticks, frame, _chip(plot, laid))
    yield from ticks_calls("y", laid.y, laid.y_ticks, frame, None)
    yield from along_names_calls(laid.x, laid.x_ticks, frame, laid.above, column)
    yield from upright_names_calls(laid.y, laid.y_ticks, frame, row)
    yield from along_title_calls(laid.x, frame, laid.whole, laid.above)
    yield from names_calls(levels_of(plot), frame, laid.whole.width, laid.whole.right)
    heat = heat_of(plot)
    if heat and heat.scale:
        yield from scale_calls(heat, frame, frame.box.right + ink.em, laid.whole)


def _heading(plot: Plot, laid: Layout) -> Iterator[Call]:
    ink, box = laid.frame.ink, laid.whole
    if plot.title:
        words = fitting(plot.title, box.width, ink, bold=True)
        yield ink.words(words, box.left, box.top - 1.0 * ink.em, bold=True)
    if laid.flat:
        base = laid.rows_top + (FLAT - 1.0) * ink.em
        yield ink.words(fitting(title_of(laid.y), box.width, ink), box.left, base)
    elif laid.y.title and not laid.y.bare:
        yield from upright_title_calls(laid.y, laid.y_ticks, laid.frame)


def label_base(laid: Layout) -> float:
    """The base line of the labels of the axis along."""
    ink = laid.frame.ink
    return laid.frame.box.bottom - tick_room(laid.x, ink) - ink.capital


def _chip(plot: Plot, laid: Layout) -> Box | None:
    cursor = next((mark for mark in plot.marks if isinstance(mark, Cursor)), None)
    return chip_box(cursor, laid.frame, label_base(laid)) if cursor else None
