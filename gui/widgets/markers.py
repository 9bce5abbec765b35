"""Marks for up to four things that are compared: told apart by shape as well as by colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from gui.theme import Theme

DIAMOND = ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0))
TRIANGLE = ((0.0, -1.1), (1.2, 1.0), (-1.2, 1.0))


def paint_marker(painter: QPainter, at: QPointF, radius: float, place: int, theme: Theme) -> None:
    """Circle, square, diamond, triangle for `place` 0 to 3, in the colours of the lines."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor((theme.line1, theme.line2, theme.line3, theme.line4)[place]))
    if place == 0:
        painter.drawEllipse(at, radius, radius)
    elif place == 1:
        painter.drawRect(QRectF(at.x() - 0.95 * radius, at.y() - 0.95 * radius, 1.9 * radius, 1.9 * radius))
    else:
        corners = DIAMOND if place == 2 else TRIANGLE
        painter.drawPolygon(QPolygonF([QPointF(at.x() + radius * x, at.y() + radius * y) for x, y in corners]))
