"""Paints one row of the library: what is on show wears the colour and the dash of its line in the charts."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath

from gui.icons import pixmap
from gui.library.row_places import INDENT, RowPlaces
from gui.library.rows import TRAINING, Row
from gui.theme import Theme
from gui.widgets.fading_line import upward
from gui.widgets.reduction import stretches
from gui.widgets.shown import Line, line_of
from gui.widgets.strokes import polygon

LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
BETWEEN = "  ·  "
SAMPLE, AFTER_NAME = 22, 10  # pixels: the dash sample, and what is before it
DOT = 7
BEND = 6  # radius of the line to a branch


class Looks(NamedTuple):
    """How a row stands in its list, beside what it says."""

    place: int | None  # among those on show; None for the others
    ticked: Qt.CheckState | None  # None: cannot be ticked
    chosen: bool
    hovered: bool
    focused: bool
    opens: bool | None  # has rows under it, and whether they are seen; None without any
    rails: tuple[bool, ...]  # of each row above it: whether its line goes on below this row


def paint_row(painter: QPainter, places: RowPlaces, row: Row, looks: Looks, theme: Theme) -> None:
    """All of it; `painter` is left changed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_ground(painter, places, looks, theme)
    _paint_rails(painter, places, looks, theme)
    _paint_box(painter, places, row, looks, theme)
    if looks.opens is not None and (row.group or not looks.opens or looks.hovered):
        _paint_opener(painter, places.opener, looks.opens, theme)
    _paint_words(painter, places.words, row, looks, theme)
    if looks.hovered or looks.focused:
        _paint_more(painter, places.more, theme)
    else:
        _paint_curve(painter, places.curve, row, looks.place, theme)
    shown = looks.place is not None
    _write(painter, places.loss, row.loss, theme.font("body", 600 if shown else 400), _ink(row, shown, theme), RIGHT)


def _ink(row: Row, shown: bool, theme: Theme) -> str:
    return theme.ink if shown else theme.ink3 if row.says else theme.ink2


def _paint_ground(painter: QPainter, places: RowPlaces, looks: Looks, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if looks.chosen or looks.hovered:
        painter.setBrush(QColor(theme.hover if looks.chosen else theme.field))
        painter.drawRoundedRect(places.ground, 6, 6)
    if looks.focused:
        painter.setPen(theme.pen(theme.accent, theme.lines.chosen))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(places.ground.adjusted(1, 1, -1, -1), 6, 6)


def _paint_rails(painter: QPainter, places: RowPlaces, looks: Looks, theme: Theme) -> None:
    """From the parent down to each branch."""
    painter.setPen(theme.pen(theme.edge, theme.lines.hair))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    top, bottom = places.words.top(), places.words.bottom()
    step = INDENT * theme.scale
    for above, goes_on in enumerate(reversed(looks.rails), start=1):
        x = round(places.rail - above * step) + 0.5
        if goes_on:
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        if above == 1:
            painter.drawPath(_elbow(x, top, places.box.left() - 4, places.box.center().y(), BEND * theme.scale))
    if looks.opens:
        x = round(places.rail) + 0.5
        painter.drawLine(QPointF(x, places.box.bottom() + 4), QPointF(x, bottom))


def _elbow(x: float, top: float, right: float, y: float, bend: float) -> QPainterPath:
    path = QPainterPath(QPointF(x, top))
    path.lineTo(x, y - bend)
    path.quadTo(x, y, x + bend, y)
    path.lineTo(right, y)
    return path


def _paint_box(painter: QPainter, places: RowPlaces, row: Row, looks: Looks, theme: Theme) -> None:
    """What cannot be laid over the others has a sign instead, or nothing."""
    if row.says and looks.place is None:
        side = round(16 * theme.scale)
        sign = pixmap("warning", theme.bad, side, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(places.box.center().x() - side / 2, places.box.center().y() - side / 2), sign)
        return
    if looks.ticked is None:
        return
    box, off = places.box.adjusted(0.5, 0.5, -0.5, -0.5), looks.ticked == Qt.CheckState.Unchecked
    painter.setPen(theme.pen(theme.edge if off else theme.accent, 1))
    painter.setBrush(QBrush(Qt.BrushStyle.NoBrush) if off else QColor(theme.accent))
    painter.drawRoundedRect(box, 3, 3)
    if not off:
        _paint_tick(painter, box, looks.ticked == Qt.CheckState.Checked, theme)


def _paint_tick(painter: QPainter, box: QRectF, whole: bool, theme: Theme) -> None:
    """A dash where only some of a group are on show."""
    corners = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.30)) if whole else ((0.25, 0.5), (0.75, 0.5))
    path = QPainterPath()
    for at, (x, y) in enumerate(corners):
        point = QPointF(box.left() + x * box.width(), box.top() + y * box.height())
        path.lineTo(point) if at else path.moveTo(point)
    painter.setPen(theme.pen(theme.on_accent, 2 * theme.scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _paint_opener(painter: QPainter, area: QRectF, opened: bool, theme: Theme) -> None:
    side, middle = 3.5 * theme.scale, area.center()
    path = QPainterPath(middle + (QPointF(-side, -side / 2) if opened else QPointF(-side / 2, -side)))
    path.lineTo(middle + (QPointF(0, side / 2) if opened else QPointF(side / 2, 0)))
    path.lineTo(middle + (QPointF(side, -side / 2) if opened else QPointF(-side / 2, side)))
    painter.setPen(theme.pen(theme.ink3, 1.25 * theme.scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _paint_words(painter: QPainter, area: QRectF, row: Row, looks: Looks, theme: Theme) -> None:
    shown = looks.place is not None
    strong, quiet = theme.font("body", 600 if shown else 400 if row.says else 500), theme.font("small")
    first, second = QFontMetricsF(strong).height(), QFontMetricsF(quiet).height()
    top = area.center().y() - (first + second + 2 * theme.scale) / 2
    line = QRectF(area.left(), top, area.width(), first)
    room = area.width() - ((SAMPLE + AFTER_NAME) * theme.scale if shown else 0)
    name = QFontMetricsF(strong).elidedText(row.name, Qt.TextElideMode.ElideRight, room)
    _write(painter, line, name, strong, _ink(row, True, theme) if shown or not row.says else theme.ink2, LEFT)
    if looks.place is not None:
        start = area.left() + QFontMetricsF(strong).horizontalAdvance(name) + AFTER_NAME * theme.scale
        _paint_sample(painter, start, line.center().y(), line_of(looks.place, theme), theme)
    below = QRectF(area.left(), line.bottom() + 2 * theme.scale, area.width(), second)
    words = row.says or fitting(row.details, quiet, area.width())
    if row.word and row.word not in words:  # there is no room to say it
        below = _after_dot(painter, below, theme, theme.accent if row.word == TRAINING else theme.warn)
        words = row.says or fitting(row.details, quiet, below.width())
    cut = QFontMetricsF(quiet).elidedText(words, Qt.TextElideMode.ElideRight, below.width())
    _write(painter, below, cut, quiet, theme.bad if row.says else theme.ink3, LEFT)


def _after_dot(painter: QPainter, area: QRectF, theme: Theme, colour: str) -> QRectF:
    """As in the transport: it trains, or waits. The place that is left for words."""
    radius = DOT * theme.scale / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QPointF(area.left() + radius, area.center().y()), radius, radius)
    return area.adjusted(2 * radius + 6 * theme.scale, 0, 0, 0)


def fitting(details: tuple[str, ...], font: QFont, room: float) -> str:
    """As many of the details as there is room for; the first one always."""
    for count in range(len(details), 1, -1):
        words = BETWEEN.join(details[:count])
        if QFontMetricsF(font).horizontalAdvance(words) <= room:
            return words
    return details[0] if details else ""


def _paint_sample(painter: QPainter, left: float, y: float, line: Line, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    pen = theme.pen(line.colour, max(2, round(2 * theme.scale)), line.dash)
    painter.setPen(pen)
    painter.drawLine(QPointF(left, round(y)), QPointF(left + SAMPLE * theme.scale, round(y)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _paint_curve(painter: QPainter, box: QRectF, row: Row, place: int | None, theme: Theme) -> None:
    """Linear in the step, from 0 nats to its own highest: the shape, while the number beside it tells the height."""
    real = np.isfinite(row.curve)
    if not real.any():
        return
    across = box.left() + box.width() * row.curve_steps / max(1.0, float(row.curve_steps[-1]))
    up = np.where(real, upward(box, row.curve, float(row.curve[real].max()) or 1.0), np.nan)
    painter.setPen(theme.pen(theme.ink3 if place is None else line_of(place, theme).colour, theme.lines.validation))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for part in stretches(across, up):
        painter.drawPolyline(polygon(across[part], up[part]))


def _paint_more(painter: QPainter, area: QRectF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.ink3))
    for aside in (-5, 0, 5):
        painter.drawEllipse(area.center() + QPointF(aside * theme.scale, 0), 1.4 * theme.scale, 1.4 * theme.scale)


def _write(painter: QPainter, area: QRectF, text: str, font: QFont, colour: str, side: Qt.AlignmentFlag) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(area, side | MIDDLE | Qt.TextFlag.TextSingleLine, text)
