"""Rulers in millimetres along a page: where their ticks stand, and how they are painted."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from gui.theme import Theme

STEPS = (5, 10, 20, 50, 100, 200, 500)  # mm between two numbers
NUMBERS_APART, TICKS_APART = 44.0, 4.0  # pixels at least
LONG, MIDDLE, SHORT = 16.0, 9.0, 6.0  # pixels of a tick
GAP = 5.0  # between ruler and page


class Tick(NamedTuple):
    at: float  # mm
    length: float
    words: str = ""


def ticks(length: float, pixels_per_mm: float) -> list[Tick]:
    """Along `length` mm, as close as can be read."""
    step = next((step for step in STEPS if step * pixels_per_mm >= NUMBERS_APART), STEPS[-1])
    parts = next((parts for parts in (10, 5, 2, 1) if step / parts * pixels_per_mm >= TICKS_APART), 1)
    made = []
    for number in range(int(length * parts / step + 1e-6) + 1):
        at = number * step / parts
        if number % parts == 0:
            made.append(Tick(at, LONG, f"{at:.0f}"))
        else:
            made.append(Tick(at, MIDDLE if parts == 10 and number % 5 == 0 else SHORT))
    return made


def paint_rulers(painter: QPainter, theme: Theme, page: QRectF, pixels_per_mm: float) -> None:
    """Above the page and left of it, outside."""
    painter.setFont(theme.font("caption"))
    metrics = painter.fontMetrics()
    for tick in ticks(page.width() / pixels_per_mm, pixels_per_mm):
        x, foot = round(page.left() + tick.at * pixels_per_mm) + 0.5, page.top() - GAP
        _paint_tick(painter, theme, QPointF(x, foot), QPointF(x, foot - tick.length))
        if tick.words and x + metrics.horizontalAdvance(tick.words) + 4 <= page.right() + 1:
            painter.drawText(QPointF(x + 4, foot - MIDDLE), tick.words)
    for tick in ticks(page.height() / pixels_per_mm, pixels_per_mm):
        y, foot = round(page.top() + tick.at * pixels_per_mm) + 0.5, page.left() - GAP
        _paint_tick(painter, theme, QPointF(foot, y), QPointF(foot - tick.length, y))
        if tick.words != "0" and tick.words:
            box = QRectF(foot - MIDDLE - 40, y - metrics.height() - 1, 38, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, tick.words)
    corner = QRectF(page.left() - GAP - 60, page.top() - GAP - MIDDLE - metrics.ascent(), 58, metrics.height())
    painter.drawText(corner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, "mm")


def _paint_tick(painter: QPainter, theme: Theme, start: QPointF, end: QPointF) -> None:
    painter.setPen(theme.pen(theme.edge))
    painter.drawLine(start, end)
    painter.setPen(theme.ink3)
