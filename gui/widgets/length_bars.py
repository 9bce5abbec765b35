"""How long the documents are: one bar for each doubling of their length."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.text import short
from gui.theme import LIGHT, Theme
from gui.widgets.explained import Explained

NAME = "characters in a document"
TALL = 56  # pixels of the highest bar, at reading size
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class LengthBars(Explained):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: tuple[int, ...] = ()
        self.setAccessibleName(NAME)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme, self._scale, self._font = theme, theme.pixels("small") / 12, theme.font("caption")
        self._line = round(QFontMetricsF(self._font).height() + 4)
        self.updateGeometry()
        self.update()

    def show_counts(self, counts: tuple[int, ...]) -> None:
        """Documents of 1, 2–3, 4–7 … characters. Paints only what differs."""
        if counts != self._counts:
            self._counts = counts
            some = [place for place, count in enumerate(counts) if count]
            self.setAccessibleDescription(" ".join(self.sentence(place) for place in some))
            self.update()

    def sentence(self, place: int) -> str:
        """What a bar says, in words."""
        first, last = 2**place, 2 ** (place + 1) - 1
        many = "1 document has" if self._counts[place] == 1 else f"{self._counts[place]:,} documents have"
        return f"{many} {first:,} to {last:,} characters." if place else f"{many} 1 character."

    def sizeHint(self) -> QSize:
        return QSize(160, round(TALL * self._scale) + 2 * self._line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setFont(self._font)
        painter.setPen(QColor(theme.ink3))
        painter.drawText(QRectF(0, 0, self.width(), self._line), LEFT, NAME)
        most = max(self._counts, default=0)
        for place, count in enumerate(self._counts if most else ()):
            painter.fillRect(self._bar(place, count / most), QColor(theme.line1))
        base = self.height() - self._line
        painter.fillRect(QRectF(0, base, self.width(), 1), QColor(theme.edge))
        self._paint_ticks(painter, QRectF(0, base + 3, self.width(), self._line))

    def _paint_ticks(self, painter: QPainter, row: QRectF) -> None:
        """The bar a length falls into; names that would touch are left out."""
        free = -1.0
        for power in range(len(str(2 ** len(self._counts)))):
            text = "".join(short(10.0**power))
            left = self._bar((10**power).bit_length() - 1, 1).left()
            width = QFontMetricsF(painter.font()).horizontalAdvance(text)
            if left > free and left + width <= row.width():
                painter.drawText(QRectF(left, row.top(), width + 1, row.height()), LEFT, text)
                free = left + width + 6

    def _bar(self, place: int, share: float) -> QRectF:
        step = self.width() / max(1, len(self._counts))
        base, tall = self.height() - self._line, (self.height() - 2 * self._line) * share
        return QRectF(place * step, base - tall, max(1.0, step - 2), tall)

    def sentence_at(self, point: QPointF) -> str:
        place = int(point.x() / max(1, self.width()) * len(self._counts))
        return self.sentence(place) if 0 <= place < len(self._counts) else ""
