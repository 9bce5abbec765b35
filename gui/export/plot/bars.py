"""Bars on paper, with their words at the end."""

from collections.abc import Iterator

import numpy as np

from gui.export.page.drawing import Call, Data
from gui.export.plot.frame import Frame
from gui.export.plot.words import SMALL
from gui.export.sheet import Bars
from gui.widgets.thinning import thinned

STRONG = {"bar": "line1"}  # what a weak colour is in full
GAP = 0.35  # em from the end to the words


def bars_calls(bars: Bars, frame: Frame, name: str, order: float) -> Iterator[Call]:
    """Each from zero to its value."""
    values = np.where(np.isfinite(bars.values), bars.values, np.nan)
    if not len(values):
        return
    if bars.edges is not None:
        yield _between(bars, np.asarray(bars.edges, float), values, frame, name, order)
        return
    places = np.arange(len(values)) if bars.places is None else np.asarray(bars.places)
    method, thick = ("bar", "width") if bars.upright else ("barh", "height")
    look = {thick: bars.width, "color": colours(bars, len(values), frame), "linewidth": 0, "zorder": order}
    yield Call(frame.name, method, (Data(f"{name} places", places), Data(name, values)), look)
    for index in worded(bars, places, frame):
        if bars.words[index] and np.isfinite(values[index]):
            yield from _words(bars, frame, index, float(places[index]), float(values[index]))


def worded(bars: Bars, places: np.ndarray, frame: Frame) -> list[int]:
    """Bars whose words stand free: all of them, or every second or third; of those that are strong the first."""
    count, ink = min(len(bars.words), len(places)), frame.ink
    if count < 2:
        return list(range(count))
    across = frame.x if bars.upright else frame.y
    pitch = float(np.abs(np.diff(across.pixels(places[:count]))).min())
    widest = max(ink.width(words, SMALL, bold=True) for words in bars.words[:count])
    needed = widest + 0.4 * ink.em if bars.upright else SMALL * 1.05 * ink.em
    return thinned(count, pitch, needed, min(bars.strong, default=None))


def colours(bars: Bars, count: int, frame: Frame) -> str | list[str]:
    """One for all, or one for each where some are strong."""
    usual, strong = frame.ink.colour(bars.colour), frame.ink.colour(STRONG.get(bars.colour, bars.colour))
    if not bars.strong or usual == strong:
        return usual
    return [strong if place in bars.strong else usual for place in range(count)]


def _between(bars: Bars, edges: np.ndarray, values: np.ndarray, frame: Frame, name: str, order: float) -> Call:
    """A bar from each edge to the next one, with a hair of the page between them."""
    ink = frame.ink
    method, thick, start = ("bar", "width", "bottom") if bars.upright else ("barh", "height", "left")
    look = {thick: Data(f"{name} widths", np.diff(edges)), start: 0, "align": "edge", "color": ink.colour(bars.colour)}
    look |= {"edgecolor": ink.page, "linewidth": ink.paper.line(1), "zorder": order}
    return Call(frame.name, method, (Data(f"{name} from", edges[:-1]), Data(name, values)), look)


def _words(bars: Bars, frame: Frame, index: int, place: float, value: float) -> Iterator[Call]:
    ink, strong = frame.ink, index in bars.strong
    look = {"colour": "ink" if strong else "ink2", "size": SMALL, "bold": strong}
    if bars.upright:
        across, up = frame.x.pixel(place), frame.y.pixel(value)
        if frame.holds(across, up):
            half = ink.width(bars.words[index], SMALL, bold=strong) / 2
            across = max(across, frame.box.left + half + 0.15 * ink.em)
            yield ink.words(bars.words[index], across, up + GAP * ink.em, side="center", **look)  # type: ignore[arg-type]
        return
    across, up = min(frame.x.pixel(value), frame.box.right), frame.y.pixel(place)
    if frame.holds(across, up):
        base = up - SMALL * ink.capital / 2
        yield ink.words(bars.words[index], across + GAP * ink.em, base, **look)  # type: ignore[arg-type]
