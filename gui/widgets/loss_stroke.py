"""One validation curve, as small as a word: over all steps, fixed in the loss, with what no model can beat."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.theme import Theme
from gui.widgets.fading_line import paint_fading, upward
from gui.widgets.source_figures import SourceFigures

SHORTEST = 20.0  # steps the scale has at least
DOTS = (2.0, 3.0)
POINT = 2.25  # radius, at reading size


def paint_loss(painter: QPainter, box: QRectF, figures: SourceFigures, step: int, top: float, theme: Theme) -> None:
    """The scale goes from 0 to `top` nats."""
    if figures.entropy is not None:
        painter.setPen(theme.pen(theme.ink3, theme.lines.floor, DOTS))
        level = float(upward(box, np.array(figures.entropy), top))
        painter.drawLine(QPointF(box.left(), level), QPointF(box.right(), level))
    if not len(figures.steps):
        return
    points, seen = _points(box, figures, top, int(np.searchsorted(figures.steps, step, side="right")))
    paint_fading(painter, points, seen, theme.pen(theme.line2, theme.lines.validation), POINT * theme.scale)


def _points(box: QRectF, figures: SourceFigures, top: float, seen: int) -> tuple[list[QPointF], int]:
    """Two a pixel at most, and how many of them were seen: of the first `seen` values the last is always there."""
    across = box.left() + box.width() * figures.steps / max(SHORTEST, float(figures.steps[-1]))
    up = upward(box, figures.losses, top)
    wanted = np.diff(np.floor(2 * across), prepend=-1.0) > 0
    wanted[[max(0, seen - 1), -1]] = True
    points = [QPointF(x, y) for x, y in zip(across[wanted].tolist(), up[wanted].tolist(), strict=True)]
    return points, int(wanted[:seen].sum())
