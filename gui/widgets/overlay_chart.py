"""Several runs on one chart: their lines, forks and spread, one crosshair for all."""

import numpy as np
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gui.widgets.axes import Axes
from gui.widgets.flags import paint_mark, words_near
from gui.widgets.floor_chart import FloorChart
from gui.widgets.loss_paint import FADED, paint_invitation, paint_playhead
from gui.widgets.loss_picture import Row
from gui.widgets.margin import has_values
from gui.widgets.overlay_along import TITLES
from gui.widgets.overlay_layers import MOST_BRANCHES, Layers, clear_of, layers
from gui.widgets.overlay_paint import (
    paint_behind,
    paint_crosshair,
    paint_dots,
    paint_faded,
    paint_fork,
    paint_fork_ring,
    paint_fork_words,
    paint_line,
    paint_names,
)
from gui.widgets.overlay_picture import Picture, Track, headline, ranges, readable, steps_at, told
from gui.widgets.overlay_strokes import Pens, Strokes, strokes
from gui.widgets.reading import Words
from gui.widgets.shown import line_of
from gui.widgets.view import View

INVITATION = ("Tick a run in the library to lay it over this one", "Each run is a line; a branch begins at its fork.")
NEAR = 8  # pixels from the pointer to a fork


class OverlayChart(FloorChart):
    """Shows a Picture; the range grows with it until a person takes hold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Loss of all runs on show")
        self.picture: Picture | None = None
        self.layers = Layers()
        self._raw = False
        self._floors = True
        self._places = np.empty(0)
        self._drawn: dict[int, tuple[object, Strokes]] = {}  # by place: lines that have not changed

    def show_picture(self, picture: Picture, raw: bool, floors: bool) -> None:
        """Draw this. The ground is painted anew only if ranges or floors have changed."""
        before = self._ground_key()
        other = self.picture is None or _units(self.picture) != _units(picture)
        self.picture, self._raw, self._floors = picture, raw, floors
        self.logs, self._places = (picture.log_x, picture.log_y), readable(picture)
        on_show = {track.place for track in picture.tracks}
        self._drawn = {place: drawn for place, drawn in self._drawn.items() if place in on_show}
        view = self.view.grown(*ranges(picture))
        self.view = view.follow() if other else view
        if before != self._ground_key():
            self.look(self.view)
        else:
            self.arrange()
            self.update()
        self.read_again()

    def view_of(self, picture: Picture) -> View:
        """The stretch on screen, where the places on its axes stand for the same as in this picture."""
        same = self.picture is not None and _units(self.picture) == _units(picture)
        return self.view if same else self.view.follow()

    def _ground_key(self) -> object:
        picture = self.picture
        if picture is None:
            return None
        levels = tuple((floor.name, floor.loss) for floor in picture.floors) if self._floors else ()
        return _units(picture), levels, self._floors, picture.counting, self.view.x, self.view.y, self.view.held

    # where things are

    def titles(self) -> tuple[str, str]:
        choice = self.picture.choice if self.picture else None
        across = TITLES[choice.axis] if choice else "step"
        log = self.logs[0] and has_values(self.theme, self.width())
        upward = self.picture.measure.unit if self.picture else "nats per token"
        return "" if self.low() else f"{across}, logarithmic" if log else across, upward if self.titled() else ""

    def floored(self) -> Picture | None:
        return self.picture if self._floors else None

    def arrange(self) -> None:
        if self.picture:
            self.layers = layers(self.picture, self.axes, self.theme)

    # painting

    def paint_data(self, painter: QPainter, axes: Axes) -> None:
        picture = self.picture
        if picture is None:
            return
        if not picture.tracks:
            paint_invitation(painter, axes, self.theme, INVITATION)
            return
        for fork in self.layers.forks:
            paint_fork(painter, fork, axes, self.theme)
        drawn = [self._strokes(track, axes) for track in picture.tracks]
        for paint in (paint_behind, paint_line):
            for layer, parts in reversed(list(zip(self.layers.tracks, drawn, strict=True))):  # the main one on top
                paint_faded(painter, layer, axes, self.theme, paint, parts)
        for mark in self.layers.marks:
            self._fade(painter, mark.foot.x())
            paint_mark(painter, mark, self.theme)
        painter.setOpacity(1.0)
        self._paint_place(painter, picture, axes)

    def _paint_place(self, painter: QPainter, picture: Picture, axes: Axes) -> None:
        """Where one stands and points, and what a branch is; over all lines."""
        at = self.layers.playhead
        if picture.playhead is not None and at is not None:
            painter.setClipRect(self.rect().adjusted(0, round(clear_of(self.layers.forks, at, axes)), 0, 0))
            paint_playhead(painter, picture.playhead, at, axes, self.theme)
            painter.setClipping(False)
        for fork in self.layers.forks:
            self._fade(painter, fork.foot.x())
            paint_fork_ring(painter, fork, self.theme)
            paint_fork_words(painter, fork, self.theme)
        painter.setOpacity(1.0)
        paint_dots(painter, self.layers.tracks, self.theme)
        paint_names(painter, self.layers.names, self.theme)
        if self.read_index is not None and self.read_index < len(self._places):
            across = axes.x.pixel(float(self._places[self.read_index]))
            paint_crosshair(painter, across, clear_of(self.layers.forks, across, axes), axes, self.theme)

    def _fade(self, painter: QPainter, across: float) -> None:
        """What comes after the step looked back at is there, but faded."""
        at = self.layers.playhead
        painter.setOpacity(FADED if at is not None and across > at else 1.0)

    def _strokes(self, track: Track, axes: Axes) -> Strokes:
        """As they were, where nothing about this line has changed."""
        pens = Pens(axes, self.theme.lines.curve, self.devicePixelRatioF(), self._raw)
        of = tuple(course.version for course in track.courses), pens
        known, before = self._drawn.get(track.place, (None, Strokes()))
        if known != of:
            self._drawn[track.place] = of, strokes(track, pens, before)
        return self._drawn[track.place][1]

    # reading out

    def readable(self) -> np.ndarray:
        return self._places

    def words_at(self, index: int) -> Words:
        """All lines at one place, each in its colour, and what happened there."""
        if self.picture is None:
            return Words()
        x, axis = float(self._places[index]), self.picture.choice.axis
        rows = [self._row(track, x) for track in self.picture.tracks]
        across = self.axes.x.pixel(x)
        forks = [fork for fork in self.layers.forks if abs(fork.foot.x() - across) <= NEAR]
        near = [words for fork in forks for words in fork.told[: 1 + MOST_BRANCHES]]
        near += words_near((), self.layers.marks, across)
        aside = "" if axis == "step" else f"step {steps_at(self.picture, x):,}"
        return Words(headline(self.picture, x), aside, (*rows, *(Row(words, "", "") for words in near)))

    def _row(self, track: Track, x: float) -> Row:
        name, value = told(track, x, self.picture.choice.axis) if self.picture else ("", "")
        return Row(name, value, "", *line_of(track.place, self.theme))


def _units(picture: Picture) -> object:
    """What the places on the axes stand for: a stretch that was chosen in others means nothing."""
    return picture.choice.axis, picture.log_x, picture.log_y, picture.measure.unit
