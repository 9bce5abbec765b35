"""What differs, on paper: the same table, with numbers in full behind the words."""

import pytest

from engine.recording import Recording
from gui.panels.differences import DifferencesPanel
from gui.panels.differences_figure import EMPTY, differences_figure
from gui.widgets.comparable import TOKENS_DIFFER
from gui.widgets.shown import line_named
from tests.gui.panels.test_differences import read, run, seeds, table


def grid(*runs, **options):
    ((made,),) = [row.blocks for row in differences_figure(table(*runs, **options)).rows]
    return made


def row(made, name):
    return next(row for row in made.rows if row[0].text == name)


BOTH = run(3.0, 2.123456), run(4.0, key="b", place=4, learning_rate=6e-3)


def test_each_cell_is_as_on_screen_and_the_number_behind_it_is_whole():
    picture, made = table(*BOTH, step=2), grid(*BOTH, step=2)
    assert [[cell.text for cell in line[1:]] for line in made.rows] == [
        [cell.text for cell in line.cells] for line in picture.rows
    ]
    assert row(made, "Last")[1].number == pytest.approx(2.123456)
    assert (row(made, "Last")[1].text, row(made, "Last")[1].bold) == ("2.12", True)
    assert [cell.number for cell in row(made, "Peak learning rate")[1:]] == [2e-3, 6e-3]
    assert [cell.number for cell in row(made, "Steps")[1:]] == [2, 1]


def test_each_run_has_its_line_and_numbers_stand_right():
    made = grid(*BOTH)
    assert made.heads == ("Run", "a", "b")
    assert made.lines == (("", ()), line_named(0), line_named(4))
    assert made.right == (1, 2)


def test_headings_and_remarks_stand_alone():
    made = grid(run(3.0, events=[read()]), run(2.0, key="b", events=[read(("a", "b", "ab"))]))
    (heading,) = row(made, "Loss (training, smoothed, nats per token)")
    assert heading.bold
    assert row(made, TOKENS_DIFFER)[0].colour == "ink3"
    assert len(row(made, TOKENS_DIFFER)) == 1
    assert next(made.rows[place][0].text for place in made.ruled) == heading.text


def test_what_is_several_values_or_was_turned_is_no_number():
    several = seeds((2.0,), (4.0,), learning_rate=1e-3)
    made = grid(*several, run(3.0, key="c"), step=1)
    assert [cell.number for cell in row(made, "Seed")[1:]] == [None, 1]
    assert row(made, "Last")[1].number == pytest.approx(3.0)
    assert "Mean and spread" in differences_figure(table(*several)).notes[0]


def test_without_a_run_it_says_so_and_the_runs_on_show_are_drawn(qtbot):
    panel = DifferencesPanel()
    qtbot.addWidget(panel)
    assert panel.on_paper(Recording(), 0).empty == EMPTY
    hostile = run(2.0, key="$x$\u202e\n")
    panel.show_runs((BOTH[0], hostile))
    ((made,),) = [line.blocks for line in panel.on_paper(BOTH[0].recording, 2).rows]
    assert made.heads == ("Run", "a", "$x$U+202E↵")
