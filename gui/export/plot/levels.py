"""Lines across a plot and their names in the right margin, which move apart where the lines are close."""

from collections.abc import Iterator, Sequence

from gui.export.page.drawing import Call
from gui.export.page.ink import Ink
from gui.export.plot.frame import Frame, ends
from gui.export.plot.words import fitting
from gui.export.sheet import Level, Plot
from gui.widgets.margin import Name, folded, spread

DOTS = (2.0, 4.0)  # pixels: dot and gap
LEADER = 0.9  # em from the axes to the names
LONGEST = 0.3  # of the plot's width, for a name
NAMES_APART = 0.98  # em
VALUES_FROM = 45  # em of width: room for more than names
BELOW = 1.5  # matplotlib's order: under all curves


def levels_of(plot: Plot) -> list[Level]:
    """Lines across that are on show, in the order they are given."""
    low, high = sorted(ends(plot.y))
    return [mark for mark in plot.marks if isinstance(mark, Level) and low <= mark.y <= high]


def margin_width(plot: Plot, width: float, height: float, ink: Ink) -> float:
    """Millimetres that the names need at the right of a plot `width` wide whose axes are `height` high."""
    levels = levels_of(plot)
    if not levels:
        return 0.0
    names = max(ink.width(fitting(level.name, LONGEST * width, ink)) for level in levels)
    if crowded(len(levels), height, NAMES_APART * ink.em):
        names += ink.width(f" +{len(levels) - 1}")
    values = max(ink.width(value_of(level, width, ink)) for level in levels)
    return LEADER * ink.em + names + (values + 0.8 * ink.em if values else 0.0)


def value_of(level: Level, width: float, ink: Ink) -> str:
    """What stands behind a name where there is room."""
    return level.words if width >= VALUES_FROM * ink.em else ""


def level_calls(level: Level, frame: Frame) -> Iterator[Call]:
    """The line itself."""
    if frame.holds(frame.box.left, frame.y.pixel(level.y)):
        look = {"color": frame.ink.colour(level.colour), "linewidth": frame.ink.paper.line(1), "zorder": BELOW}
        yield Call(frame.name, "axhline", (level.y,), {**look, **frame.ink.dashes(DOTS)})


def names_calls(levels: Sequence[Level], frame: Frame, width: float, right: float) -> Iterator[Call]:
    """`width` is that of the whole plot, `right` where values end; each name with a stroke from its line."""
    ink, box = frame.ink, frame.box
    shown = [level for level in levels if frame.holds(box.left, frame.y.pixel(level.y))]
    apart = NAMES_APART * ink.em
    names = sorted(fold(shown, frame, width, apart), key=lambda name: name.at)
    half = ink.capital / 2
    places = spread([name.at for name in names], apart, box.bottom + half - 0.3 * ink.em, box.top - half)
    for name, place in zip(names, places, strict=True):
        ends = (box.right + 0.1 * ink.em, box.right + (LEADER - 0.25) * ink.em)
        yield ink.stroke(ends, (name.at, place), name.colour)
        yield ink.words(name.words, box.right + LEADER * ink.em, place - half, name.colour)
        if name.value:
            yield ink.words(name.value, right, place - half, name.colour, "right")


def fold(levels: Sequence[Level], frame: Frame, width: float, apart: float) -> list[Name]:
    """All of them, or where even moved apart they have no room, the lowest of those that are closest."""
    ink = frame.ink
    names = [
        Name(
            fitting(level.name, LONGEST * width, ink),
            value_of(level, width, ink),
            frame.y.pixel(level.y),
            colour=level.colour,
        )
        for level in levels
    ]
    kept, near = names, 0.1 * apart
    while crowded(len(kept), frame.box.height, apart):
        kept, near = _told(folded(names, near)), near * 1.5
    return kept


def crowded(names: int, height: float, apart: float) -> bool:
    """Whether so many names have no room below each other."""
    return names > 1 and (names - 1) * apart > height


def _told(names: Sequence[Name]) -> list[Name]:
    return [name._replace(words=f"{name.words} +{name.more}") if name.more else name for name in names]
