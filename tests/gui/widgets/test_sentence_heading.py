"""A sentence written in the title row: it counts at once, Esc takes it back, Enter and leaving keep it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.theme import LIGHT
from gui.widgets.sentence_heading import SentenceHeading


@pytest.fixture
def window(qtbot):
    """A heading, and another line to go to."""
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(SentenceHeading("on your own text", 20))
    column.addWidget(QLineEdit())
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def heading(window):
    made = window.findChild(SentenceHeading)
    made.let_edit(True)
    return made


def test_each_key_counts(heading, qtbot):
    heading.open("a")
    with qtbot.waitSignals([heading.typed, heading.typed]):
        qtbot.keyClicks(heading.line.field, "xy")
    assert heading.text == heading.written() == "xy"


def test_enter_keeps_what_was_written(heading, qtbot):
    heading.open("a")
    qtbot.keyClicks(heading.line.field, "xy")
    qtbot.keyClick(heading.line.field, Qt.Key.Key_Return)
    assert heading.text == "xy"
    assert heading.line.isHidden()
    assert heading.subtitle.isVisible()


def test_esc_takes_it_back(heading, qtbot):
    heading.open("a")
    qtbot.keyClicks(heading.line.field, "xy")
    with qtbot.waitSignal(heading.closed) as closed:
        qtbot.keyClick(heading.line.field, Qt.Key.Key_Escape)
    assert heading.text is None
    assert closed.args == [True]


def test_going_elsewhere_keeps_it(window, heading, qtbot):
    heading.open("a")
    qtbot.keyClicks(heading.line.field, "xy")
    window.layout().itemAt(1).widget().setFocus(Qt.FocusReason.MouseFocusReason)
    assert heading.text == "xy"
    assert heading.line.isHidden()


def test_it_is_no_longer_than_allowed(heading, qtbot):
    heading.open("")
    qtbot.keyClicks(heading.line.field, "z" * 30)
    assert heading.text == "z" * 20


def test_the_pencil_is_there_when_there_is_something_to_write_for(heading):
    assert heading.pencil.isVisible()
    heading.let_edit(False)
    assert not heading.pencil.isVisible()
    heading.let_edit(True)
    heading.dress(LIGHT.at_lecture_size(1600))
    assert not heading.pencil.isVisible()
    assert not heading.subtitle.isVisible()
