"""Names at the right of a chart, beside the lines they belong to; where lines are close, the names give way."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.theme import Theme
from gui.widgets.axes import LEFT, RIGHT, Axes, inset, margin_gap

LEADER = 4  # pixels a name may be off its line before a stroke leads to it


class Name(NamedTuple):
    words: str
    value: str  # empty where there is no room for it
    at: float  # y of its line, pixels


def spread(places: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """The nearest places that are `apart`, in the ascending order given; between `low` and `high` where they fit."""
    groups: list[list[float]] = []  # [middle, count] of names that stand together
    for place in places:
        groups.append([min(max(place, low), high), 1.0])
        while len(groups) > 1 and _lower_edge(groups[-2], apart) > _upper_edge(groups[-1], apart):
            groups[-2:] = [_joined(groups[-2], groups[-1], apart, low, high)]
    return [middle + (i - (count - 1) / 2) * apart for middle, count in groups for i in range(int(count))]


def _lower_edge(group: list[float], apart: float) -> float:
    return group[0] + group[1] * apart / 2


def _upper_edge(group: list[float], apart: float) -> float:
    return group[0] - group[1] * apart / 2


def _joined(one: list[float], other: list[float], apart: float, low: float, high: float) -> list[float]:
    count = one[1] + other[1]
    middle, half = (one[0] * one[1] + other[0] * other[1]) / count, (count - 1) * apart / 2
    return [max(min(middle, high - half), low + half), count]


def paint_names(painter: QPainter, names: Sequence[Name], axes: Axes, theme: Theme, right: float) -> None:
    """`right` is where the values end."""
    painter.setFont(theme.font("caption"))
    height = QFontMetricsF(painter.font()).height()
    edge, gap = axes.plot.right(), margin_gap(theme)
    ordered = sorted(names, key=lambda name: name.at)
    places = spread([name.at for name in ordered], height * 0.95, axes.plot.top(), axes.plot.bottom() - height / 3)
    for name, place in zip(ordered, places, strict=True):
        if theme.lecture or abs(place - name.at) > LEADER:
            painter.setPen(theme.pen(theme.ink3, theme.lines.hair))
            painter.drawLine(QPointF(edge + 1, name.at), QPointF(edge + 0.7 * gap, place))
        row = QRectF(edge + gap, place - height / 2, right - edge - gap, height)
        painter.setPen(theme.pen(theme.ink2))
        painter.drawText(row, LEFT, name.words)
        painter.setPen(theme.pen(theme.ink3))
        painter.drawText(row, RIGHT, name.value)


def margin_width(theme: Theme, width: float, at_least: float = 0.0) -> float:
    """Room the names need at the right of a chart `width` wide."""
    metrics = QFontMetricsF(theme.font("caption"))
    words = metrics.horizontalAdvance("uniform" if theme.lecture else "uniform ln V")
    value = metrics.horizontalAdvance("0.00") + inset(theme) if has_values(theme, width) else 0.0
    return margin_gap(theme) + max(words + value, at_least) + inset(theme)


def has_values(theme: Theme, width: float) -> bool:
    """Whether there is room for more than names."""
    return not theme.lecture and width >= 45 * theme.pixels("caption")
