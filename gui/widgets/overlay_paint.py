"""How the overlay is painted, layer by layer; where things stand has been worked out before."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.theme import Theme
from gui.widgets.axes import LEFT, Axes
from gui.widgets.loss_paint import FADED, raw_pen
from gui.widgets.overlay_layers import ForkLayer, TrackLayer, dot_radius
from gui.widgets.overlay_names import EndName
from gui.widgets.overlay_strokes import Strokes
from gui.widgets.shown import Line

BAND = 0.16  # opacity of a spread


Painting = Callable[[QPainter, Line, Strokes, Theme], None]


def paint_faded(
    painter: QPainter, layer: TrackLayer, axes: Axes, theme: Theme, paint: Painting, strokes: Strokes
) -> None:
    """What comes after the step looked back at is there, but faded."""
    slack = theme.lines.curve
    seen = axes.plot.adjusted(-slack, 0, slack, 0)
    cut = min(max(layer.now, seen.left()), seen.right())
    for part, opacity in (
        (QRectF(QPointF(cut, seen.top()), seen.bottomRight()), FADED),
        (QRectF(seen.topLeft(), QPointF(cut, seen.bottom())), 1.0),
    ):
        if part.width() > 0:
            painter.setOpacity(opacity)
            painter.setClipRect(part)
            paint(painter, layer.line, strokes, theme)
    painter.setClipping(False)
    painter.setOpacity(1)


def paint_behind(painter: QPainter, line: Line, strokes: Strokes, theme: Theme) -> None:
    """The spread of a group, every step, and what is far from the line."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.faint(line.colour, BAND))
    for band in strokes.band:
        painter.drawPolygon(band)
    pen = raw_pen(theme, painter.device().devicePixelRatioF(), line.colour)
    for faint in (*strokes.raw, strokes.reach):
        faint.paint(painter, pen)


def paint_line(painter: QPainter, line: Line, strokes: Strokes, theme: Theme) -> None:
    """The line itself."""
    strokes.line.paint(painter, line_pen(line, theme))


def line_pen(line: Line, theme: Theme) -> QPen:
    """Bevelled where it bends: mitred corners grow thorns."""
    pen = theme.pen(line.colour, theme.lines.curve, line.dash)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    return pen


def paint_fork(painter: QPainter, fork: ForkLayer, axes: Axes, theme: Theme) -> None:
    """A dotted line up from the ring; words are painted later, over all lines."""
    painter.setPen(theme.pen(fork.colour, theme.lines.hair, (1.5 * theme.lines.hair, 3 * theme.lines.hair)))
    painter.drawLine(fork.foot, QPointF(fork.foot.x(), axes.plot.top()))


def paint_fork_ring(painter: QPainter, fork: ForkLayer, theme: Theme) -> None:
    """Where branches begin."""
    paint_ring(painter, fork.foot, theme.ink, theme)


def paint_fork_words(painter: QPainter, fork: ForkLayer, theme: Theme) -> None:
    """They hide what runs behind them, faded or not."""
    if not fork.rows:
        return
    opacity = painter.opacity()
    painter.setOpacity(1.0)
    painter.fillRect(fork.place, QColor(theme.panel))
    painter.setOpacity(opacity)
    row = QRectF(fork.place)
    row.setHeight(fork.place.height() / len(fork.rows))
    for index, (words, colour) in enumerate(fork.rows):
        painter.setFont(theme.font("caption", 600 if index == 0 else 500))
        painter.setPen(theme.pen(colour))
        painter.drawText(row, LEFT, words)
        row.translate(0, row.height())


def paint_ring(painter: QPainter, at: QPointF, colour: str, theme: Theme) -> None:
    """Open: a place in time on a line."""
    painter.setPen(theme.pen(colour, 2 * theme.lines.hair))
    painter.setBrush(QColor(theme.panel))
    radius = dot_radius(theme)
    painter.drawEllipse(at, radius, radius)


def paint_dots(painter: QPainter, tracks: Sequence[TrackLayer], theme: Theme) -> None:
    """Filled: the newest step of a run that trains. Open: where a line is at the step looked back at."""
    for track in tracks:
        if track.end:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(track.line.colour))
            painter.drawEllipse(track.end, dot_radius(theme), dot_radius(theme))
        if track.ring:
            paint_ring(painter, track.ring, track.line.colour, theme)


def paint_names(painter: QPainter, names: Sequence[EndName], theme: Theme) -> None:
    """Of the lines, at their ends."""
    painter.setFont(theme.font("caption", 500))
    for name in names:
        painter.fillRect(name.place, QColor(theme.panel))  # so that no line runs through words
        painter.setPen(theme.pen(name.colour))
        painter.drawText(name.place, LEFT, name.words)


def paint_crosshair(painter: QPainter, across: float, top: float, axes: Axes, theme: Theme) -> None:
    """Which place is read out; from `top` on."""
    painter.setPen(theme.pen(theme.edge, theme.lines.hair))
    painter.drawLine(QPointF(across, top), QPointF(across, axes.plot.bottom()))
