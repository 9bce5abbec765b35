"""What a control says about itself is said word for word."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, Qt, QTextDocument
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

import gui
from gui.explain import tip
from gui.widgets.language_dots import Language, LanguageDots

WORDS = ["C’est l'heure", "salt & pepper", 'he said "no"', "a < b", "<b>bold</b>", "&lt;"]


@pytest.mark.parametrize("words", WORDS)
def test_a_tool_tip_shows_just_these_words(words: str) -> None:
    assert Qt.mightBeRichText(tip(words))  # else Qt would show the escapes themselves
    shown = QTextDocument()
    shown.setHtml(tip(words))
    assert shown.toPlainText() == words


def test_what_could_mislead_is_made_visible() -> None:
    assert tip("evil\u202etxt.exe") == "<qt>evilU+202Etxt.exe</qt>"


def test_no_words_make_no_tool_tip() -> None:
    assert tip("") == ""


@pytest.mark.parametrize("words", WORDS)
def test_a_widget_that_paints_itself_says_them_likewise(qtbot: QtBot, words: str) -> None:
    dots = LanguageDots()
    qtbot.addWidget(dots)
    dots.resize(400, 100)
    dots.show_languages((Language("French", words, (3,)),), ("Byte",))
    dots.event(QHelpEvent(QEvent.Type.ToolTip, QPoint(20, 5), QPoint(20, 5)))
    assert QToolTip.text() == tip(dots.sentence(0))
    QToolTip.hideText()


def test_nobody_else_writes_markup() -> None:
    folder = Path(gui.__file__).parent
    assert [file.name for file in folder.rglob("*.py") if "html import escape" in file.read_text()] == ["explain.py"]
