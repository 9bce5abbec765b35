"""The mixture on paper says what the rows on screen say, at the same step."""

import numpy as np
import pytest

from engine.recording import Recording
from gui.export.sheet import Cursor, Curve, Grid, Heat, Level
from gui.mixing import Mixture
from gui.panels.mixture import MixturePanel
from gui.panels.mixture_figure import EMPTY, mixture_figure
from gui.panels.mixture_picture import mixture_at
from tests.gui.panels.test_mixture import RUNNING, STOPPED, made, picture


def sheet(mixture=RUNNING, step=20):
    return mixture_figure(picture(mixture, step))


def column(made_sheet, head):
    (grid,) = [block for block in made_sheet.blocks if isinstance(block, Grid)]
    return [row[grid.heads.index(head)] for row in grid.rows]


def marks(made_sheet, kind):
    return [mark for plot in made_sheet.plots for mark in plot.marks if isinstance(mark, kind)]


def test_the_table_has_the_numbers_of_the_rows_in_full():
    assert [cell.text for cell in column(sheet(), "Text")] == ["Stories", "Facts", "<b>U+202E.txt"]
    assert [cell.text for cell in column(sheet(), "Weight")] == ["0.50", "0.30", "0.20"]
    assert [cell.text for cell in column(sheet(), "Share so far")] == ["50.0 %", "30.0 %", "20.0 %"]
    assert [cell.number for cell in column(sheet(), "Seen")] == [10, 6, 4]
    assert [cell.number for cell in column(sheet(), "Validation loss")] == [3, 4, 5]
    assert [cell.text for cell in column(sheet(), "True loss")] == ["1.50", "1.50", ""]


def test_what_was_seen_too_often_is_strong_and_said():
    assert [cell.bold for cell in column(sheet(), "Seen")] == [True] * 3
    assert "Stories and 2 others were seen more than 4 times" in sheet().notes[-1]
    assert not any(cell.bold for cell in column(sheet(step=10), "Seen"))
    assert not sheet(step=10).notes


def test_each_part_has_its_colour_on_the_scale_of_the_screen():
    (heat,) = marks(sheet(), Heat)
    assert heat.values_YX == pytest.approx(np.full((3, 4), 2.0))
    assert (heat.low, heat.high, heat.map) == (0.0, 8.0, "times")
    assert heat.rows == ("Stories", "Facts", "<b>U+202E.txt")
    assert (heat.span, heat.columns[0]) == ((0.0, 100.0), "1 of 4")


def test_every_text_has_a_line_of_its_own_over_the_whole_run():
    curves = marks(sheet(step=10), Curve)[::-1]  # the first lies on top
    assert [curve.y.tolist() for curve in curves] == [[5, 3], [6, 4], [7, 5]]
    assert len({(curve.colour, curve.dash) for curve in curves}) == 3
    assert [curve.live for curve in curves] == [1, 1, 1]
    assert [cursor.x for cursor in marks(sheet(step=10), Cursor)] == [10]
    assert not marks(sheet(), Cursor)


def test_what_no_model_can_beat_is_named_by_its_text():
    two = mixture_figure(picture()._replace(rows=picture().rows[:2]))
    levels = marks(two, Level)
    assert [(level.name, level.y) for level in levels] == [("Stories", 1.5), ("Facts", 1.5)]
    assert [level.colour for level in levels] == [curve.colour for curve in marks(two, Curve)[::-1]]
    alone = mixture_figure(picture()._replace(rows=picture().rows[:1]))
    assert [level.name for level in marks(alone, Level)] == ["true loss"]
    assert not marks(sheet(), Level)


def test_what_waits_for_the_next_run_is_said():
    waiting = sheet(STOPPED._replace(next_weights=(0.5, 0.1, 0.4)))
    assert [cell.text for cell in column(waiting, "")] == ["", "was 0.30", "was 0.20"]
    leaving = sheet(RUNNING._replace(next_corpus=("stories", "python"), next_weights=()))
    assert [cell.text for cell in column(leaving, "")] == [
        "", "not in the next run", "not in the next run", "from the next run on"
    ]  # fmt: skip


def test_columns_of_which_nothing_is_known_are_left_out():
    unread = mixture_figure(mixture_at(Recording(), 0, RUNNING))
    (grid,) = unread.blocks
    assert grid.heads == ("Text", "Weight")
    assert unread.notes == ()


def test_without_a_text_it_says_so(qtbot):
    assert mixture_figure(mixture_at(Recording(), 0, Mixture())).empty == EMPTY
    panel = MixturePanel()
    qtbot.addWidget(panel)
    assert panel.on_paper(Recording(), 0).empty == EMPTY
    assert panel.on_paper(made(), 20).rows[0].blocks == sheet().rows[0].blocks
