"""How the loss chart is painted, layer by layer; where things stand has been worked out before."""

from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui.theme import Theme
from gui.widgets.axes import MIDDLE, Axes, inset, label_row, labels_across
from gui.widgets.flags import paint_flag, paint_mark
from gui.widgets.loss_floors import Floor
from gui.widgets.loss_layers import Layers
from gui.widgets.loss_picture import Curve
from gui.widgets.loss_unit import Measure
from gui.widgets.margin import LONGEST_LECTURE, Name, fold, folded, has_values, paint_names

FADED = 0.35  # what comes after the step looked back at
MOST_INK = 0.6  # opacity of the faint curve
NOW_RADIUS = 4  # pixels at reading size
LECTURE_NOW = 1.6  # widths of the curve
INVITATION = ("Press play and watch it fall", "Each step makes the next token a little less of a surprise.")
BOTTOM = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom


class Floored(Protocol):
    """A picture that has floors."""

    @property
    def floors(self) -> tuple[Floor, ...]: ...

    @property
    def counting(self) -> bool: ...

    @property
    def measure(self) -> Measure: ...


def paint_floors(painter: QPainter, picture: Floored, axes: Axes, theme: Theme, width: float) -> None:
    """Dotted lines, with their names in the margin; `width` is that of the chart."""
    lines, plot, names = theme.lines, axes.plot, floor_names(picture, axes, theme, width)
    dash = (1.5 * lines.floor, 3.5 * lines.floor) if theme.lecture else (2, 4)
    painter.setPen(theme.pen(theme.ink3, lines.floor, dash))
    for floor in picture.floors:
        at = axes.y.pixel(floor.loss)
        if plot.top() <= at <= plot.bottom():
            painter.drawLine(QPointF(plot.left(), round(at)), QPointF(plot.right(), round(at)))
    if picture.counting:
        names.append(Name("counting…", "", plot.center().y()))
    paint_names(painter, names, axes, theme, width - inset(theme))


def floor_names(picture: Floored, axes: Axes, theme: Theme, width: float) -> list[Name]:
    """From top to bottom, those that are too close folded into one; what all rules leave keeps a name of its own."""
    plot, valued = axes.plot, has_values(theme, width)
    counted, known = list[Name](), list[Name]()
    for floor in picture.floors:
        at, value = axes.y.pixel(floor.loss), f"{floor.loss:.2f}"
        if plot.top() <= at <= plot.bottom():
            words = _floor_words(floor, picture, theme)
            name = Name(words, value if valued else "", at, f"{floor.name} {value} {picture.measure.unit}")
            (known if floor.order < 0 else counted).append(name)
    return [*folded(counted, fold(theme)), *known]


def _floor_words(floor: Floor, picture: Floored, theme: Theme) -> str:
    """Chance level says where it comes from, in nats; a lecture has little room."""
    if theme.lecture:
        return floor.name if floor.order >= 0 else LONGEST_LECTURE
    return f"{floor.name} ln V" if floor.order == 0 and picture.measure.unit == "nats per token" else floor.name


def paint_layers(painter: QPainter, layers: Layers, axes: Axes, theme: Theme) -> None:
    """All that moves. What comes after a step looked back at is there, but faded."""
    slack = theme.lines.curve
    seen = axes.plot.adjusted(-slack, -axes.plot.top(), slack, 0)
    at = layers.playhead
    if at is None:
        _paint_part(painter, layers, axes, theme, seen)
        return
    painter.setOpacity(FADED)
    _paint_part(painter, layers, axes, theme, QRectF(QPointF(at, seen.top()), seen.bottomRight()))
    painter.setOpacity(1)
    _paint_part(painter, layers, axes, theme, QRectF(seen.topLeft(), QPointF(at, seen.bottom())))


def _paint_part(painter: QPainter, layers: Layers, axes: Axes, theme: Theme, seen: QRectF) -> None:
    if seen.width() <= 0:
        return
    painter.setClipRect(seen)
    _paint_curves(painter, layers, theme)
    if layers.stop is not None:
        painter.setPen(theme.pen(theme.bad, 1.5 * theme.lines.hair, (3, 3)))
        painter.drawLine(QPointF(layers.stop, axes.plot.top()), QPointF(layers.stop, axes.plot.bottom()))
    for mark in layers.marks:
        paint_mark(painter, mark, theme)
    painter.setClipping(False)
    for flag in layers.flags:
        if seen.left() <= flag.foot.x() <= seen.right():
            paint_flag(painter, flag, theme)


def _paint_curves(painter: QPainter, layers: Layers, theme: Theme) -> None:
    lines = theme.lines
    layers.raw.paint(painter, raw_pen(theme, painter.device().devicePixelRatioF()))
    layers.validation.paint(painter, theme.pen(theme.line2, lines.validation))
    layers.average.paint(painter, theme.pen(theme.line3, lines.validation, lines.dash3))
    layers.smooth.paint(painter, smooth_pen(theme))
    painter.setPen(theme.pen(theme.line2, 1.2 * lines.validation))
    painter.setBrush(QColor(theme.panel))
    for ring in layers.rings:
        painter.drawEllipse(ring, lines.ring, lines.ring)


def raw_pen(theme: Theme, per_pixel: float, colour: str = "") -> QPen:
    """One dot of the screen wide, and stronger instead of wider: wide lines that jump cost ten times as much."""
    ink = min(theme.raw_opacity * theme.lines.raw * per_pixel, MOST_INK)
    pen = QPen(theme.faint(colour or theme.line1, ink), 1)
    pen.setCosmetic(True)
    return pen


def smooth_pen(theme: Theme) -> QPen:
    """Bevelled where it bends: mitred corners grow thorns, round ones cost three times as much."""
    pen = theme.pen(theme.line1, theme.lines.curve)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def paint_now(painter: QPainter, layers: Layers, axes: Axes, theme: Theme) -> None:
    """A dot on the newest step, filled; an open one where a person looks back."""
    if layers.now is None or not axes.plot.adjusted(-1, -1, 1, 1).contains(layers.now):
        return
    back = layers.playhead is not None
    radius = LECTURE_NOW * theme.lines.curve if theme.lecture else NOW_RADIUS * theme.scale
    painter.setPen(theme.pen(theme.line1, 2) if back else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.panel if back else theme.line1))
    painter.drawEllipse(layers.now, radius, radius)


def paint_playhead(painter: QPainter, step: int, at: float, axes: Axes, theme: Theme) -> None:
    """The step looked back at: a line through the chart, and a chip on its axis."""
    if not axes.plot.left() <= at <= axes.plot.right():
        return
    painter.setPen(theme.pen(theme.accent, theme.lines.playhead))
    painter.drawLine(QPointF(at, 0), QPointF(at, axes.plot.bottom()))
    painter.setFont(theme.font("caption", 600))
    metrics, words = QFontMetricsF(painter.font()), f"step {step:,}"
    width, height = metrics.horizontalAdvance(words) + 2 * metrics.height(), 1.3 * metrics.height()
    chip = QRectF(max(0.0, at - width / 2), label_row(axes, theme) - 0.15 * metrics.height(), width, height)
    for place, _ in labels_across(axes, theme):
        if place.intersects(chip):  # no half of a label may show
            painter.fillRect(place, QColor(theme.panel))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(chip, 4, 4)
    painter.setPen(theme.pen(theme.on_accent))
    painter.drawText(chip, MIDDLE, words)


def paint_crosshair(painter: QPainter, curve: Curve, index: int, axes: Axes, theme: Theme) -> None:
    """Which step is read out."""
    at = axes.point(curve.x[index], curve.y[index])
    painter.setPen(theme.pen(theme.edge, theme.lines.hair))
    painter.drawLine(QPointF(at.x(), axes.plot.top()), QPointF(at.x(), axes.plot.bottom()))
    if np.isfinite(at.y()) and axes.plot.contains(at):
        painter.setPen(theme.pen(theme.panel))
        painter.setBrush(QColor(theme.line1))
        painter.drawEllipse(at, NOW_RADIUS * theme.scale, NOW_RADIUS * theme.scale)


def paint_invitation(painter: QPainter, axes: Axes, theme: Theme, invitation: tuple[str, str] = INVITATION) -> None:
    """What to do, where the curve will be."""
    fonts = theme.font("title"), theme.font("small")
    first, second = (QFontMetricsF(font) for font in fonts)
    width = max(first.horizontalAdvance(invitation[0]), second.horizontalAdvance(invitation[1])) + 2 * first.height()
    box = QRectF(0, 0, min(width, axes.plot.width()), first.height() * 1.5 + second.height() * 2)
    box.moveCenter(axes.plot.center())
    painter.fillRect(box, QColor(theme.panel))
    painter.setPen(theme.pen(theme.ink))
    painter.setFont(fonts[0])
    painter.drawText(
        QRectF(box.left(), box.top() + second.height() / 2, box.width(), first.height()), MIDDLE, invitation[0]
    )
    if second.horizontalAdvance(invitation[1]) <= box.width():
        painter.setPen(theme.pen(theme.ink2))
        painter.setFont(fonts[1])
        painter.drawText(box.adjusted(0, 0, 0, -second.height() / 2), BOTTOM, invitation[1])
