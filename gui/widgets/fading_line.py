"""A small curve fixed in its value: what comes after the step on show is faint, and a dot stands at that step."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

LATER = 0.35  # opacity of what comes after the step on show


def paint_fading(painter: QPainter, points: Sequence[QPointF], seen: int, pen: QPen, radius: float) -> None:
    """Of the points the first `seen` are at or before the step on show."""
    painter.setPen(pen)
    painter.setOpacity(LATER)
    painter.drawPolyline(QPolygonF(points[max(0, seen - 1) :]))
    painter.setOpacity(1)
    painter.drawPolyline(QPolygonF(points[:seen]))
    if seen:
        painter.setBrush(pen.color())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(points[seen - 1], radius, radius)


def upward(box: QRectF, values: np.ndarray, top: float) -> np.ndarray:
    """Pixels from 0 to `top` in a box; beyond the scale, and where the value is no number, at its top."""
    shares = np.clip(np.nan_to_num(values / top, nan=1.0), 0.0, 1.0)
    return box.bottom() - box.height() * shares
