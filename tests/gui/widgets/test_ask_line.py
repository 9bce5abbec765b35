"""The line in which a person asks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.ask_line import AskLine


@pytest.fixture
def line(qtbot):
    made = AskLine("Sentence", "Write a sentence")
    qtbot.addWidget(made)
    made.open("Mira")
    return made


def test_enter_asks_what_was_written(line, qtbot):
    line.field.setText("  Mira laughed.  ")
    with qtbot.waitSignal(line.asked) as asked:
        qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert asked.args == ["Mira laughed."]
    assert line.isHidden()


def test_nothing_is_refused_with_a_word(line, qtbot):
    line.field.setText("   ")
    with qtbot.assertNotEmitted(line.asked):
        qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert line.note.text() == "Write a word first"
    assert not line.isHidden()


def test_writing_again_takes_the_refusal_back(line, qtbot):
    line.field.clear()
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    qtbot.keyClick(line.field, Qt.Key.Key_A)
    assert line.note.text() == "Enter asks, Esc cancels"


def test_escape_leaves_without_asking_and_is_not_the_windows(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    line = AskLine("Sentence", "")
    QVBoxLayout(window).addWidget(line)
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
    window.show()
    qtbot.waitActive(window)
    line.open("Mira")
    with qtbot.waitSignal(line.left), qtbot.assertNotEmitted(line.asked), qtbot.assertNotEmitted(shortcut.activated):
        qtbot.keyClick(line.field, Qt.Key.Key_Escape)
    assert line.isHidden()


def test_it_says_what_its_keys_do(line):
    assert "Enter asks, Esc cancels" in line.field.toolTip()
    assert line.field.placeholderText()
