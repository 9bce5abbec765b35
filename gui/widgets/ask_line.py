"""A line in which a person writes words for the model: Enter asks, Esc leaves all as it was."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QLineEdit, QWidget

from gui.theme import LIGHT, Theme

LONGEST = 2000  # characters; more than a model of this size sees at once


class AskLine(QWidget):
    """Hidden until `open`. Says by itself when there is nothing to ask."""

    asked = Signal(str)
    left = Signal(bool)  # asked or cancelled: the line is gone; True if the focus was still in it

    def __init__(
        self, name: str, placeholder: str, keys: str = "Enter asks, Esc cancels", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self.field = EscapableLine(self)
        self.field.setAccessibleName(name)
        self.field.setToolTip(f"{name}: {keys}")
        self.field.setPlaceholderText(placeholder)
        self.field.setMaxLength(LONGEST)
        self.note = QLabel(self)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self.field, 1, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.note, 0, Qt.AlignmentFlag.AlignTop)
        self.field.returnPressed.connect(self._ask)
        self.field.escaped.connect(self.leave)
        self.field.textEdited.connect(self._encourage)
        self.dress(LIGHT)
        self.hide()

    def open(self, text: str) -> None:
        """Show the line with `text` to be changed."""
        self._encourage()
        self.field.setText(text)
        self.field.selectAll()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Hide the line; nothing is asked."""
        if not self.isHidden():
            focused = self.field.hasFocus()
            self.hide()
            self.left.emit(focused)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if theme.lecture else direction.LeftToRight)
        self.field.setFont(theme.font("token"))
        self.note.setFont(theme.font("small"))
        self.note.setMinimumHeight(self.field.sizeHint().height())
        self.field.setStyleSheet(
            f"QLineEdit {{ background: {theme.field}; color: {theme.ink}; border: 2px solid {theme.accent};"
            f" border-radius: 4px; padding: 3px 6px; font-size: {theme.pixels('token')}px;"
            f" selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}"
        )
        self._encourage()

    def _encourage(self) -> None:
        self._say(self._keys, self._theme.ink3)

    def _ask(self) -> None:
        text = self.field.text().strip()
        if not text:
            self._say("Write a word first", self._theme.bad)
            return
        self.leave()
        self.asked.emit(text)

    def _say(self, words: str, colour: str) -> None:
        self.note.setText(words)
        self.note.setStyleSheet(f"color: {colour}")


class EscapableLine(QLineEdit):
    """Keeps Esc and Enter to itself, which elsewhere leave the lecture and open this line again."""

    escaped = Signal()

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who goes elsewhere in the window has changed their mind."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.escaped.emit()
