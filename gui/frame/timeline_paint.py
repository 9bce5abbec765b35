"""How the timeline is painted: all but the playhead once into a pixmap, and the playhead over it."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPolygonF

from gui.frame.timeline_marks import TimeMark
from gui.frame.timeline_picture import TOP, Lane, Picture
from gui.frame.timeline_rows import Rows
from gui.theme import Theme
from gui.widgets.axes import LEFT, MIDDLE, RIGHT
from gui.widgets.colour_map import image
from gui.widgets.flags import SIGNS
from gui.widgets.scale import Scale
from gui.widgets.shown import line_of

HALF = 5.0  # pixels: half a sign
SQUARE, DOT = 5.0, 3.0  # pixels: side of a checkpoint, radius of the newest step
HANDLE = (5.5, 6.0, 10.5)  # half its width, height of its sides, height with its tip
HANDLE_TOP = 4.0
FAINT = 0.18  # opacity of what was recorded and not looked at
LEAN = 14.0  # pixels from where a branch leaves its parent to where its lane begins


def paint_timeline(painter: QPainter, shown: Picture, rows: Rows, theme: Theme) -> None:
    """All that does not move with the playhead."""
    across = rows.across(shown.end)
    _paint_labels(painter, shown, rows, theme)
    for place in range(len(shown.lanes)):
        _paint_lane(painter, shown, place, rows, theme)
    if len(shown.lanes) <= 1:
        _paint_base(painter, shown, rows, theme)
    for place, lane in enumerate(shown.lanes):
        if lane.parent is not None:
            _paint_fork(painter, rows, across.pixel(lane.first), lane.parent, place, theme)
    _paint_saved(painter, shown, rows, theme)
    for place, lane in enumerate(shown.lanes):
        if lane.live and lane.last:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour_of(lane, shown, theme) if len(shown.lanes) > 1 else theme.accent))
            at = QPointF(across.pixel(lane.last), _line(shown, rows, place))
            painter.drawEllipse(at, DOT * rows.scale, DOT * rows.scale)
    for mark in shown.marks:
        paint_sign(painter, mark, QPointF(across.pixel(mark.step), rows.signs), rows.scale, theme)


def colour_of(lane: Lane, shown: Picture, theme: Theme) -> str:
    """One run alone needs none: it is grey, as time is."""
    if len(shown.lanes) > 1:
        return line_of(lane.place, theme).colour
    return theme.edge if theme.lecture else theme.ink3


def _line(shown: Picture, rows: Rows, place: int) -> float:
    """Where the future of a lane is dotted: on the base line, or through the middle of one of several."""
    top, height = rows.lanes[place]
    return rows.base if len(shown.lanes) <= 1 else top + height / 2


def _paint_lane(painter: QPainter, shown: Picture, place: int, rows: Rows, theme: Theme) -> None:
    lane, across = shown.lanes[place], rows.across(shown.end)
    colour = colour_of(lane, shown, theme)
    begin, last = across.pixel(lane.first), across.pixel(lane.last)
    painter.fillRect(rows.lane(place, begin, last), theme.faint(colour, FAINT))
    with_alpha = [theme.faint(colour, level / TOP).rgba() for level in range(TOP + 1)]
    painter.save()
    painter.setClipRect(rows.lane(place, begin, max(last, begin + 1)))
    painter.drawImage(rows.lane(place, rows.left, rows.right), image(lane.levels_W[None, :], with_alpha))
    painter.restore()
    if lane.last < shown.end and (lane.live or len(shown.lanes) <= 1):
        _paint_future(painter, last, rows.right, _line(shown, rows, place), theme)


def _paint_future(painter: QPainter, left: float, right: float, y: float, theme: Theme) -> None:
    pen = theme.pen(theme.edge, theme.lines.hair, (theme.lines.hair, 4 * theme.lines.hair))
    painter.setPen(pen)
    painter.drawLine(QPointF(left + DOT + 4, y), QPointF(right, y))


def _paint_base(painter: QPainter, shown: Picture, rows: Rows, theme: Theme) -> None:
    """What was recorded; where nothing is known yet, all of it is future."""
    if not shown.end:
        _paint_future(painter, rows.left - DOT - 4, rows.right, rows.base, theme)
        return
    last = rows.across(shown.end).pixel(shown.lanes[0].last)
    painter.setPen(theme.pen(theme.ink3, 1.5 * theme.lines.hair))
    painter.drawLine(QPointF(rows.left, rows.base), QPointF(last, rows.base))


def _paint_fork(painter: QPainter, rows: Rows, x: float, parent: int, place: int, theme: Theme) -> None:
    """From the parent's lane, like a branch."""
    (top, height), (own_top, own_height) = rows.lanes[parent], rows.lanes[place]
    start = QPointF(x - LEAN * rows.scale, top + height if place > parent else top)
    end = QPointF(x - 1, own_top + own_height / 2)
    path = QPainterPath(start)
    middle = (start.x() + end.x()) / 2
    path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
    painter.setPen(theme.pen(theme.ink3, 1.25 * theme.lines.hair))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _paint_saved(painter: QPainter, shown: Picture, rows: Rows, theme: Theme) -> None:
    """Squares on the base line; of several runs, on the edge of the first one's lane."""
    if not shown.lanes:
        return
    across, half = rows.across(shown.end), SQUARE * rows.scale / 2
    y = rows.base if len(shown.lanes) == 1 else sum(rows.lanes[0])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.ink))
    for x in across.pixels(shown.saved_S.astype(float)).tolist():
        painter.drawRect(QRectF(x - half, y - half, 2 * half, 2 * half))


def _paint_labels(painter: QPainter, shown: Picture, rows: Rows, theme: Theme) -> None:
    """The first and the last stay within the strip."""
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.pen(theme.ink3))
    metrics, across = QFontMetricsF(painter.font()), rows.across(shown.end)
    for tick in shown.ticks:
        width, x = metrics.horizontalAdvance(tick.label) + 4, across.pixel(tick.step)
        side = LEFT if tick.step == 0 else RIGHT if tick.step == shown.end else MIDDLE
        if theme.lecture:
            painter.drawLine(QPointF(x, rows.base), QPointF(x, rows.base + 6 * theme.lines.hair))
            side = MIDDLE if x + width / 2 < rows.right + rows.left else RIGHT
        left = {LEFT: x, MIDDLE: x - width / 2, RIGHT: x - width}[side]
        painter.drawText(QRectF(left, rows.labels - metrics.height() / 2, width, metrics.height()), side, tick.label)


def paint_sign(painter: QPainter, mark: TimeMark, middle: QPointF, scale: float, theme: Theme) -> None:
    """A flag stands on its foot, a fork has no body; all others are outlined."""
    colour = theme.ink if theme.lecture else theme.ink2
    painter.setPen(theme.pen(colour, 1.25 * theme.lines.hair))
    painter.setBrush(QColor(theme.panel))
    match mark.sign:
        case "floor":
            _paint_flag(painter, middle, scale, colour)
        case "fork":
            _paint_branch(painter, middle, scale)
        case sign:
            half = (HALF - 0.5) * scale
            corners = [QPointF(middle.x() + a * half, middle.y() + b * half) for a, b in SIGNS[sign]]
            painter.drawPolygon(QPolygonF(corners))


def _paint_flag(painter: QPainter, middle: QPointF, scale: float, colour: str) -> None:
    x, top = middle.x(), middle.y() - HALF * scale
    painter.drawLine(QPointF(x, top), QPointF(x, top + 2 * (HALF + 1) * scale))
    cloth = ((0.0, 0.0), (8.0, 0.0), (5.5, 3.0), (8.0, 6.0), (0.0, 6.0))
    painter.setBrush(QColor(colour))
    painter.drawPolygon(QPolygonF([QPointF(x + a * scale, top + b * scale) for a, b in cloth]))


def _paint_branch(painter: QPainter, middle: QPointF, scale: float) -> None:
    x, y, half = middle.x(), middle.y(), HALF * scale
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(QPointF(x - 0.5 * half, y - half), QPointF(x - 0.5 * half, y + half))
    twig = QPainterPath(QPointF(x - 0.5 * half, y + 0.6 * half))
    twig.cubicTo(QPointF(x + 0.2 * half, y + 0.5 * half), QPointF(x, y - 0.7 * half), QPointF(x + half, y - 0.8 * half))
    painter.drawPath(twig)


def paint_playhead(painter: QPainter, x: float, rows: Rows, theme: Theme) -> None:
    """A handle to be taken hold of, and a line through all lanes."""
    wide, side, tip = (part * rows.scale for part in HANDLE)
    top = HANDLE_TOP * (rows.scale if not theme.lecture else 0.5 * rows.scale)
    painter.setPen(theme.pen(theme.accent, theme.lines.playhead))
    painter.drawLine(QPointF(x, top + side), QPointF(x, rows.base + 3.5 * rows.scale))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    corners = ((-wide, 0.0), (wide, 0.0), (wide, side), (0.0, tip), (-wide, side))
    painter.drawPolygon(QPolygonF([QPointF(x + a, top + b) for a, b in corners]))


def playhead_room(x: float, rows: Rows) -> QRectF:
    """What has to be painted anew where the playhead was, or is."""
    wide = HANDLE[0] * rows.scale + 2
    return QRectF(x - wide, 0, 2 * wide, rows.base + 6 * rows.scale)


def mark_at(shown: Picture, rows: Rows, point: QPointF) -> TimeMark | None:
    """The sign under a point."""
    reach = (HALF + 2) * rows.scale
    if not shown.marks or abs(point.y() - rows.signs) > reach + 2:
        return None
    across = rows.across(shown.end)
    places = across.pixels(np.array([mark.step for mark in shown.marks], float))
    nearest = int(np.argmin(np.abs(places - point.x())))
    return shown.marks[nearest] if abs(places[nearest] - point.x()) <= reach else None


def saved_at(shown: Picture, across: Scale, x: float) -> int | None:
    """The checkpoint under a pixel."""
    if not len(shown.saved_S):
        return None
    places = across.pixels(shown.saved_S.astype(float))
    nearest = int(np.argmin(np.abs(places - x)))
    return int(shown.saved_S[nearest]) if abs(places[nearest] - x) <= SQUARE else None
