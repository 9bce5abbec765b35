"""What the colours of the strips mean: 0 to 8 times, and what is held out. One line."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Theme
from gui.widgets.heat_strip import paint_scale
from gui.widgets.source_figures import FULL

SCALE, TALL, SWATCH, GAP, APART = 72, 10, 10, 7, 24  # pixels at reading size
FIRST, LAST, HELD = "0×", f"{FULL:.0f}×", "held out"
MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class HeatLegend(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Colours from {FIRST} to {LAST} seen; grey is held out")
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme, self._font = theme, theme.font("caption")
        self._metrics, self._scale = QFontMetricsF(self._font), theme.pixels("small") / 12
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = sum(self._metrics.horizontalAdvance(word) for word in (FIRST, LAST, HELD))
        return QSize(
            round(words + (SCALE + SWATCH + 3 * GAP + APART) * self._scale) + 2, round(self._metrics.height() + 4)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        x = self._word(painter, 0.0, FIRST)
        paint_scale(painter, self._box(x, SCALE, TALL))
        x = self._word(painter, x + (SCALE + GAP) * self._scale, LAST) + (APART - GAP) * self._scale
        box = self._box(x, SWATCH, SWATCH)
        painter.fillRect(box, QColor(self._theme.hover))
        painter.setPen(self._theme.pen(self._theme.line, self._theme.lines.hair))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        self._word(painter, x + (SWATCH + GAP) * self._scale, HELD)

    def _word(self, painter: QPainter, x: float, word: str) -> float:
        """Where the next thing may begin."""
        painter.setPen(QColor(self._theme.ink3))
        painter.drawText(QRectF(x, 0, self.width(), self.height()), MIDDLE, word)
        return x + self._metrics.horizontalAdvance(word) + GAP * self._scale

    def _box(self, x: float, width: float, height: float) -> QRectF:
        tall = height * self._scale
        return QRectF(round(x), round((self.height() - tall) / 2), width * self._scale, round(tall))
