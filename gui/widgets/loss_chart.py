"""The loss as it falls through its floors: curves, floors, flags and what the pointer reads, on one chart."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from gui.explain import tip
from gui.theme import Theme
from gui.widgets.axes import Axes, inset, widest_upright
from gui.widgets.chart import Chart
from gui.widgets.flags import words_near
from gui.widgets.loss_layers import Layers, Shows, layers
from gui.widgets.loss_paint import (
    floor_names,
    paint_crosshair,
    paint_floors,
    paint_invitation,
    paint_layers,
    paint_now,
    paint_playhead,
)
from gui.widgets.loss_picture import Picture, Row, ranges, reading
from gui.widgets.margin import has_values, margin_width, name_at
from gui.widgets.reading import Reading, Words

TITLE_ROOM = 2.3  # heights of text above the plot: the title, a gap, and half the uppermost label
LOW = 7.5  # heights of text: a chart with less has no titles


class LossChart(Chart):
    """Shows a Picture; the range grows with it until a person takes hold."""

    explained = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Loss curve")
        self.picture: Picture | None = None
        self.shows = Shows()
        self.layers = Layers()
        self.reading = Reading(self)
        self.read_index: int | None = None  # of the step that is read out
        self.pointer_moved.connect(self._point_out)

    def show_picture(self, picture: Picture, shows: Shows) -> None:
        """Draw this. The ground is painted anew only if ranges or floors have changed."""
        old, old_view, old_ground = self.picture, self.view, self._ground_key()
        view = old_view.grown(*ranges(picture, shows.validation))
        self.picture, self.shows, self.logs = picture, shows, (picture.log_x, picture.log_y)
        if old is None or _units(old) != _units(picture):
            view = view.follow()
        if (
            old_ground != self._ground_key()
            or (view.x, view.y) != (old_view.x, old_view.y)
            or view.held != old_view.held
        ):
            self.look(view)
        else:
            self.view = view
            self.arrange()
            self.update()
        self._read_again()

    def _ground_key(self) -> object:
        picture = self.picture
        if picture is None:
            return None
        floors = tuple((floor.name, floor.loss) for floor in picture.floors)
        return _units(picture), floors, self.shows.floors, picture.counting

    # where things are

    def plot(self) -> QRectF:
        metrics, lecture = QFontMetricsF(self.theme.font("caption")), self.theme.lecture
        top = metrics.height() * (TITLE_ROOM if self._titled() else 0.5)
        height = max(40, round(self.height() - metrics.height() * (1.7 if lecture else 2.4) - top))
        labels = widest_upright(self.view.y, self.logs[1], height, self.theme)
        labels = max(labels, metrics.horizontalAdvance("0" if lecture else "0.00"))
        left = inset(self.theme) + labels + metrics.height() * 0.6
        width = self.width() - self.right_margin() - left
        return QRectF(round(left), round(top), max(40, round(width)), height)

    def right_margin(self) -> float:
        """Room for the names of the floors; in a lecture, also for the number above them."""
        hero = QFontMetricsF(self.theme.font("hero")).horizontalAdvance("0.00") if self.theme.lecture else 0.0
        return margin_width(self.theme, self.width(), hero)

    def titles(self) -> tuple[str, str]:
        unit = self.picture.unit if self.picture else "step"
        log = self.logs[0] and has_values(self.theme, self.width())
        across = f"{unit}, logarithmic" if log else unit
        upward = self.picture.measure.unit if self.picture else "nats per token"
        return "" if self._low() else across, upward if self._titled() else ""

    def _titled(self) -> bool:
        """A lecture says it beside the number; a low chart has no room to say it."""
        return not self.theme.lecture and not self._low()

    def _low(self) -> bool:
        return self.height() < LOW * QFontMetricsF(self.theme.font("caption")).height()

    def dress(self, theme: Theme) -> None:
        self.reading.dress(theme)
        super().dress(theme)

    def arrange(self) -> None:
        if self.picture:
            self.layers = layers(self.picture, self.shows, self.axes, self.theme, self.devicePixelRatioF())

    # painting

    def paint_ground(self, painter: QPainter, axes: Axes) -> None:
        if self.picture and self.shows.floors:
            paint_floors(painter, self.picture, axes, self.theme, self.width())

    def paint_data(self, painter: QPainter, axes: Axes) -> None:
        if self.picture is None:
            return
        if self.picture.waiting:
            paint_invitation(painter, axes, self.theme)
            return
        paint_layers(painter, self.layers, axes, self.theme)
        if self.picture.playhead is not None and self.layers.playhead is not None:
            paint_playhead(painter, self.picture.playhead, self.layers.playhead, axes, self.theme)
        paint_now(painter, self.layers, axes, self.theme)
        if self.read_index is not None:
            paint_crosshair(painter, self.picture.smooth, self.read_index, axes, self.theme)

    # reading out

    def _point_out(self) -> None:
        """The pointer has moved; where it is may be read out in the status bar too."""
        self.read_index = self._nearest(self.pointer.x()) if self.pointer else None
        self._read_again()
        self.explained.emit(self.reading.sentence() if self.read_index is not None else "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        told = self.told_at(event.position())
        self.setToolTip(tip(told))
        if told:
            self.explained.emit(told)

    def told_at(self, point: QPointF) -> str:
        """What the name of a floor in the right margin stands for, and those that are folded into it."""
        if self.picture is None or not self.shows.floors or point.x() <= self.axes.plot.right():
            return ""
        names = floor_names(self.picture, self.axes, self.theme, self.width())
        name = name_at(names, point.y(), self.theme)
        return name.told if name else ""

    def _read_again(self) -> None:
        """What is at the pointer, with the newest numbers."""
        picture = self.picture
        if self.pointer:
            self.read_index = self._nearest(self.pointer.x())
        if picture is None or self.read_index is None or self.read_index >= len(picture.steps):
            self.read_index = None
            self.reading.hide()
            return
        at, curve = self.read_index, picture.smooth
        headline, aside, rows = reading(picture, at)
        foot = self.axes.point(curve.x[at], curve.y[at])
        near = [Row(words, "", "") for words in words_near(self.layers.flags, self.layers.marks, foot.x())]
        beside = QPointF(foot.x(), self.pointer.y() if self.pointer else self.axes.plot.center().y())
        self.reading.show_words(Words(headline, aside, (*rows, *near)), beside)

    def _nearest(self, x: float) -> int | None:
        """Index of the recorded step nearest to a pixel, on the screen."""
        if self.picture is None or not len(self.picture.steps):
            return None
        values, scale = self.picture.raw.x, self.axes.x
        after = int(np.searchsorted(values, scale.value(x)))
        around = [i for i in (after - 1, after) if 0 <= i < len(values)]
        return min(around, key=lambda i: abs(scale.pixel(float(values[i])) - x))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift with the arrows reads out step by step, Shift with Home and End the first and the last."""
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        count = len(self.picture.steps) if self.picture else 0
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: count - 1}
        key = Qt.Key(event.key())
        if not count or not event.modifiers() & Qt.KeyboardModifier.ShiftModifier or key not in moves | ends:
            super().keyPressEvent(event)
            return
        start = self.read_index if self.read_index is not None else count - 1
        self.pointer = None
        self.read_index = min(max(ends.get(key, start + moves.get(key, 0)), 0), count - 1)
        self._read_again()
        self.explained.emit(self.reading.sentence())
        self.update()


def _units(picture: Picture) -> object:
    """What the places on the axes stand for: a stretch that was chosen in others means nothing."""
    return picture.unit, picture.log_x, picture.log_y, picture.measure.unit
