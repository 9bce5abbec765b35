"""A bar at the bottom of a panel: what went wrong, what is kept, and one to three buttons that mend it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.explain import explain
from gui.icons import pixmap
from gui.style import mark
from gui.theme import LIGHT, Theme
from gui.widgets.axes import inset

LEAST_WORDS = 22  # widths of a letter
LOW = 13  # heights of a letter: a panel with less has room for the cause and one button


class StopBar(QFrame):
    """Hidden until there is something to say. Words may come from outside: they are plain text."""

    other_chosen = Signal(str)  # what stands in the menu of “Other…”, by its key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign, self.headline, self.advice, self.preview = QLabel(), QLabel(), QLabel(), QLabel()
        self.button, self.back_button, self.open_button = QPushButton(), QPushButton(), QPushButton("Open text…")
        self.other_button, self.others = QPushButton("Other…"), QMenu(self)
        self.other_button.clicked.connect(self._show_others)
        self.others.triggered.connect(self._choose_other)
        for quiet in (self.open_button, self.other_button):
            quiet.setObjectName("quiet")
        self._all_buttons = self.open_button, self.other_button, self.button, self.back_button
        for label in (self.headline, self.advice, self.preview):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self.headline, self.advice, self.preview):
            words.addWidget(label)
        self._said, self._buttons = QHBoxLayout(), QHBoxLayout()
        self._said.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        self._said.addLayout(words, 1)
        self._buttons.addStretch()
        for button in self._all_buttons:
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addLayout(self._said, 1)
        self._row.addLayout(self._buttons)
        self.dress(LIGHT)
        self.hide()

    def say(self, headline: str, advice: str, button: str, back: str = "", other_text: bool = False) -> None:
        """Show it with these words; `back` offers to go back, and comes first; `other_text` to open another text."""
        self.back_button.setText(back)
        self.back_button.setVisible(bool(back))
        mark(self.button, "quiet", bool(back))
        self.open_button.setVisible(other_text)
        self.offer("", {})
        self.headline.setText(headline)
        self.advice.setText(advice)
        self.button.setText(button)
        explain(self, "Why training stopped", f"{headline} {advice}")
        self._arrange()
        self.show()

    def offer(self, preview: str, others: Mapping[str, str]) -> None:
        """A stretch of text to judge by, and what else may be chosen: words by key. Said after `say`."""
        self.preview.setText(preview)
        self.others.clear()
        for key, words in others.items():
            self.others.addAction(words).setData(key)
        self.other_button.setVisible(bool(others))
        self._arrange()

    def _show_others(self) -> None:
        self.others.popup(self.other_button.mapToGlobal(self.other_button.rect().topLeft()))

    def _choose_other(self, action: QAction) -> None:
        self.other_chosen.emit(action.data())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The buttons beside the words, or under them where they would leave too little room and the panel is high."""
        direction, letter, panel = QBoxLayout.Direction, self.headline.font().pixelSize(), self.parentWidget()
        low = panel is not None and panel.height() < LOW * letter
        self.button.setHidden((self._lecture or low) and bool(self.back_button.text()))  # one of them, in large type
        for label in (self.advice, self.preview):
            label.setVisible(bool(label.text()) and not self._lecture and not low)
        crowded = self.width() - self._buttons.sizeHint().width() < LEAST_WORDS * letter
        self._row.setDirection(direction.TopToBottom if crowded and not low else direction.LeftToRight)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        edge, radius = round(inset(theme)), 6
        self._lecture = theme.lecture
        self._row.setContentsMargins(edge, round(edge * 0.6), edge, round(edge * 0.6))
        self._row.setSpacing(round(edge * 0.6))
        for part in (self._said, self._buttons):
            part.setSpacing(edge)
        self.sign.setPixmap(pixmap("warning", theme.bad, round(1.3 * theme.pixels("body")), self.devicePixelRatioF()))
        self.headline.setFont(theme.font("small" if theme.lecture else "body", 600))
        self.advice.setFont(theme.font("small"))
        self.preview.setFont(theme.font("axis_token"))
        for button in self._all_buttons:
            button.setFont(theme.font("small" if theme.lecture else "body", 500))
        self.setStyleSheet(
            f"StopBar {{ background: {theme.bad_soft}; border: none; border-bottom-left-radius: {radius}px;"
            f" border-bottom-right-radius: {radius}px; }}"
            f"StopBar QLabel {{ color: {theme.ink}; background: transparent; }}"
            f"StopBar QPushButton {{ color: {theme.on_accent}; background: {theme.accent}; border: none;"
            f" border-radius: {radius}px; padding: {edge // 2 - 1}px {edge}px; }}"
            f"StopBar QPushButton#quiet, StopBar QPushButton[quiet=true]"
            f" {{ color: {theme.ink}; background: {theme.panel}; }}"
            f"StopBar QPushButton:focus {{ border: 2px solid {theme.ink}; }}"
        )
        self._arrange()
