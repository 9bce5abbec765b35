"""Flags above a curve, where it got better than something, and marks below it, where a person did something."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPolygonF

from gui.theme import Theme
from gui.widgets.axes import LEFT, Axes
from gui.widgets.loss_picture import Curve, Floor, Mark

POLE, CLOTH, NOTCH, GAP = 19, 8, 3, 6  # pixels at reading size; GAP is from the cloth to its words
LECTURE_SIZE = 2.4  # times as large
HANG, DIAMOND = 24, 4.5  # pixels: length of the thread, half the width
LEVELS = 3  # heights to try for words that would stand on others
NEAR = 8  # pixels from the pointer to a mark
MOST_WORDS = 5  # marks read out at once: a box must stay smaller than its chart


class Flag(NamedTuple):
    foot: QPointF
    top: float  # y, pixels
    words: str  # empty where there is no room
    place: QRectF  # of the words


class Hanging(NamedTuple):
    foot: QPointF
    words: tuple[str, ...]  # all that was done here, oldest first


def flag_size(theme: Theme) -> float:
    """How many times as large as at reading size."""
    return LECTURE_SIZE * theme.scale if theme.lecture else theme.scale


def place_flags(floors: Sequence[Floor], curve: Curve, axes: Axes, theme: Theme) -> tuple[Flag, ...]:
    """From left to right; words that would stand on others or on the curve go higher, or are left out."""
    metrics, size = QFontMetricsF(theme.font("caption", 500)), flag_size(theme)
    made: list[Flag] = []
    for floor in sorted((f for f in floors if np.isfinite(f.beaten)), key=lambda f: f.beaten):
        foot = axes.point(floor.beaten, floor.loss)
        if not axes.plot.adjusted(0, -1, 1, 1).contains(foot):
            continue
        words = "" if theme.lecture else f"better than {floor.name}"
        room = QSizeF(metrics.horizontalAdvance(words) + 2, metrics.height())
        bare = Flag(foot, foot.y() - POLE * size, "", QRectF())
        tries = _tries(foot, words, room, axes, size) if words else ()
        made.append(next((flag for flag in tries if _is_clear(flag.place, made, curve, axes)), bare))
    return tuple(made)


def _tries(foot: QPointF, words: str, room: QSizeF, axes: Axes, size: float) -> Iterator[Flag]:
    """Words beside the cloth, at several heights; then above it and further left, for a flag near the right edge."""
    tops = [foot.y() - POLE * size - level * room.height() for level in range(LEVELS)]
    for top in tops:
        yield Flag(foot, top, words, QRectF(QPointF(foot.x() + (CLOTH + GAP) * size, top - 3), room))
    for top in tops:
        yield Flag(foot, top, words, QRectF(QPointF(axes.plot.right() - room.width(), top - room.height() - 2), room))


def _is_clear(place: QRectF, flags: Sequence[Flag], curve: Curve, axes: Axes) -> bool:
    """Inside the chart, off other words, and above the curve, which falls from left to right."""
    if place.right() > axes.plot.right() + 0.5 or place.top() < 0:
        return False
    index = min(int(np.searchsorted(curve.x, axes.x.value(place.left()))), len(curve.x) - 1)
    if axes.y.pixel(curve.y[index]) < place.bottom():
        return False
    return not any(place.intersects(flag.place) or place.contains(flag.foot.x(), flag.top) for flag in flags)


def paint_flag(painter: QPainter, flag: Flag, theme: Theme) -> None:
    """Pole, cloth and words; the words at full strength hide what runs behind them."""
    size = flag_size(theme)
    x, top = flag.foot.x(), flag.top
    colour = theme.ink if theme.lecture else theme.ink2
    cloth = ((0, 0), (CLOTH, 0), (CLOTH - NOTCH, CLOTH / 2), (CLOTH, CLOTH), (0, CLOTH))
    painter.setPen(theme.pen(colour, theme.lines.hair))
    painter.drawLine(flag.foot, QPointF(x, top))
    painter.setBrush(QColor(colour))
    painter.drawPolygon(QPolygonF([QPointF(x + a * size, top + b * size) for a, b in cloth]))
    if flag.words:
        opacity = painter.opacity()
        painter.setOpacity(1)
        painter.fillRect(flag.place, QColor(theme.panel))  # so that no line runs through words
        painter.setOpacity(opacity)
        painter.setFont(theme.font("caption", 500))
        painter.drawText(flag.place, LEFT, flag.words)


def hang_marks(marks: Sequence[Mark], curve: Curve, axes: Axes, theme: Theme) -> tuple[Hanging, ...]:
    """Below the curve; those on the same spot hang on one thread, where the last one is."""
    made: list[Hanging] = []
    for mark in marks:
        index = min(int(np.searchsorted(curve.x, mark.x)), len(curve.x) - 1)
        foot = axes.point(mark.x, curve.y[index])
        if not np.isfinite(foot.y()) or not axes.plot.adjusted(-1, -1, 1, 1).contains(foot):
            continue
        crowded = made and abs(made[-1].foot.x() - foot.x()) < 2 * DIAMOND * flag_size(theme)
        made.append(Hanging(foot, (*(made.pop().words if crowded else ()), mark.words)))
    return tuple(made)


def words_near(marks: Sequence[Hanging], x: float) -> list[str]:
    """What was done around a pixel, oldest first; if that is much, the newest of it and how many came before."""
    words = [words for mark in marks if abs(mark.foot.x() - x) <= NEAR for words in mark.words]
    earlier = len(words) - MOST_WORDS
    return [f"and {earlier:,} before", *words[-MOST_WORDS:]] if earlier > 0 else words


def paint_mark(painter: QPainter, mark: Hanging, axes: Axes, theme: Theme) -> None:
    """A diamond on a thread; the thread is shorter where the chart ends."""
    size = flag_size(theme)
    x, half = mark.foot.x(), DIAMOND * size
    middle = min(mark.foot.y() + HANG * size, axes.plot.bottom() - half - 2)
    painter.setPen(theme.pen(theme.ink2, 1.25 * theme.lines.hair))
    painter.setBrush(QColor(theme.panel))
    painter.drawLine(mark.foot, QPointF(x, middle - half))
    corners = ((0, -half), (half, 0), (0, half), (-half, 0))
    painter.drawPolygon(QPolygonF([QPointF(x + a, middle + b) for a, b in corners]))
