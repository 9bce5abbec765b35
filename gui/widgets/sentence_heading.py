"""A title row in which a person writes a sentence: it counts at every key stroke, and Esc takes it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui.pieces import as_bytes
from gui.signs import sound
from gui.theme import LIGHT, Theme
from gui.widgets.ask_line import AskLine
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import ElidedLabel
from gui.widgets.piece_area import PieceArea


class SentenceHeading(QWidget):
    """`subtitle` stands where the line opens."""

    edit_asked = Signal()
    typed = Signal()  # `text` is another one
    closed = Signal(bool)  # True if the focus was still in the line

    def __init__(self, subtitle: str, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text: str | None = None  # what was written; None: nothing yet
        self._before: str | None = None
        self._editable = False
        self.subtitle = ElidedLabel("", "small", "ink3")
        self.subtitle.show_text(subtitle)
        self.pencil = IconButton("pencil", "Write another sentence (or double-click on the pieces)", shortcut="F2")
        self.line = AskLine("Sentence", "Write a sentence and see it cut", "Enter keeps it, Esc does not")
        self.line.field.setMaxLength(longest)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget, share in ((self.subtitle, 0), (self.pencil, 0), (self.line, 1)):
            row.addWidget(widget, share)
        row.addStretch()
        self.pencil.clicked.connect(self.edit_asked)
        self.line.field.textEdited.connect(self._take)
        self.line.asked.connect(self._take)
        self.line.left.connect(self._leave)
        self.dress(LIGHT)

    def serve(self, rows: PieceArea) -> None:
        """The pieces that are cut from the sentence: a double-click on them opens the line, leaving it leads back."""
        self._rows = rows
        rows.edit_asked.connect(self.edit_asked)
        self.closed.connect(self._back_to_rows)

    def reveal(self) -> None:
        """Scroll the pieces to the place where a person writes."""
        self._rows.reveal(len(as_bytes(sound(self.written()))))

    def open(self, text: str) -> None:
        """Let a person change `text`."""
        self._before = self.text
        self.line.open(text)
        self._arrange()

    def written(self) -> str:
        """What stands in the line before its cursor."""
        return self.line.field.text()[: self.line.field.cursorPosition()]

    def let_edit(self, editable: bool) -> None:
        """Whether there is anything to be written for."""
        self._editable = editable
        self._arrange()

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`; a lecture has no room for it."""
        self._theme = theme
        self.pencil.dress(theme)
        self.line.dress(theme)
        self.subtitle.setFont(theme.font("small"))
        self._arrange()

    def _arrange(self) -> None:
        resting = self.line.isHidden() and not self._theme.lecture
        self.subtitle.setVisible(resting)
        self.pencil.setVisible(resting and self._editable)

    def _take(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.typed.emit()

    def _back_to_rows(self, focused: bool) -> None:
        if focused:
            self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self, focused: bool) -> None:
        """Esc takes back what was written. Enter keeps it, and so does going elsewhere."""
        self._arrange()
        if focused and self.text != self._before:
            self.text = self._before
            self.typed.emit()
        self.closed.emit(focused)
