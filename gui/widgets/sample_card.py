"""One text the model wrote: its step, the words it was given, and what it went on with; to be read and copied."""

from typing import Literal, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from gui.explain import tip
from gui.theme import LIGHT, Theme

When = Literal["past", "now", "later"]
INDENT = 12  # pixels from the line at the left to the words
LATER = 0.38  # opacity of what was written after the step on show


class Sample(NamedTuple):
    """The words are as they can be drawn: see gui.text.prose."""

    step: int
    prompt: str
    text: str
    when: When  # from the step on show
    after: str = ""  # the rest of a prompt with a gap, which `text` fills
    note: str = ""  # what is to be said about signs in it that are no letters


class SampleCard(QWidget):
    """The one that belongs to the step on show has a line of the accent above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample: Sample | None = None
        self.head, self.text = QLabel(), PlainReading()
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self._ruled = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 0, 4)
        self.column.setSpacing(2)
        self.column.addWidget(self.head)
        self.column.addWidget(self.text)
        self.column.addStretch()
        self.dress(LIGHT)

    def show_sample(self, sample: Sample, ruled: bool = False) -> None:
        """Sets only what differs, so that a selection stays while the words stay. `ruled`: with a line at its left."""
        if ruled != self._ruled:
            self._ruled = ruled
            self.column.setContentsMargins(INDENT if ruled else 0, 8, 0, 4)
            self.update()
        if sample != self._sample:
            self._sample = sample
            self._write()

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self.text.setFont(theme.font("small"))
        if self._sample:
            self._write()

    def _write(self) -> None:
        sample, theme = self._sample, self._theme
        assert sample is not None
        now, faint = sample.when == "now", LATER if sample.when == "later" else 1.0
        self.head.setText(f"Step {sample.step:,}")
        self.head.setFont(theme.font("caption", 600 if now else 500))
        self.head.setStyleSheet(f"color: {rgba(theme.faint(theme.accent if now else theme.ink3, faint))}")
        self.text.write(
            (sample.prompt, theme.faint(theme.ink3, faint)),
            (sample.text, theme.faint(theme.ink if now else theme.ink2, faint)),
            (sample.after, theme.faint(theme.ink3, faint)),
        )
        self.text.setStatusTip(sample.note)
        self.text.setToolTip(tip(sample.note))
        self.setAccessibleName(f"Sample at step {sample.step:,}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, left = QPainter(self), INDENT if self._ruled else 0
        if self._ruled:
            painter.fillRect(0, 4, round(self._theme.lines.hair), self.height() - 4, QColor(self._theme.line))
        if self._sample and self._sample.when == "now":
            painter.fillRect(left, 0, self.width() - left, round(self._theme.lines.chosen), QColor(self._theme.accent))


class PlainReading(QTextEdit):
    """Words in several colours, as plain text, exactly as high as they need. A QLabel has but one colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("PlainReading { background: transparent; border: none; }")
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self._high = 0

    def write(self, *parts: tuple[str, QColor]) -> None:
        """Replace the text by these parts, each in its colour; nothing in them is markup."""
        self.clear()
        cursor = QTextCursor(self.document())
        for words, colour in parts:
            looks = QTextCharFormat()
            looks.setForeground(colour)
            cursor.insertText(words, looks)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(120, self._high)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self._high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        high = round(self.document().size().height() + 0.5)
        if high != self._high:
            self._high = high
            self.updateGeometry()


def rgba(colour: QColor) -> str:
    """As a style sheet writes it."""
    return f"rgba({colour.red()}, {colour.green()}, {colour.blue()}, {colour.alpha()})"
