"""Names at the right of a chart, beside the lines they belong to; where lines are close, the names give way."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.theme import Theme
from gui.widgets.axes import LEFT, RIGHT, Axes, inset, margin_gap

LEADER = 4  # pixels a name may be off its line before a stroke leads to it
LONGEST, LONGEST_LECTURE = "all rules known", "all rules"  # names there is room for
FOLD = 14 / 11  # heights of its letters a name needs, or it is folded into the one below


class Name(NamedTuple):
    words: str
    value: str  # empty where there is no room for it
    at: float  # y of its line, pixels
    told: str = ""  # when it is pointed at
    more: int = 0  # names just above that are folded into it
    colour: str = ""  # of the words, where it is not the usual one


def folded(names: Sequence[Name], apart: float) -> list[Name]:
    """From top to bottom; of those closer than `apart` the lowest is left, and tells of the others."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: -name.at):
        if kept and kept[-1].at - name.at < apart:
            last = kept.pop()
            name = last._replace(more=last.more + 1, told=f"{name.told}, {last.told}")
        kept.append(name)
    return kept[::-1]


def name_at(names: Sequence[Name], y: float, theme: Theme) -> Name | None:
    """The name whose line is nearest to `y`, if it is near."""
    nearest = min(names, key=lambda name: abs(name.at - y), default=None)
    return nearest if nearest and abs(nearest.at - y) <= fold(theme) else None


def fold(theme: Theme) -> float:
    """Pixels below which two names are too close."""
    return FOLD * theme.pixels("caption")


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
        painter.setPen(theme.pen(name.colour or theme.ink2))
        painter.drawText(row, LEFT, fitting_words(name, row.width(), theme))
        painter.setPen(theme.pen(theme.ink3))
        painter.drawText(row, RIGHT, name.value)


def fitting_words(name: Name, room: float, theme: Theme) -> str:
    """The name, and how many are folded into it where that fits beside its value."""
    metrics, whole = QFontMetricsF(theme.font("caption")), f"{name.words} +{name.more}"
    value = metrics.horizontalAdvance(f"{name.value}  ") if name.value else 0.0
    return whole if name.more and metrics.horizontalAdvance(whole) + value <= room else name.words


def margin_width(theme: Theme, width: float, at_least: float = 0.0) -> float:
    """Room the names need at the right of a chart `width` wide."""
    metrics = QFontMetricsF(theme.font("caption"))
    words = metrics.horizontalAdvance(LONGEST_LECTURE if theme.lecture else LONGEST)
    value = metrics.horizontalAdvance("0.00") + inset(theme) if has_values(theme, width) else 0.0
    return margin_gap(theme) + max(words + value, at_least) + inset(theme)


def has_values(theme: Theme, width: float) -> bool:
    """Whether there is room for more than names."""
    return not theme.lecture and width >= 45 * theme.pixels("caption")
