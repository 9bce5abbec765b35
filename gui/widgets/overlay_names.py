"""The names of lines at their ends, on no other line; where there is no room, at the pointer alone."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF

from gui.theme import Theme
from gui.widgets.axes import Axes, label_gap
from gui.widgets.overlay_picture import Picture, Track
from gui.widgets.overlay_spread import spread_at
from gui.widgets.shown import line_of

MOST = 8  # lines that are named
LONGEST = 0.25  # share of the plot's width a name may take
LEVELS = 4  # heights to try above and below the end of a line
SAMPLES = 80  # places across at which the lines are looked up


class EndName(NamedTuple):
    words: str
    colour: str
    place: QRectF


class Heights(NamedTuple):
    """Of all lines, in pixels, at places that are close enough together."""

    across: np.ndarray
    upward: tuple[np.ndarray, ...]

    def cross(self, place: QRectF) -> bool:
        """Whether a line runs through."""
        first, last = np.searchsorted(self.across, [place.left(), place.right()])
        near = slice(max(0, first - 1), last + 1)
        return any(bool(((at[near] > place.top()) & (at[near] < place.bottom())).any()) for at in self.upward)


def line_heights(picture: Picture, axes: Axes) -> Heights:
    """Of the lines that are drawn."""
    across = np.linspace(axes.plot.left(), axes.plot.right(), SAMPLES)
    x = np.array([axes.x.value(float(pixel)) for pixel in across])
    return Heights(across, tuple(axes.y.pixels(spread_at(track.curves, x).mean) for track in picture.tracks))


def end_names(
    picture: Picture, heights: Heights, taken: Sequence[QRectF], axes: Axes, theme: Theme
) -> tuple[EndName, ...]:
    """Those that have room, none for a line alone; `taken` is where other words stand."""
    if not 1 < len(picture.tracks) <= MOST:
        return ()
    metrics, made = QFontMetricsF(theme.font("caption", 500)), list[EndName]()
    for track in picture.tracks:
        words = metrics.elidedText(track.name, Qt.TextElideMode.ElideRight, LONGEST * axes.plot.width())
        room = QSizeF(metrics.horizontalAdvance(words) + 2, metrics.height())
        others = [*taken, *(name.place for name in made)]
        tries = (place for place in _tries(_end(track, axes), room, axes, theme) if _is_free(place, others, axes))
        free = next((place for place in tries if not heights.cross(place)), None)
        if free:
            made.append(EndName(words, text_colour(line_of(track.place, theme).colour, theme), free))
    return tuple(made)


def text_colour(colour: str, theme: Theme) -> str:
    """That of a line, where it can be read as words."""
    return theme.line2_text if colour == theme.line2 else colour


def _end(track: Track, axes: Axes) -> QPointF:
    """Of the part that is on the chart."""
    last = max(float(course.x[-1]) for course in track.courses)
    x = min(axes.x.pixel(last), axes.plot.right())
    y = spread_at(track.curves, np.array([min(last, axes.x.value(x))])).mean
    return QPointF(x, float(axes.y.pixels(y)[0]))


def _tries(end: QPointF, room: QSizeF, axes: Axes, theme: Theme) -> Iterator[QRectF]:
    """Behind the end, then above and below it."""
    if not np.isfinite(end.x()) or not np.isfinite(end.y()):
        return
    gap = 1.2 * label_gap(theme)
    yield QRectF(QPointF(end.x() + gap, end.y() - room.height() / 2), room)
    left = min(end.x() + gap, axes.plot.right()) - room.width()
    for level in range(LEVELS):
        away = gap / 2 + level * room.height() / 2
        yield QRectF(QPointF(left, end.y() - away - room.height()), room)
        yield QRectF(QPointF(left, end.y() + away), room)


def _is_free(place: QRectF, taken: Sequence[QRectF], axes: Axes) -> bool:
    return axes.plot.contains(place) and not any(place.intersects(other) for other in taken)
