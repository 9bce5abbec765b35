"""One sentence after more and more merges: columns that stay, rows that fit, keys and clicks."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from gui.signs import cells
from gui.theme import DARK, LIGHT
from gui.widgets.merge_rows import MergeRow, MergeRows

ROWS = (
    MergeRow(0, cells([*"the é"[:4], "\udcc3", "\udca9"])),
    MergeRow(32, cells(["th", "e", " ", "\udcc3", "\udca9"])),
    MergeRow(128, cells(["the", " ", "é"]), chosen=True),
    MergeRow(512, cells(["the", " é"])),
)


@pytest.fixture
def rows(qtbot):
    made = MergeRows()
    qtbot.addWidget(made)
    made.resize(520, 200)
    made.show_rows(ROWS)
    made.show()
    qtbot.waitExposed(made)
    return made


def middle(rows, row, byte):
    """A point on a byte of a row."""
    return QPointF(rows._across(byte) + 4, rows._box(row).center().y())


def letters(rows):
    """Pixels across the first three letters, which are black in every row."""
    return range(round(rows._across(0)) + 2, round(rows._across(3)) - 2)


def test_the_chosen_row_is_told_to_those_who_cannot_see_it(rows):
    assert rows.accessibleDescription() == "128 merges, 3 pieces: the | · | é"


def test_a_letter_stands_in_the_same_column_in_every_row(rows):
    image = rows.grab().toImage()
    ink = [
        [image.pixelColor(x, round(rows._box(at).center().y())).lightness() < 120 for x in letters(rows)]
        for at in range(len(ROWS))
    ]
    assert any(ink[0])
    assert all(row == ink[0] for row in ink)


def test_the_piece_under_the_pointer_is_explained(rows):
    rows.explain = lambda row, piece: f"{row}:{piece}"
    assert rows.told(middle(rows, 0, 4)) == "0:4"
    assert rows.told(middle(rows, 3, 4)) == "3:1"
    assert rows.told(QPointF(5, 60)) == rows.told(QPointF(300, 2)) == ""


def test_a_click_chooses_the_row(rows, qtbot):
    with qtbot.waitSignal(rows.chosen) as chosen:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle(rows, 1, 0).toPoint())
    assert chosen.args == [32]


def test_a_double_click_asks_for_another_sentence(rows, qtbot):
    with qtbot.waitSignal(rows.edit_asked):
        qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 60))


@pytest.mark.parametrize(
    ("key", "how"), [("Left", "less"), ("Right", "more"), ("PageDown", "after"), ("Home", "first")]
)
def test_keys_move(rows, qtbot, key, how):
    with qtbot.waitSignal(rows.moved) as moved:
        qtbot.keyClick(rows, getattr(Qt.Key, f"Key_{key}"))
    assert moved.args == [how]


def test_without_room_the_chosen_row_stays(rows):
    rows.resize(520, 56)
    assert len(rows.fitting()) < len(ROWS)
    assert any(row.chosen for row in rows.fitting())
    rows.resize(520, 20)
    assert [row.merges for row in rows.fitting()] == [128]


def test_a_long_sentence_scrolls_to_where_it_is_written(rows):
    long = MergeRow(0, cells("a" * 200), chosen=True)
    rows.show_rows((long,))
    assert rows.horizontalScrollBar().maximum() > 0
    rows.reveal(200)
    assert rows._across(200) <= rows._left() + rows._room() + 1
    rows.reveal(0)
    assert rows.horizontalScrollBar().value() == 0


def test_half_characters_do_not_look_like_whole_ones(rows):
    one = rows.grab().toImage()
    rows.show_rows((*ROWS[:1], ROWS[1]._replace(cells=cells(["th", "e", " ", "é"])), *ROWS[2:]))
    assert rows.grab().toImage() != one


def test_a_theme_is_worn(rows):
    light = rows.grab().toImage()
    rows.dress(DARK)
    assert rows.grab().toImage() != light
    rows.dress(LIGHT)
    assert rows.grab().toImage() == light


def test_no_sentence_is_no_trouble(rows):
    rows.show_rows((MergeRow(0, (), chosen=True),))
    assert rows.told(middle(rows, 0, 0)) == ""
    assert not rows.grab().isNull()
