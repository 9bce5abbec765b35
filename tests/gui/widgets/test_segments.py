"""A choice of words side by side."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout

from gui.widgets.segments import Segments


@pytest.fixture
def segments(qtbot):
    made = Segments("Text", {"one": "First", "two": "Second"})
    qtbot.addWidget(made)
    return made


def test_the_first_is_chosen_at_first(segments):
    assert segments.value == "one"


def test_a_click_chooses_and_tells(segments, qtbot):
    with qtbot.waitSignal(segments.chosen) as chosen:
        qtbot.mouseClick(segments.findChild(QPushButton, "two"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["two"]
    assert segments.value == "two"


def test_choosing_by_program_tells_nobody(segments, qtbot):
    with qtbot.assertNotEmitted(segments.chosen):
        segments.choose("two")
    assert segments.value == "two"


def test_enter_in_a_dialog_means_what_the_dialog_is_for(qtbot):
    dialog, segments, save = QDialog(), Segments("Text", {"one": "First", "two": "Second"}), QPushButton("Save")
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    column.addWidget(segments)
    column.addWidget(save)
    dialog.show()
    with qtbot.waitSignal(save.clicked), qtbot.assertNotEmitted(segments.chosen):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
