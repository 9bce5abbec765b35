"""A small curve over the steps of a run: logarithmic in the step, fixed in the value, so that it never rescales."""

from bisect import bisect_left
from math import log
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.text import number
from gui.theme import LIGHT, Theme
from gui.widgets.fading_line import paint_fading, upward

LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter


class History(NamedTuple):
    """Values at growing steps; `step` is the one on show, `top` the end of the scale."""

    name: str
    steps: np.ndarray
    values: np.ndarray
    step: int
    top: float

    def same(self, other: "History") -> bool:
        """Whether both draw alike."""
        plain = (self.name, self.step, self.top) == (other.name, other.step, other.top)
        return plain and np.array_equal(self.steps, other.steps) and np.array_equal(self.values, other.values)


NOTHING = History("", np.empty(0), np.empty(0), 0, 1.0)


class Sparkline(QWidget):
    def __init__(self, lead: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead, self._history = lead, NOTHING
        self.setAccessibleName(lead)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self._quiet, self._mono, self._strong = theme.font("small"), theme.font("axis_token"), theme.font("body", 600)
        self._ticks = theme.font("caption")
        self._head = round(QFontMetricsF(self._strong).height() + 6)
        self._foot = round(QFontMetricsF(self._ticks).height() + 4)
        self.updateGeometry()
        self.update()

    def show_history(self, history: History) -> None:
        """Paints only what differs from what is shown."""
        if history.same(self._history):
            return
        self._history = history
        self.setAccessibleDescription(f"{self._lead} {history.name}: {self._now()}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(200 * self._theme.scale), round(110 * self._theme.scale))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), self._head + self._foot + 20)

    def _now(self) -> str:
        at = bisect_left(self._history.steps, self._history.step + 1) - 1
        return number(float(self._history.values[at])) if at >= 0 else ""

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heading(painter)
        plot = QRectF(2, self._head, self.width() - 8, self.height() - self._head - self._foot)
        self._paint_axis(painter, plot)
        if len(self._history.steps):
            self._paint_curve(painter, plot)

    def _paint_heading(self, painter: QPainter) -> None:
        row, now = QRectF(0, 0, self.width(), self._head - 6), self._now()
        lead = QFontMetricsF(self._quiet).horizontalAdvance(self._lead) + 6
        room = row.width() - lead - QFontMetricsF(self._strong).horizontalAdvance(now) - 8
        painter.setFont(self._quiet)
        painter.setPen(QColor(self._theme.ink2))
        painter.drawText(row, LEFT | MIDDLE, self._lead)
        painter.setFont(self._mono)
        name = QFontMetricsF(self._mono).elidedText(self._history.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(row.adjusted(lead, 0, 0, 0), LEFT | MIDDLE, name)
        painter.setFont(self._strong)
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(row, RIGHT | MIDDLE, now)

    def _paint_axis(self, painter: QPainter, plot: QRectF) -> None:
        painter.setPen(self._theme.pen(self._theme.edge, 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setFont(self._ticks)
        painter.setPen(QColor(self._theme.ink3))
        metrics, free = QFontMetricsF(self._ticks), plot.left() - 8
        for step in [10**power for power in range(8) if 10**power <= self.last_tick()]:
            text = f"{step:,}"
            width = metrics.horizontalAdvance(text)
            left = min(max(float(self._x(plot, np.array(step))) - width / 2, plot.left()), plot.right() - width)
            if left >= free + 8:
                painter.drawText(QRectF(left, plot.bottom() + 3, width + 1, self._foot), LEFT, text)
                free = left + width

    def _paint_curve(self, painter: QPainter, plot: QRectF) -> None:
        history, theme = self._history, self._theme
        across, up = self._x(plot, history.steps), self._y(plot, history.values)
        points = [QPointF(x, y) for x, y in zip(across.tolist(), up.tolist(), strict=True)]
        seen = bisect_left(history.steps, history.step + 1)
        paint_fading(painter, points, seen, theme.pen(theme.line1, theme.lines.validation + 0.25), 3)

    def last_tick(self) -> int:
        """The end of the axis."""
        return last_tick(self._history)

    def _x(self, plot: QRectF, steps: np.ndarray) -> np.ndarray:
        shares: np.ndarray = np.log(np.maximum(steps, 1)) / log(self.last_tick())
        return plot.left() + plot.width() * shares

    def _y(self, plot: QRectF, values: np.ndarray) -> np.ndarray:
        return upward(plot.adjusted(0, 2, 0, 0), values, self._history.top)


def last_tick(history: History) -> int:
    """Where the axis ends: it grows in the steps 10, 20, 50, 100, … and never in between."""
    last = float(history.steps[-1]) if len(history.steps) else 0.0
    size = 10
    while size < last:
        size = size * 5 // 2 if str(size)[0] == "2" else 2 * size
    return size
