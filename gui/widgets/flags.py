"""Flags above a curve, where it got better than something, and marks below it, where a person did something."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPolygonF

from gui.theme import Theme
from gui.widgets.axes import LEFT, Axes
from gui.widgets.loss_floors import Floor
from gui.widgets.loss_marks import Mark, Sign
from gui.widgets.loss_picture import Curve

POLE, CLOTH, NOTCH, GAP = 19, 8, 3, 6  # pixels at reading size; GAP is from the cloth to its words
LECTURE_SIZE = 2.4  # times as large
HANG, DIAMOND = 24, 4.5  # pixels: length of the thread, half the width
LEVELS = 3  # heights to try for words that would stand on others
NEAR = 8  # pixels from the pointer to a mark
SIGNS: dict[Sign, tuple[tuple[float, float], ...]] = {  # corners, in halves of the width
    "turned": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "spike": ((0, -1), (1, 0.8), (-1, 0.8)),
    "annealed": ((-1, -0.8), (1, -0.8), (0, 1)),
    "rewound": ((-1, 0), (0.8, -1), (0.8, 1)),
    "note": ((-1.2, -1), (1.2, -1), (1.2, 0.6), (0, 0.6), (-0.6, 1.2), (-0.6, 0.6), (-1.2, 0.6)),
}
MOST_WORDS = 5  # marks read out at once: a box must stay smaller than its chart


class Flag(NamedTuple):
    foot: QPointF
    top: float  # y, pixels
    words: str  # empty where there is no room
    place: QRectF  # of the words
    feat: str  # the words, also where there is no room for them


class Hanging(NamedTuple):
    foot: QPointF
    words: tuple[str, ...]  # all that was done here, oldest first
    middle: float  # y of the sign, pixels
    sign: Sign = "turned"
    flag: str = ""  # beside the sign; empty where there is no room
    place: QRectF = QRectF()  # of the flag


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
        room = QSizeF(metrics.horizontalAdvance(floor.feat) + 2, metrics.height())
        bare = Flag(foot, foot.y() - POLE * size, "", QRectF(), floor.feat)
        tries = () if theme.lecture else _tries(foot, floor.feat, room, axes, size)
        made.append(next((flag for flag in tries if _is_clear(flag.place, made, curve, axes)), bare))
    return tuple(_readable(flag, made, size) for flag in made)


def _readable(flag: Flag, flags: Sequence[Flag], size: float) -> Flag:
    """Without its words where the cloth of a later one stands on them: the pointer still tells."""
    side = CLOTH * size
    cloths = (QRectF(other.foot.x(), other.top, side, side) for other in flags if other is not flag)
    return flag._replace(words="", place=QRectF()) if any(map(flag.place.intersects, cloths)) else flag


def _tries(foot: QPointF, words: str, room: QSizeF, axes: Axes, size: float) -> Iterator[Flag]:
    """Words beside the cloth, at several heights; then above it and further left, for a flag near the right edge."""
    tops = [foot.y() - POLE * size - level * room.height() for level in range(LEVELS)]
    for top in tops:
        yield Flag(foot, top, words, QRectF(QPointF(foot.x() + (CLOTH + GAP) * size, top - 3), room), words)
    for top in tops:
        corner = QPointF(axes.plot.right() - room.width(), top - room.height() - 2)
        yield Flag(foot, top, words, QRectF(corner, room), words)


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
    size = flag_size(theme)
    for mark in marks:
        index = min(int(np.searchsorted(curve.x, mark.x)), len(curve.x) - 1)
        foot = axes.point(mark.x, curve.y[index])
        if not np.isfinite(foot.y()) or not axes.plot.adjusted(-1, -1, 1, 1).contains(foot):
            continue
        lowest = axes.plot.bottom() - DIAMOND * size - 2
        hanging = Hanging(foot, (mark.words,), min(foot.y() + HANG * size, lowest), mark.sign, mark.flag)
        crowded = made and abs(made[-1].foot.x() - foot.x()) < 2 * DIAMOND * size
        made.append(_on_one_thread(made.pop(), hanging) if crowded else hanging)
    return _with_words(made, axes, theme)


def _on_one_thread(one: Hanging, then: Hanging) -> Hanging:
    """Where the later is; the sign that has words is the one shown."""
    worded = one if one.flag and not then.flag else then
    return then._replace(words=(*one.words, *then.words), sign=worded.sign, flag=worded.flag)


def _with_words(marks: Sequence[Hanging], axes: Axes, theme: Theme) -> tuple[Hanging, ...]:
    """To the left, where a falling curve leaves room, else to the right; on no other mark, none in a lecture."""
    metrics, apart = QFontMetricsF(theme.font("caption", 500)), (DIAMOND + GAP) * flag_size(theme)
    made: list[Hanging] = []
    half = DIAMOND * flag_size(theme)
    signs = [QRectF(mark.foot.x() - half, mark.middle - half, 2 * half, 2 * half) for mark in marks]
    for mark in marks:
        width, height = metrics.horizontalAdvance(mark.flag) + 2, metrics.height()
        lefts = mark.foot.x() - apart - width, mark.foot.x() + apart
        tries = [QRectF(left, mark.middle - height / 2, width, height) for left in lefts]
        taken = [*signs, *(other.place for other in made)]
        free = [place for place in tries if axes.plot.contains(place) and not any(map(place.intersects, taken))]
        worded = bool(mark.flag and free) and not theme.lecture
        made.append(mark._replace(place=free[0]) if worded else mark._replace(flag=""))
    return tuple(made)


def words_near(flags: Sequence[Flag], marks: Sequence[Hanging], x: float) -> list[str]:
    """What was reached and done around a pixel; if that is much, the newest of it and how many came before."""
    words = [flag.feat.capitalize() for flag in flags if abs(flag.foot.x() - x) <= NEAR]
    words += [words for mark in marks if abs(mark.foot.x() - x) <= NEAR for words in mark.words]
    earlier = len(words) - MOST_WORDS
    return [f"and {earlier:,} before", *words[-MOST_WORDS:]] if earlier > 0 else words


def paint_mark(painter: QPainter, mark: Hanging, theme: Theme) -> None:
    """A sign on a thread; the thread is shorter where the chart ends."""
    half = DIAMOND * flag_size(theme)
    x, middle = mark.foot.x(), mark.middle
    painter.setPen(theme.pen(theme.ink2, 1.25 * theme.lines.hair))
    painter.setBrush(QColor(theme.panel))
    painter.drawLine(mark.foot, QPointF(x, middle - half))
    painter.drawPolygon(QPolygonF([QPointF(x + a * half, middle + b * half) for a, b in SIGNS[mark.sign]]))
    if mark.flag:
        painter.fillRect(mark.place, QColor(theme.panel))
        painter.setFont(theme.font("caption", 500))
        painter.drawText(mark.place, LEFT, mark.flag)
