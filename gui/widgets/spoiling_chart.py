"""A small chart of what spoiling does: training falls, validation on clean text does not, and how it was before."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from gui.widgets.axes import Axes, margin_gap, widest_upright
from gui.widgets.chart import Chart
from gui.widgets.loss_paint import FADED, smooth_pen
from gui.widgets.loss_picture import Curve
from gui.widgets.margin import Name, paint_names
from gui.widgets.reduction import columns, extremes, means
from gui.widgets.scale import Span, roomy
from gui.widgets.strokes import Stroke, stroke

TITLE_ROOM, FOOT_ROOM = 2.0, 2.4  # heights of text above and below the plot
EARLY = 0.1  # of the run: the great fall at its start would flatten the rest
EMPTY = Span(0.0, 1000.0), Span(1.6, 7.3)  # steps and nats of a small model
WIDE = 26  # heights of text: with less, the names are short
LEAST_STEPS = 100  # the axis is never shorter
TICKS = 5
LEAST = 160, 96  # pixels at reading size


class Curves(NamedTuple):
    training: Curve
    validation: Curve
    unspoiled: Curve  # validation of an earlier run on clean text; empty where there is none
    unspoiled_name: str
    playhead: int | None  # the step looked back at


class SpoilingChart(Chart):
    explained = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Training and clean validation")
        self.curves: Curves | None = None
        self._lines: tuple[Stroke, Stroke, Stroke] = Stroke(), Stroke(), Stroke()
        self.pointer_moved.connect(self._point_out)

    def show_curves(self, curves: Curves) -> None:
        """The range grows in steps until a person takes hold of it."""
        self.curves = curves
        view = self.view.grown(*ranges(curves))
        if view != self.view:
            self.look(view)
        else:
            self.arrange()
            self.update()

    # where things are

    def plot(self) -> QRectF:
        metrics = QFontMetricsF(self.theme.font("caption"))
        top = round(TITLE_ROOM * metrics.height())
        height = max(24, round(self.height() - top - FOOT_ROOM * metrics.height()))
        left = widest_upright(self.view.y, False, height, self.theme) + metrics.height() * 0.6
        names = max(metrics.horizontalAdvance(words) for words in self._names())
        width = self.width() - left - names - margin_gap(self.theme) - 2
        return QRectF(round(left), top, max(24, round(width)), height)

    def titles(self) -> tuple[str, str]:
        return "", "nats per token"

    def _names(self) -> tuple[str, str, str]:
        wide = self.width() >= WIDE * self.theme.pixels("caption")
        return "training", "clean validation" if wide else "clean", "unspoiled"

    def minimumSizeHint(self) -> QSize:
        return QSize(*(round(side * self.theme.pixels("caption") / 11) for side in LEAST))

    def arrange(self) -> None:
        if self.curves:
            axes, ratio = self.axes, self.devicePixelRatioF()
            training, validation, before, *_ = self.curves
            smooth = stroke(*means(*training, axes.x, columns(training.x, axes.x, ratio)), axes)
            self._lines = smooth, _measured(validation, axes, ratio), _measured(before, axes, ratio)

    # painting

    def paint_data(self, painter: QPainter, axes: Axes) -> None:
        if self.curves is None:
            return
        at = None if self.curves.playhead is None else axes.x.pixel(float(self.curves.playhead))
        seen = axes.plot.adjusted(0, -1, 2, 1)
        self._paint_lines(painter, seen, 1.0 if at is None else FADED)
        if at is not None:
            self._paint_lines(painter, QRectF(seen.topLeft(), QPointF(at, seen.bottom())), 1.0)
            painter.setPen(self.theme.pen(self.theme.accent, self.theme.lines.playhead))
            painter.drawLine(QPointF(at, seen.top()), QPointF(at, seen.bottom()))
        paint_names(painter, self._ends(axes), axes, self.theme, self.width())

    def _paint_lines(self, painter: QPainter, seen: QRectF, opacity: float) -> None:
        theme, (training, validation, before) = self.theme, self._lines
        painter.setClipRect(seen)
        painter.setOpacity(opacity)
        before.paint(painter, theme.pen(theme.ink3, theme.lines.validation, (4, 3)))
        validation.paint(painter, theme.pen(theme.line2, theme.lines.validation))
        training.paint(painter, smooth_pen(theme))
        painter.setOpacity(1)
        painter.setClipping(False)

    def _ends(self, axes: Axes) -> list[Name]:
        """Each line's name where it ends."""
        assert self.curves
        theme, plot = self.theme, axes.plot
        colours = theme.line1, theme.line2_text, theme.ink3
        made = []
        for words, curve, colour in zip(self._names(), self.curves[:3], colours, strict=True):
            last = curve.y[-1] if len(curve.y) else np.nan
            if np.isfinite(last):
                at = min(max(axes.y.pixel(float(last)), plot.top()), plot.bottom())
                made.append(Name(words, "", at, colour=colour))
        return made

    # reading out

    def _point_out(self) -> None:
        self.explained.emit(self.sentence_at(self.axes.x.value(self.pointer.x())) if self.pointer else "")

    def sentence_at(self, step: float) -> str:
        """What the lines are at a step, and whose the dashed one is."""
        if self.curves is None or not len(self.curves.training.x):
            return ""
        names = "training", "validation on clean text", f"unspoiled ({self.curves.unspoiled_name})"
        values = (value_at(curve, step) for curve in self.curves[:3])
        told = [f"{name} {value:.2f}" for name, value in zip(names, values, strict=True) if np.isfinite(value)]
        return f"Step {max(0, round(step)):,}: {', '.join(told)}." if told else ""


def _measured(curve: Curve, axes: Axes, ratio: float) -> Stroke:
    return stroke(*extremes(*curve, axes.x, columns(curve.x, axes.x, ratio)), axes)


def value_at(curve: Curve, step: float) -> float:
    """The last value at or before a step; NaN before the first."""
    place = int(np.searchsorted(curve.x, step, side="right")) - 1
    return float(curve.y[place]) if place >= 0 else np.nan


def ranges(curves: Curves) -> tuple[Span, Span]:
    """Steps and nats; what was before the first part of the run may leave at the top."""
    last = max((float(curve.x[-1]) for curve in curves[:3] if len(curve.x)), default=0.0)
    if not last:
        return EMPTY
    later = [curve.y[np.searchsorted(curve.x, EARLY * last) :] for curve in curves[:3]]
    found = [part[np.isfinite(part)] for part in later]
    low = min((float(part.min()) for part in found if len(part)), default=np.nan)
    high = max((float(part.max()) for part in found if len(part)), default=np.nan)
    across = roomy(0.0, max(last, LEAST_STEPS), log=False, most=TICKS)
    return Span(0.0, across.high), roomy(low, high, log=False, most=TICKS)
