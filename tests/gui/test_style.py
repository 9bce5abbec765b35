"""The style sheet has every colour of its theme, and its pictures wear them."""

from importlib.resources import files

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.style import mark, palette, style_sheet
from gui.theme import LIGHT, THEMES, Theme


@pytest.mark.parametrize("theme", [*THEMES.values(), LIGHT.at_lecture_size(1600)], ids=str)
def test_qt_understands_the_sheet(qtbot: QtBot, theme: Theme) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setStyleSheet(style_sheet(theme))  # a word Qt does not know would be a warning, and so a failure
    widget.show()
    assert "$" not in style_sheet(theme)
    assert palette(theme).color(QPalette.ColorRole.Highlight).name() == theme.accent.lower()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_pictures_of_the_sheet_wear_the_colours_of_the_theme(theme: Theme) -> None:
    colours = {"check": theme.on_accent, "tick": theme.accent, "up": theme.ink3, "down": theme.ink3}
    for picture, colour in colours.items():
        drawing = files("assets").joinpath("style", f"{picture}-{theme.name}.svg").read_text(encoding="utf-8")
        assert f'stroke="{colour}"' in drawing


def test_a_mark_changes_what_the_sheet_selects(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setStyleSheet('QWidget[bar="warn"] { color: #ff0000; }')
    mark(widget, "bar", "warn")
    widget.ensurePolished()
    assert widget.palette().color(QPalette.ColorRole.WindowText).name() == "#ff0000"
    mark(widget, "bar", "")
    assert widget.palette().color(QPalette.ColorRole.WindowText).name() != "#ff0000"


@pytest.mark.parametrize("kind", [QPushButton, QCheckBox, QToolButton])
def test_a_focus_is_a_ring_and_nothing_else(qtbot: QtBot, kind: type[QAbstractButton]) -> None:
    widget, button = QWidget(), kind()
    qtbot.addWidget(widget)
    button.setText("Letters")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QVBoxLayout(widget).addWidget(button)
    widget.setStyleSheet(style_sheet(LIGHT))
    with qtbot.waitActive(widget):
        widget.show()

    def seen() -> tuple[QImage, QImage]:
        whole = button.grab().toImage()
        return whole, whole.copy(whole.rect().adjusted(7, 3, -7, -3))

    widget.setFocus()
    before, inside_before = seen()
    QTest.keyClick(widget, Qt.Key.Key_Tab)
    after, inside = seen()
    assert button.hasFocus()
    assert after != before
    assert inside == inside_before
