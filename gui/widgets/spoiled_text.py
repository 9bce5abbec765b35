"""A text with what was spoiled in it on coloured ground, and what the colours mean."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from engine.corpus.spoiling import BOILERPLATE, CLEAN, DUPLICATE, SHUFFLED, TYPO, Span
from gui.text import prose
from gui.theme import LIGHT, Theme, mix
from gui.widgets.axes import LEFT

NAMES = {TYPO: "typo", SHUFFLED: "moved", DUPLICATE: "duplicate", BOILERPLATE: "boilerplate"}
MEANT = {
    TYPO: "A word that is mistyped.",
    SHUFFLED: "A word that has changed its place.",
    DUPLICATE: "Replaced by a copy of what stood before, or nearly a copy.",
    BOILERPLATE: "A line that says nothing, as on many pages.",
}
SHARES = {TYPO: 0.4, SHUFFLED: 0.25, DUPLICATE: 0.22, BOILERPLATE: 0.2}  # of the colour in the panel's
DARK_SHARES = {TYPO: 0.7, SHUFFLED: 0.35, DUPLICATE: 0.45, BOILERPLATE: 0.3}
KIND = QTextFormat.Property.UserProperty
SWATCH, GAP, APART = 10, 5, 16  # pixels at reading size


def ground(kind: str, theme: Theme) -> QColor:
    """Behind spoiled words; ink stays readable on all of them."""
    colours = {TYPO: theme.tint, SHUFFLED: theme.line3, DUPLICATE: theme.ptint, BOILERPLATE: theme.ink3}
    return mix(theme.panel, colours[kind], (DARK_SHARES if theme.dark else SHARES)[kind])


class SpoiledText(QTextEdit):
    """To be read and copied; plain text, whatever is in it."""

    pointed = Signal(str)  # what was done to the words under the pointer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName("A document, spoiled")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setStyleSheet("SpoiledText { background: transparent; border: none; }")
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(0)
        self._spans: tuple[Span, ...] = ()
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self.setFont(theme.font("small"))
        self._fit()
        self._write()

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Writes only what differs, so that a selection stays while the words stay."""
        if tuple(spans) != self._spans:
            self._spans = tuple(spans)
            self._write()

    def kind_at(self, point: QPointF) -> str:
        """What was done to the word under a point of the viewport; empty where nothing was."""
        cursor = self.cursorForPosition(point.toPoint())
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        return str(cursor.charFormat().property(KIND) or CLEAN)

    def sizeHint(self) -> QSize:
        return QSize(240, 3 * round(QFontMetricsF(self.font()).height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, round(QFontMetricsF(self.font()).height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Whole lines only: half of one looks like a fault."""
        spare = self.height() % QFontMetrics(self.font()).lineSpacing()
        if spare != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, spare)

    def _write(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for span in self._spans:
            cursor.insertText(prose(span.text), self._looks(span.kind))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _looks(self, kind: str) -> QTextCharFormat:
        """Words that moved are underlined, too: their ground is near that of a copy for some eyes."""
        looks = QTextCharFormat()
        looks.setForeground(QColor(self._theme.ink))
        if kind:
            looks.setBackground(ground(kind, self._theme))
            looks.setProperty(KIND, kind)
        if kind == SHUFFLED:
            looks.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            looks.setUnderlineColor(QColor(self._theme.line3))
        return looks

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.pointed.emit(MEANT.get(self.kind_at(event.position()), ""))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit("")


class SpoiledLegend(QWidget):
    """A swatch and a word for each way to spoil a text; as many as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"Colours: {', '.join(NAMES.values())}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self._metrics = QFontMetricsF(theme.font("caption"))
        self._unit = theme.pixels("caption") / 11
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(sum(map(self._width, NAMES.values()))), round(self._metrics.height() + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, side, right = self._theme, SWATCH * self._unit, float(self.width())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(theme.font("caption"))
            for kind, words in reversed(NAMES.items()):
                left = right - self._width(words) + APART * self._unit
                if left < 0:
                    return
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ground(kind, theme))
                painter.drawRoundedRect(QRectF(left, (self.height() - side) / 2, side, side), 2, 2)
                painter.setPen(theme.pen(theme.ink3))
                painter.drawText(QRectF(left + side + GAP * self._unit, 0, right, self.height()), LEFT, words)
                right = left - APART * self._unit

    def _width(self, words: str) -> float:
        return self._metrics.horizontalAdvance(words) + (SWATCH + GAP + APART) * self._unit
