"""The head of a run: its line tells it apart, its number stands at the right."""

import pytest

from gui.widgets.run_head import RunHead


@pytest.fixture
def head(qtbot):
    made = RunHead()
    qtbot.addWidget(made)
    made.resize(240, 24)
    made.show()
    return made


def looks(head, *args):
    head.show_run(*args)
    return head.grab().toImage()


def test_runs_are_told_apart_by_their_place(head):
    assert looks(head, "a", 0, "2.15", "a.") != looks(head, "a", 1, "2.15", "a.")


def test_the_number_is_seen(head):
    assert looks(head, "a", 0, "2.15", "a.") != looks(head, "a", 0, "2.16", "a.")


def test_it_says_what_the_number_is(head):
    looks(head, "<b>", 0, "2.15", "loss of <b> at step 3.")
    assert head.statusTip() == "loss of <b> at step 3."
    assert "&lt;b&gt;" in head.toolTip()
    assert head.accessibleName() == "<b>"


def test_a_long_name_leaves_room_for_the_number(head):
    long = looks(head, "heron " * 30, 0, "2.15", "long.")
    short = looks(head, "heron", 0, "2.15", "short.")
    number = range(head.width() - head.fontMetrics().horizontalAdvance("2.15"), head.width())
    assert all(long.pixel(x, y) == short.pixel(x, y) for x in number for y in range(head.height()))
