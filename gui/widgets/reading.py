"""The box beside the pointer that reads a chart out: plain text, and one short line in the colour of each curve."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.theme import LIGHT, Theme
from gui.widgets.axes import LEFT, RIGHT
from gui.widgets.loss_picture import Row

APART = 12  # pixels from the pointer
PADDING, SWATCH = 12, 14  # pixels


class Words(NamedTuple):
    headline: str = ""
    aside: str = ""
    rows: Sequence[Row] = ()


class Reading(QWidget):
    """Lets the mouse through, and stands where it hides least."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = Words()
        self.theme = LIGHT
        self.hide()

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self.theme = theme

    def show_words(self, words: Words, at: QPointF) -> None:
        """Beside `at`, inside the parent."""
        if words != self.words:
            self.words = words
            self.setAccessibleName(self.sentence())
            self.update()
        self.resize(self.sizeHint())
        self.move(self._corner(at))
        self.show()

    def sentence(self) -> str:
        """All of it in one line, for the status bar and for who cannot see it."""
        told = ", ".join(f"{row.name} {row.value}" for row in self.words.rows)
        return f"{self.words.headline}: {told}"

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.theme.font("small", 600))
        longest = max((metrics.horizontalAdvance(f"{row.name}   {row.value}") for row in self.words.rows), default=0.0)
        width = max(longest + SWATCH + 6, metrics.horizontalAdvance(f"{self.words.headline}    {self.words.aside}"))
        return QSize(round(width + 2 * PADDING), round((len(self.words.rows) + 1) * self._row_height() + 1.2 * PADDING))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, height = self.theme, self._row_height()
        row = QRectF(PADDING, 0.6 * PADDING, self.width() - 2 * PADDING, height)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.pen(theme.line))
            painter.setBrush(QColor(theme.panel))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            self._write(painter, row, self.words.headline, theme.ink, 600, LEFT)
            self._write(painter, row, self.words.aside, theme.ink3, 400, RIGHT)
            for words in self.words.rows:
                row.translate(0, height)
                self._paint_row(painter, row, words)

    def _paint_row(self, painter: QPainter, row: QRectF, words: Row) -> None:
        colours = {"training": self.theme.line1, "validation": self.theme.line2, "average": self.theme.line3}
        indent = 0
        colour = words.colour or colours.get(words.line, "")
        if colour:
            painter.setPen(self.theme.pen(colour, 2 * self.theme.lines.hair, words.dash))
            middle = row.center().y()
            painter.drawLine(QPointF(row.left(), middle), QPointF(row.left() + SWATCH, middle))
            indent = SWATCH + 6
        self._write(painter, row.adjusted(indent, 0, 0, 0), words.name, self.theme.ink2, 400, LEFT)
        self._write(painter, row, words.value, self.theme.ink, 600, RIGHT)

    def _write(
        self, painter: QPainter, row: QRectF, text: str, colour: str, weight: int, side: Qt.AlignmentFlag
    ) -> None:
        painter.setPen(self.theme.pen(colour))
        painter.setFont(self.theme.font("small", weight))
        painter.drawText(row, side, text)

    def _row_height(self) -> float:
        return round(QFontMetricsF(self.theme.font("small")).height() * 1.35)

    def _corner(self, at: QPointF) -> QPoint:
        room = self._around.size()
        right, below = at.x() + APART, at.y() + APART
        x = right if right + self.width() <= room.width() else at.x() - APART - self.width()
        y = below if below + self.height() <= room.height() else at.y() - APART - self.height()
        return QPoint(round(max(0.0, x)), round(max(0.0, y)))
