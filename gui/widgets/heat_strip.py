"""How often each part of a text was seen, as one line of colours from 0 to 8 times for ever; its end is held out."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from gui.theme import Theme
from gui.widgets.colour_map import TOP, cividis, image
from gui.widgets.source_figures import FULL, SourceFigures

BREAK, SHORTEST = 2, 4  # pixels before the end that is held out, and of that end
TABLE = [QColor(*colour).rgba() for colour in cividis(TOP + 1).tolist()]


def paint_strip(painter: QPainter, box: QRectF, figures: SourceFigures, theme: Theme) -> None:
    """Without parts, an empty track."""
    seen, held = pieces(box, figures)
    if len(figures.times_P):
        painter.drawImage(seen, image(levels(figures.times_P)[None, :], TABLE))
    else:
        painter.fillRect(seen, QColor(theme.field))
    if held.width():
        painter.fillRect(held, QColor(theme.hover))
        painter.setPen(theme.pen(theme.line, theme.lines.hair))
        painter.drawRect(held.adjusted(0.5, 0.5, -0.5, -0.5))


def paint_scale(painter: QPainter, box: QRectF) -> None:
    """The colours from 0 to 8 times."""
    painter.drawImage(box, image(np.arange(TOP + 1, dtype=np.uint8)[None, :], TABLE))


def pieces(box: QRectF, figures: SourceFigures) -> tuple[QRectF, QRectF]:
    """The part that is trained on, and the end that is held out."""
    width = max(SHORTEST, box.width() * figures.held_out) if figures.held_out else 0.0
    seen = QRectF(box.left(), box.top(), box.width() - width - (BREAK if width else 0), box.height())
    return seen, QRectF(box.right() - width, box.top(), width, box.height())


def strip_words(box: QRectF, figures: SourceFigures, x: float) -> str:
    """What is at `x`, in words."""
    seen, held = pieces(box, figures)
    if held.width() and x >= held.left():
        return (
            f"{figures.name}: {100 * figures.held_out:.0f} % are held out. The model is tested on them, never trained."
        )
    count = len(figures.times_P)
    if not count:
        return ""
    part = min(max(int((x - seen.left()) / seen.width() * count), 0), count - 1)
    return f"{figures.name}, part {part + 1} of {count}: seen {figures.times_P[part]:.1f} times."


def levels(times_P: np.ndarray) -> np.ndarray:
    """uint8; whatever was seen more often than FULL times has the last colour."""
    shares: np.ndarray = np.clip(np.nan_to_num(times_P) / FULL, 0.0, 1.0)
    return np.round(shares * TOP).astype(np.uint8)
