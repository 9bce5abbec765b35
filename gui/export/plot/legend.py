"""What each line of a plot is: inside it, where it covers nothing, or else in rows above it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gui.export.page.drawing import Call
from gui.export.page.ink import PAGE, Ink
from gui.export.plot.curves import HOLLOW_EDGE, MARKERS, RING
from gui.export.plot.frame import Box
from gui.export.plot.words import fitting
from gui.export.sheet import Band, Bars, Curve, Mark, Plot, Points

SAMPLE, GAP, APART = 2.0, 0.5, 1.6  # em: of a line, to its name, between entries in a row
PAD = 0.35  # em around
ROW = 1.3  # em
WIDEST = 0.85  # of the plot, for all of it


class Entry(NamedTuple):
    mark: Curve | Band | Points | Bars
    words: str
    width: float


def entries(plot: Plot, ink: Ink, room: float) -> tuple[Entry, ...]:
    """What lies on top comes first, as it matters most; none is wider than there is room."""
    if not (plot.legend and ink.paper.legend):
        return ()
    return tuple(_entry(mark, ink, room) for mark in _in_order(plot.marks))


def _in_order(marks: Sequence[Mark]) -> Iterator[Curve | Band | Points | Bars]:
    for mark in reversed(marks):
        if isinstance(mark, Curve | Band | Points | Bars) and mark.legend:
            yield mark


def _entry(mark: Curve | Band | Points | Bars, ink: Ink, room: float) -> Entry:
    start = (SAMPLE + GAP) * ink.em
    words = fitting(mark.name, room - start, ink)
    return Entry(mark, words, start + ink.width(words))


def column_size(made: Sequence[Entry], ink: Ink) -> tuple[float, float]:
    """Width and height of the entries below each other."""
    return max(entry.width for entry in made) + 2 * PAD * ink.em, (len(made) * ROW + PAD) * ink.em


def column_calls(made: Sequence[Entry], box: Box, ink: Ink) -> Iterator[Call]:
    """Below each other, on the colour of the page, so that no floor runs through the words."""
    across, up = (box.left, box.right, box.right, box.left), (box.bottom, box.bottom, box.top, box.top)
    yield ink.area(across, up, ink.page)
    for place, entry in enumerate(made):
        middle = box.top - (PAD / 2 + (place + 0.5) * ROW) * ink.em
        yield from entry_calls(entry, box.left + PAD * ink.em, middle, ink)


def rows_of(made: Sequence[Entry], room: float, ink: Ink) -> list[list[Entry]]:
    """As many beside each other as fit."""
    rows: list[list[Entry]] = []
    left = room
    for entry in made:
        if not rows or entry.width > left:
            rows.append([])
            left = room
        rows[-1].append(entry)
        left -= entry.width + APART * ink.em
    return rows


def rows_calls(rows: Sequence[Sequence[Entry]], left: float, top: float, ink: Ink) -> Iterator[Call]:
    """From `top` downward."""
    for place, row in enumerate(rows):
        x = left
        for entry in row:
            yield from entry_calls(entry, x, top - (place + 0.5) * ROW * ink.em, ink)
            x += entry.width + APART * ink.em


def entry_calls(entry: Entry, left: float, middle: float, ink: Ink) -> Iterator[Call]:
    """A sample and the name."""
    yield from _sample(entry.mark, left, middle, ink)
    yield ink.words(entry.words, left + (SAMPLE + GAP) * ink.em, middle - ink.capital / 2)


def _sample(mark: Curve | Band | Points | Bars, left: float, middle: float, ink: Ink) -> Iterator[Call]:
    right, centre = left + SAMPLE * ink.em, left + SAMPLE * ink.em / 2
    match mark:
        case Curve():
            shade = ink.colour(mark.colour, mark.opacity)
            yield ink.stroke((left, right), (middle, middle), shade, mark.width, mark.dash)
            if mark.ring:
                yield _mark(centre, middle, "disc", RING, mark.colour, mark.width, False, ink)
        case Points():
            yield _mark(centre, middle, mark.shape, mark.radius, mark.colour, HOLLOW_EDGE, mark.filled, ink)
        case Band() | Bars():
            half = 0.3 * ink.em
            shade = ink.colour(mark.colour, mark.opacity if isinstance(mark, Band) else 1.0)
            low, high = middle - half, middle + half
            yield ink.area((left, right, right, left), (low, low, high, high), shade)


def _mark(x: float, y: float, shape: str, radius: float, colour: str, edge: float, filled: bool, ink: Ink) -> Call:
    drawn = ink.colour(colour)
    named = {
        "marker": MARKERS[shape],
        "markersize": round(2 * ink.paper.line(radius), 3),
        "markerfacecolor": drawn if filled else ink.page,
        "markeredgecolor": drawn,
        "markeredgewidth": 0 if filled else ink.paper.line(edge),
    }
    return Call(PAGE, "plot", ([round(x, 4)], [round(y, 4)]), named)
