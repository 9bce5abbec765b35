"""The loss as it falls through its floors: curves, floors, flags and what the pointer reads, on one chart."""

import numpy as np
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from gui.widgets.axes import Axes
from gui.widgets.flags import words_near
from gui.widgets.floor_chart import FloorChart
from gui.widgets.loss_layers import Layers, Shows, layers
from gui.widgets.loss_paint import paint_crosshair, paint_invitation, paint_layers, paint_now, paint_playhead
from gui.widgets.loss_picture import Picture, Row, ranges, reading
from gui.widgets.margin import has_values, margin_width
from gui.widgets.reading import Words


class LossChart(FloorChart):
    """Shows a Picture; the range grows with it until a person takes hold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Loss curve")
        self.picture: Picture | None = None
        self.shows = Shows()
        self.layers = Layers()

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
        self.read_again()

    def _ground_key(self) -> object:
        picture = self.picture
        if picture is None:
            return None
        floors = tuple((floor.name, floor.loss) for floor in picture.floors)
        return _units(picture), floors, self.shows.floors, picture.counting

    # where things are

    def right_margin(self) -> float:
        """In a lecture, also room for the number above the names."""
        hero = QFontMetricsF(self.theme.font("hero")).horizontalAdvance("0.00") if self.theme.lecture else 0.0
        return margin_width(self.theme, self.width(), hero)

    def titles(self) -> tuple[str, str]:
        unit = self.picture.unit if self.picture else "step"
        log = self.logs[0] and has_values(self.theme, self.width())
        across = f"{unit}, logarithmic" if log else unit
        upward = self.picture.measure.unit if self.picture else "nats per token"
        return "" if self.low() else across, upward if self.titled() else ""

    def floored(self) -> Picture | None:
        return self.picture if self.shows.floors else None

    def arrange(self) -> None:
        if self.picture:
            self.layers = layers(self.picture, self.shows, self.axes, self.theme, self.devicePixelRatioF())

    # painting

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

    def readable(self) -> np.ndarray:
        return self.picture.raw.x if self.picture else np.empty(0)

    def words_at(self, index: int) -> Words:
        """Also what was reached and done there."""
        if self.picture is None:
            return Words()
        headline, aside, rows = reading(self.picture, index)
        across = self.axes.x.pixel(float(self.picture.raw.x[index]))
        near = [Row(words, "", "") for words in words_near(self.layers.flags, self.layers.marks, across)]
        return Words(headline, aside, (*rows, *near))


def _units(picture: Picture) -> object:
    """What the places on the axes stand for: a stretch that was chosen in others means nothing."""
    return picture.unit, picture.log_x, picture.log_y, picture.measure.unit
