"""How pieces of a text are painted: rounded cells, parted at the cuts; bytes of a cut character hatched and small."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter

from gui.signs import Cell, Sign
from gui.theme import Theme

LETTER = 8.4  # pixels of one at reading size: what the other lengths are measured by


class PieceCells:
    """Fonts and widths of one theme; every width is measured once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._font, self._small = theme.font("token"), theme.font("caption", 500)
        self._metrics, self._small_metrics = QFontMetricsF(self._font), QFontMetricsF(self._small)
        self._widths: dict[tuple[str, bool], float] = {}
        self.letter = self._metrics.horizontalAdvance("0")
        self.unit = self.letter / LETTER  # what one pixel at reading size has become
        self.height = round(self._metrics.height() + 8 * self.unit)

    def width(self, sign: Sign) -> float:
        """Pixels that a sign needs, without room around it."""
        key = sign.text, sign.byte
        if key not in self._widths:
            metrics = self._small_metrics if sign.byte else self._metrics
            self._widths[key] = metrics.horizontalAdvance(sign.text)
        return self._widths[key]

    def byte_width(self) -> float:
        """Pixels of two hexadecimal digits, with some room."""
        return self._small_metrics.horizontalAdvance("00") + 4 * self.unit

    def paint(self, painter: QPainter, cell: Cell, box: QRectF, edges: Sequence[float], fill: QColor) -> None:
        """`edges` are where the signs begin, and where the last ends: one more than there are signs."""
        gap = min(self.unit, box.width() / 8)
        inner, radius = box.adjusted(gap, 0, -gap, 0), 3 * self.unit
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.bad_soft) if any(sign.warn for sign in cell.signs) else fill)
        painter.drawRoundedRect(inner, radius, radius)
        if cell.halves:
            self._paint_halves(painter, cell, inner, edges)
        for sign, left, right in zip(cell.signs, edges, edges[1:], strict=False):
            self._paint_sign(painter, sign, (left + right) / 2, box)

    def _paint_halves(self, painter: QPainter, cell: Cell, inner: QRectF, edges: Sequence[float]) -> None:
        """Hatching below, and a line under, the bytes that are no character here."""
        hatch = QBrush(self._theme.faint(self._theme.ink3, 0.3), Qt.BrushStyle.BDiagPattern)
        for sign, left, right in zip(cell.signs, edges, edges[1:], strict=False):
            if sign.byte:
                place = QRectF(left, inner.top(), right - left, inner.height()).intersected(inner)
                painter.fillRect(place, hatch)
                painter.fillRect(QRectF(place.left(), place.bottom(), place.width(), 1.5), QColor(self._theme.ink3))

    def _paint_sign(self, painter: QPainter, sign: Sign, middle: float, box: QRectF) -> None:
        metrics = self._small_metrics if sign.byte else self._metrics
        base = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.setFont(self._small if sign.byte else self._font)
        painter.setPen(QColor(self._ink(sign)))
        painter.drawText(QPointF(middle - self.width(sign) / 2, base), sign.text)

    def _ink(self, sign: Sign) -> str:
        """Spaces and line ends are fainter than letters."""
        if sign.warn:
            return self._theme.bad
        return self._theme.ink3 if sign.text in "·↵⇥␍" else self._theme.ink
