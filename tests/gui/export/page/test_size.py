"""A page is as large as it was asked to be; a column that was given no height grows."""

import numpy as np
import pytest

from gui.export.page.compose import compose
from gui.export.page.ink import Ink
from gui.export.page.size import cramped, fitted, needed, page_size, stacked
from gui.export.paper import Paper
from gui.export.sheet import Axis, Cell, Curve, Grid, Plot, Row, Sheet
from tests.gui.export.sheets import curve, everything, loss, sheet_of

PLOT = loss().plots[0]
TALL = Sheet("s", "Tall", tuple(Row((PLOT,)) for _ in range(4)))


def test_one_plot_is_as_large_as_the_preset() -> None:
    assert page_size(loss(), Paper()) == (85.0, 60.0)
    assert page_size(loss(), Paper(preset="paper-2col")) == (176.0, 80.0)


def test_a_column_grows_as_it_needs_and_keeps_its_type() -> None:
    width, height = page_size(TALL, Paper())
    assert width == 85.0
    assert 120 < height <= 240
    assert fitted(TALL, Paper()).points == 8.0
    drawing = compose(TALL, Paper())
    assert (drawing.width, drawing.height) == (width, height)


@pytest.mark.parametrize(
    "paper", [Paper(height=90.0), Paper(preset="slide"), Paper(preset="own", width=100, height=70)]
)
def test_a_page_whose_height_is_given_stays_and_its_type_shrinks_within_reason(paper) -> None:
    assert page_size(TALL, paper) == paper.size
    points = fitted(TALL, paper).points
    assert 0.69 * paper.points <= points < paper.points
    assert fitted(loss(), paper).points == paper.points


def test_what_is_needed_grows_with_what_stands_there() -> None:
    ink = Ink(Paper())
    assert needed(loss(), ink) < needed(everything(), ink)
    assert needed(loss(), ink) < needed(loss()._replace(notes=("A note. " * 40,)), ink)


def test_blocks_without_room_beside_each_other_stand_below_each_other() -> None:
    sheet = Sheet("s", "Row", (Row((PLOT,) * 4),))
    assert len(stacked(sheet, Paper()).rows) == 4
    assert stacked(sheet, Paper(preset="paper-2col")) == sheet
    assert stacked(sheet, Paper(height=60.0)) == sheet, "no room to grow"


def test_blocks_stand_below_each_other_also_where_the_height_is_given_and_enough() -> None:
    sheet = Sheet("s", "Row", (Row((PLOT, PLOT)),))
    assert len(stacked(sheet, Paper(preset="own", width=50.0, height=150.0)).rows) == 2
    assert stacked(sheet, Paper(preset="own", width=50.0, height=50.0)) == sheet


def test_a_column_grows_for_a_legend_of_many_lines() -> None:
    lines = tuple(curve(f"run number {place} of several") for place in range(12))
    few, many = sheet_of(*lines[:3]), sheet_of(*lines)
    assert page_size(few, Paper()) == (85.0, 60.0)
    assert page_size(many, Paper())[1] > 75
    assert page_size(many, Paper(legend=False)) == (85.0, 60.0)


def test_too_little_room_is_known_before_words_lie_on_words() -> None:
    rows = tuple((Cell(f"row {place}"), Cell("1.00")) for place in range(12))
    plot = Plot(Axis("Step"), Axis("Loss", "nats"), (Curve("training", np.arange(5.0), np.arange(5.0), "line1"),))
    sheet = Sheet("x", "x", (Row((Grid(("Name", "Loss"), rows),), height=0), Row((plot,))))
    small, large = Paper(preset="own", width=40, height=30, type=8), Paper(preset="own", width=120, height=120, type=8)
    assert cramped(sheet, fitted(sheet, small))
    assert not cramped(sheet, fitted(sheet, large))
    assert not cramped(Sheet("x", "x", (), "nothing"), small)
