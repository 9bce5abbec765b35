"""The table of tokenizers: what it shows and says, and how another one is asked for."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from gui.signs import cells
from gui.widgets.tokenizer_rows import MEANINGS, TokenizerRow, TokenizerRows, sentence

ROWS = (
    TokenizerRow("Character", 80, cells("lit."), "", 5.6, 1.92, False, 10_240),
    TokenizerRow("Byte-level BPE", 1024, cells(["l", "it", "."]), "", 1.9, 1.71, True, 131_072),
    TokenizerRow("Unigram", 4096, state="learning…"),
)


@pytest.fixture
def rows(qtbot):
    made = TokenizerRows()
    qtbot.addWidget(made)
    made.resize(760, 170)
    made.show_rows(ROWS)
    made.show()
    qtbot.waitExposed(made)
    return made


def at(rows, row, across):
    return QPointF(across, rows._box(row).center().y())


def test_numbers_are_written_as_they_are_known():
    assert ROWS[0].values() == ("5.6", "1.92", "10.2 k")
    assert ROWS[2].values() == ("", "", "")


def test_a_row_is_told_in_words():
    assert sentence(ROWS[1]) == (
        "Byte-level BPE with 1,024 tokens: 1.9 tokens per word, 1.71 bits per byte, 131 k numbers in the embedding."
    )
    assert sentence(ROWS[1]._replace(asked=4096)).endswith("gives no more than that; 4,096 were asked for.")
    assert sentence(ROWS[2]) == "Unigram with 4,096 tokens: learning…."


def test_headings_say_how_they_were_measured(rows):
    ends = rows._ends()
    assert [rows.told(QPointF(end - 5, 5)) for end in ends] == list(MEANINGS)


def test_a_piece_is_explained(rows):
    rows.explain = lambda row, piece: f"{row}:{piece}"
    assert rows.told(at(rows, 1, rows.left + rows._packed[1].places[1].left + 3)) == "1:1"
    assert rows.told(at(rows, 2, rows.left + 3)) == ""


def test_a_press_on_a_name_asks_for_another(rows, qtbot):
    with qtbot.waitSignal(rows.choose_asked) as asked:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at(rows, 1, 40).toPoint())
    assert asked.args[0] == 1


def test_keys_reach_every_row_and_ask(rows, qtbot):
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(rows.choose_asked) as asked:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert asked.args[0] == 2


def test_where_nobody_would_learn_another_none_is_asked_for(rows, qtbot):
    rows.choosable = False
    with qtbot.assertNotEmitted(rows.choose_asked):
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert "Press" not in rows.told(at(rows, 0, 40))


def test_a_long_text_scrolls_and_a_short_one_does_not(rows):
    assert rows.horizontalScrollBar().maximum() == 0
    rows.show_rows((ROWS[0]._replace(cells=cells("lit. " * 60)),))
    assert rows.horizontalScrollBar().maximum() > 0
    rows.reveal(300)
    assert rows.horizontalScrollBar().value() == rows.horizontalScrollBar().maximum()


def test_headings_are_shorter_where_there_is_less_room(rows, qtbot):
    wide = rows.left
    with qtbot.waitSignal(rows.arranged):
        rows.resize(500, 170)
    assert rows.left < wide
    assert rows._headings()[0] == "per word"
    assert rows._room() > 100


def test_fewer_rows_leave_no_focus_behind(rows, qtbot):
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    rows.show_rows(ROWS[:1])
    with qtbot.waitSignal(rows.choose_asked) as asked:
        rows.choose()
    assert asked.args[0] == 0
    assert isinstance(asked.args[1], QPoint)
