"""The scale beside a map of shares: 0 to 1 for ever, spaced by the square root as the colours are."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from gui.theme import Theme
from gui.widgets.colour_map import TOP, colour_table, image, place

TICKS = {1.0: "1", 0.0: "0", 0.5: "0.5", 0.25: "0.25", 0.1: "0.1"}  # the first are kept longest
TITLE = "share of attention"
SPACE = 8  # pixels between bar, numbers and title
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ColourBar:
    """Painted by whatever widget it stands in."""

    def __init__(self, theme: Theme) -> None:
        self._theme, self._font = theme, theme.font("caption")
        metrics = QFontMetricsF(self._font)
        self._line, self._numbers = metrics.height(), metrics.horizontalAdvance("0.25")
        self._title = metrics.horizontalAdvance(TITLE)
        self._bar = round(0.75 * self._line)
        self._ramp = image(np.arange(TOP, -1, -1, dtype=np.uint8)[:, None], colour_table(theme.mask))

    @property
    def width(self) -> int:
        """Pixels it needs, without a title."""
        return round(self._bar + SPACE + self._numbers)

    @property
    def width_with_title(self) -> int:
        return round(self.width + SPACE + self._line)

    def paint(self, painter: QPainter, left: float, top: float, height: float, titled: bool) -> None:
        """With as many numbers as do not touch."""
        painter.drawImage(QRectF(left, top, self._bar, height), self._ramp)
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.ink3))
        taken: list[float] = []
        for share, text in TICKS.items():
            middle = min(max((1 - place(share)) * height, self._line / 3), height - self._line / 3)
            if all(abs(middle - other) >= self._line for other in taken):
                taken.append(middle)
                box = QRectF(left + self._bar + SPACE, top + middle - self._line, self._numbers, 2 * self._line)
                painter.drawText(box, LEFT, text)
        if titled and height > self._title:
            self._paint_title(painter, left + self.width + SPACE, top, height)

    def _paint_title(self, painter: QPainter, left: float, top: float, height: float) -> None:
        painter.save()
        painter.translate(left, top + height / 2)
        painter.rotate(-90)
        painter.drawText(QRectF(-height / 2, 0, height, self._line), Qt.AlignmentFlag.AlignCenter, TITLE)
        painter.restore()
