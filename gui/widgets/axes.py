"""The two axes of a chart: grid, ticks, labels and titles, painted once for every range they have."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.theme import TYPES, Theme
from gui.widgets.scale import Scale, Span, Tick, ticks

TICK, MINOR_TICK = 4, 2  # pixels below the axis
LABEL_GAP = 8  # pixels between axis and label
TITLE_GAP = 12
ROOM_UPRIGHT, ROOM_ACROSS = 3.2, 7.0  # heights of text for one label
LECTURE_ROOM_UPRIGHT, LECTURE_ROOM_ACROSS = 2.4, 4.0

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter


class Axes(NamedTuple):
    plot: QRectF
    x: Scale
    y: Scale
    x_title: str
    y_title: str  # stands flat above the axis

    def point(self, x: float, y: float) -> QPointF:
        """Where a value is drawn; both parts finite, or nobody should ask."""
        return QPointF(self.x.pixel(x), self.y.pixel(y))


def paint_axes(painter: QPainter, axes: Axes, theme: Theme) -> None:
    """Everything about the axes; the plot itself stays empty but for its grid."""
    painter.setFont(theme.font("caption"))
    _paint_upright(painter, axes, theme)
    _paint_across(painter, axes, theme)


def _paint_upright(painter: QPainter, axes: Axes, theme: Theme) -> None:
    plot, height = axes.plot, _height(theme)
    for tick in _ticks_upright(axes.y.span, axes.y.log, plot.height(), theme):
        at = axes.y.pixel(tick.value)
        if not tick.label:
            continue
        if not theme.lecture:
            painter.setPen(theme.pen(theme.grid, theme.lines.hair))
            painter.drawLine(QPointF(plot.left(), at), QPointF(plot.right(), at))
        painter.setPen(theme.pen(theme.ink3))
        painter.drawText(QRectF(0, at - height, plot.left() - label_gap(theme), 2 * height), RIGHT, tick.label)
    if axes.y_title:
        painter.setPen(theme.pen(theme.ink3))
        painter.drawText(title_row(axes, theme), LEFT, axes.y_title)


def title_row(axes: Axes, theme: Theme) -> QRectF:
    """Of the upright axis: above its plot, and clear of a label at the very top of it."""
    return QRectF(inset(theme), 0, axes.plot.width(), axes.plot.top() - _height(theme) / 2)


def _ticks_upright(span: Span, log: bool, height: float, theme: Theme) -> list[Tick]:
    room = LECTURE_ROOM_UPRIGHT if theme.lecture else ROOM_UPRIGHT
    return ticks(span, log, max(3, int(height / (room * theme.pixels("caption")))))


def widest_upright(span: Span, log: bool, height: float, theme: Theme) -> float:
    """Pixels the labels of an upright axis of this `height` need."""
    metrics = QFontMetricsF(theme.font("caption"))
    return max((metrics.horizontalAdvance(t.label) for t in _ticks_upright(span, log, height, theme)), default=0.0)


def _paint_across(painter: QPainter, axes: Axes, theme: Theme) -> None:
    plot = axes.plot
    painter.setPen(theme.pen(theme.edge, theme.lines.hair))
    painter.drawLine(plot.bottomLeft(), plot.bottomRight())
    for tick in _ticks_across(axes, theme):
        _paint_tick(painter, axes, theme, tick)
    painter.setPen(theme.pen(theme.ink3))
    for place, words in labels_across(axes, theme):
        painter.drawText(place, MIDDLE, words)
    beside = QRectF(plot.right() + margin_gap(theme), label_row(axes, theme), plot.width(), _height(theme))
    painter.drawText(beside, LEFT, axes.x_title)


def _ticks_across(axes: Axes, theme: Theme) -> list[Tick]:
    room = LECTURE_ROOM_ACROSS if theme.lecture else ROOM_ACROSS
    return ticks(axes.x.span, axes.x.log, max(2, int(axes.plot.width() / (room * theme.pixels("caption")))))


def labels_across(axes: Axes, theme: Theme) -> list[tuple[QRectF, str]]:
    """Where the labels of the horizontal axis stand: below their ticks, as many as do not touch."""
    metrics, made = QFontMetricsF(theme.font("caption")), list[tuple[QRectF, str]]()
    for tick in _ticks_across(axes, theme):
        width = metrics.horizontalAdvance(tick.label) + 1
        left = min(axes.x.pixel(tick.value) - width / 2, axes.plot.right() - width + LABEL_GAP / 4)
        if tick.label and (not made or left > made[-1][0].right() + LABEL_GAP):
            made.append((QRectF(left, label_row(axes, theme), width, metrics.height()), tick.label))
    return made


def _paint_tick(painter: QPainter, axes: Axes, theme: Theme, tick: Tick) -> None:
    at, bottom = axes.x.pixel(tick.value), axes.plot.bottom()
    length = (TICK if tick.label else MINOR_TICK) * theme.lines.hair
    painter.setPen(theme.pen(theme.edge, theme.lines.hair))
    painter.drawLine(QPointF(at, bottom), QPointF(at, bottom + length))


def label_row(axes: Axes, theme: Theme) -> float:
    """Upper edge of the labels below the horizontal axis."""
    return axes.plot.bottom() + label_gap(theme)


def label_gap(theme: Theme) -> float:
    """From an axis to its labels."""
    return LABEL_GAP * theme.pixels("caption") / TYPES["caption"].reading


def _height(theme: Theme) -> float:
    return QFontMetricsF(theme.font("caption")).height()


def margin_gap(theme: Theme) -> float:
    """From the plot to what stands in its right margin."""
    return TITLE_GAP * theme.pixels("caption") / 14 if theme.lecture else TITLE_GAP


def inset(theme: Theme) -> float:
    """From the panel's border to its contents."""
    return 24 * theme.scale if theme.lecture else 16
