"""Notes are written, changed and deleted, and nothing that was typed gets lost on the way."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.annotations import LONGEST, Note
from gui.frame.note_dialog import NoteDialog
from gui.widgets.labels import PlainLabel

NOTE = Note(7, 640, "It has learned names", "2026-01-01T00:00:00+00:00")


class Asked:
    def __init__(self, qtbot: QtBot, parent: QWidget, note: Note | None = None) -> None:
        self.dialog = NoteDialog(parent, 640, ["Step 640: loss 2.54", "<b>turned</b>"], note)
        self.told: list[tuple[object, ...]] = []
        self.dialog.written.connect(lambda step, text: self.told.append(("written", step, text)))
        self.dialog.changed.connect(lambda key, text: self.told.append(("changed", key, text)))
        self.dialog.deleted.connect(lambda key: self.told.append(("deleted", key)))
        self.dialog.open()
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow)


Ask = Callable[..., Asked]


@pytest.fixture
def ask(qtbot: QtBot) -> Iterator[Ask]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    yield partial(Asked, qtbot, parent)
    parent.close()


def test_a_new_note_is_written_at_its_step(ask: Ask) -> None:
    asked = ask()
    asked.dialog.words.setPlainText("Two\nlines ")
    asked.dialog.keep.click()
    assert asked.told == [("written", 640, "Two\nlines")]


def test_a_note_that_was_there_is_changed(ask: Ask) -> None:
    asked = ask(NOTE)
    assert asked.dialog.words.toPlainText() == NOTE.text
    asked.dialog.words.setPlainText("Better words")
    asked.dialog.keep.click()
    assert asked.told == [("changed", 7, "Better words")]


def test_a_note_left_as_it_was_changes_nothing(ask: Ask) -> None:
    asked = ask(NOTE)
    asked.dialog.keep.click()
    assert asked.told == []


def test_a_note_is_deleted_and_a_new_one_cannot_be(ask: Ask) -> None:
    asked = ask(NOTE)
    asked.dialog.delete.click()
    assert asked.told == [("deleted", 7)]
    assert not ask().dialog.delete.isVisible()


@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST + 1)])
def test_no_words_and_too_many_are_not_taken(ask: Ask, text: str) -> None:
    asked = ask()
    asked.dialog.words.setPlainText(text)
    asked.dialog.keep.click()
    assert asked.told == []
    assert asked.dialog.isVisible()


def test_what_happened_there_stands_above_as_plain_text(ask: Ask) -> None:
    labels = [label for label in ask().dialog.findChildren(PlainLabel) if label.isVisible()]
    assert "Step 640: loss 2.54\n<b>turned</b>" in [label.text() for label in labels]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_ctrl_and_enter_keep_it_while_enter_begins_a_line(ask: Ask, qtbot: QtBot) -> None:
    asked = ask()
    for keys in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        QTest.keyClicks(asked.dialog.words, "a")
        QTest.keyClick(asked.dialog.words, Qt.Key.Key_Return, keys)
    qtbot.waitUntil(lambda: bool(asked.told))
    assert asked.told == [("written", 640, "a\na")]
