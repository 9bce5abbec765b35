"""NumPy arrays as lines on the screen, without a Python object for every point."""

from typing import Any, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from shiboken6 import VoidPtr

from gui.widgets.axes import Axes
from gui.widgets.reduction import stretches

POINT_BYTES = 16  # two doubles
FARTHEST = 1e5  # pixels; Qt's rasteriser has no room for more


class Stroke(NamedTuple):
    """A curve ready to be drawn: one line for each stretch without a gap."""

    lines: tuple[QPolygonF, ...] = ()

    def paint(self, painter: QPainter, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in self.lines:
            if line.size() > 1:
                painter.drawPolyline(line)
            else:  # alone between two gaps
                painter.drawPoint(line.first())

    def end(self) -> QPointF | None:
        return self.lines[-1].last() if self.lines else None


def stroke(across: np.ndarray, values: np.ndarray, axes: Axes) -> Stroke:
    """From pixels across and values upward."""
    upward = axes.y.pixels(values)
    return Stroke(tuple(polygon(across[part], upward[part]) for part in stretches(across, upward)))


def polygon(across: np.ndarray, upward: np.ndarray) -> QPolygonF:
    """Points of two rows of pixels, copied in one go."""
    made = QPolygonF()
    made.resize(len(across))
    room = np.frombuffer(_memory(made), np.float64).reshape(-1, 2)
    room[:, 0], room[:, 1] = across, np.clip(upward, -FARTHEST, FARTHEST)
    return made


def _memory(points: QPolygonF) -> Any:
    """The points themselves, writable; gone when `points` is."""
    pointer: Any = VoidPtr  # its type stub lacks the length and the permission to write
    return pointer(points.data(), points.size() * POINT_BYTES, True)
