"""A chart of losses: floors with their names at the right, and a box that reads out what is under the pointer.

Which curves there are, a subclass says; how a person reads them is here, so that all of them are read alike.
"""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from gui.explain import tip
from gui.theme import Theme
from gui.widgets.axes import Axes, inset, widest_upright
from gui.widgets.chart import Chart
from gui.widgets.loss_paint import Floored, floor_names, paint_floors
from gui.widgets.margin import margin_width, name_at
from gui.widgets.reading import Reading, Words

TITLE_ROOM = 2.3  # heights of text above the plot: the title, a gap, and half the uppermost label
LOW = 7.5  # heights of text: a chart with less has no titles


class FloorChart(Chart):
    """Subclasses also fill in `floored`, `readable` and `words_at`."""

    explained = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading = Reading(self)
        self.read_index: int | None = None  # of the place that is read out
        self.pointer_moved.connect(self._point_out)

    def floored(self) -> Floored | None:
        """What has the floors to be drawn; None where they are not wanted."""
        raise NotImplementedError

    def readable(self) -> np.ndarray:
        """Values across that can be read out; they ascend."""
        raise NotImplementedError

    def words_at(self, index: int) -> Words:
        """What is read out there."""
        raise NotImplementedError

    # where things are

    def plot(self) -> QRectF:
        metrics, lecture = QFontMetricsF(self.theme.font("caption")), self.theme.lecture
        top = metrics.height() * (TITLE_ROOM if self.titled() else 0.5)
        height = max(40, round(self.height() - metrics.height() * (1.8 if lecture else 2.4) - top))
        labels = widest_upright(self.view.y, self.logs[1], height, self.theme)
        labels = max(labels, metrics.horizontalAdvance("0" if lecture else "0.00"))
        left = inset(self.theme) + labels + metrics.height() * 0.6
        width = self.width() - self.right_margin() - left
        return QRectF(round(left), round(top), max(40, round(width)), height)

    def right_margin(self) -> float:
        """Room for the names of the floors."""
        return margin_width(self.theme, self.width())

    def titled(self) -> bool:
        """A lecture says it beside the number; a low chart has no room to say it."""
        return not self.theme.lecture and not self.low()

    def low(self) -> bool:
        return self.height() < LOW * QFontMetricsF(self.theme.font("caption")).height()

    def dress(self, theme: Theme) -> None:
        self.reading.dress(theme)
        super().dress(theme)

    def paint_ground(self, painter: QPainter, axes: Axes) -> None:
        floored = self.floored()
        if floored:
            paint_floors(painter, floored, axes, self.theme, self.width())

    # reading out

    def _point_out(self) -> None:
        """The pointer has moved; where it is may be read out in the status bar too."""
        self.read_index = self._nearest(self.pointer.x()) if self.pointer else None
        self.read_again()
        self.explained.emit(self.reading.sentence() if self.read_index is not None else "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        told = self.told_at(event.position())
        self.setToolTip(tip(told))
        if told:
            self.explained.emit(told)

    def told_at(self, point: QPointF) -> str:
        """What the name of a floor in the right margin stands for, and those that are folded into it."""
        floored = self.floored()
        if floored is None or point.x() <= self.axes.plot.right():
            return ""
        name = name_at(floor_names(floored, self.axes, self.theme, self.width()), point.y(), self.theme)
        return name.told if name else ""

    def read_again(self) -> None:
        """What is at the pointer, with the newest numbers."""
        places = self.readable()
        if self.pointer:
            self.read_index = self._nearest(self.pointer.x())
        if self.read_index is None or self.read_index >= len(places):
            self.read_index = None
            self.reading.hide()
            return
        across = self.axes.x.pixel(float(places[self.read_index]))
        beside = QPointF(across, self.pointer.y() if self.pointer else self.axes.plot.center().y())
        self.reading.show_words(self.words_at(self.read_index), beside)

    def _nearest(self, x: float) -> int | None:
        """Index of the readable place nearest to a pixel, on the screen."""
        places, scale = self.readable(), self.axes.x
        if not len(places):
            return None
        after = int(np.searchsorted(places, scale.value(x)))
        around = [i for i in (after - 1, after) if 0 <= i < len(places)]
        return min(around, key=lambda i: abs(scale.pixel(float(places[i])) - x))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift with the arrows reads out step by step, Shift with Home and End the first and the last."""
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        count = len(self.readable())
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: count - 1}
        key = Qt.Key(event.key())
        if not count or not event.modifiers() & Qt.KeyboardModifier.ShiftModifier or key not in moves | ends:
            super().keyPressEvent(event)
            return
        start = self.read_index if self.read_index is not None else count - 1
        self.pointer = None
        self.read_index = min(max(ends.get(key, start + moves.get(key, 0)), 0), count - 1)
        self.read_again()
        self.explained.emit(self.reading.sentence())
        self.update()
