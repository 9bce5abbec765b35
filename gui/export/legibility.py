"""What of a sheet cannot be told apart in grey, worked out from what stands on it: a copier knows no colours."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from gui.export.eyesight import lightness, mixed
from gui.export.paper import Paper
from gui.export.sheet import Band, Bars, Curve, Heat, Mark, Mosaic, Plot, Points, Sheet

APART = 12.0  # L* by which two fills or lines of the same kind must differ
FROM_PAPER = 12.0  # L* by which anything must differ from the page
THICKER = 1.7  # times, for two lines that differ in nothing else


class Look(NamedTuple):
    """How a named mark looks, colours aside."""

    name: str
    kind: tuple[object, ...]
    width: float
    lightness: float


def lost_in_grey(sheet: Sheet, paper: Paper) -> str:
    """One sentence about the first thing a copy in grey would lose; empty where all stays readable."""
    for plot in sheet.plots:
        if lost := _lost(plot, paper):
            return lost
    maps = [mark.map for plot in sheet.plots for mark in plot.marks if isinstance(mark, Heat)]
    maps += [block.map for block in sheet.blocks if isinstance(block, Mosaic)]
    return "In grey, both ends of the colours look alike" if "diverging" in maps else ""


def _lost(plot: Plot, paper: Paper) -> str:
    page = lightness(paper.theme.panel)
    looks = [look for mark in plot.marks if _drawn(mark, paper) for look in _looks(mark, paper)]
    faint = (look.name for look in looks if abs(look.lightness - page) < FROM_PAPER)
    if name := next(faint, ""):
        return f"In grey, {name} fades into the page"
    for one, other in combinations(looks, 2):
        if one.name != other.name and _alike(one, other):
            return f"In grey, {one.name} and {other.name} look alike"
    return ""


def _alike(one: Look, other: Look) -> bool:
    thicker = max(one.width, other.width) >= THICKER * min(one.width, other.width)
    return one.kind == other.kind and not thicker and abs(one.lightness - other.lightness) < APART


def _looks(mark: Mark, paper: Paper) -> Iterator[Look]:
    """Of what a legend names."""
    match mark:
        case Curve(legend=True) if len(mark.x):
            kind = ("line", mark.dash, mark.ring)
            yield Look(mark.name, kind, mark.width, _lightness(mark.colour, mark.opacity, paper))
        case Points(legend=True, words=()) if len(mark.x):
            yield Look(mark.name, ("points", mark.shape, mark.filled), mark.radius, _lightness(mark.colour, 1, paper))
        case Bars(legend=True) if len(mark.values):
            yield Look(mark.name, ("fill",), 1, _lightness(mark.colour, 1, paper))
        case Band(legend=True) if len(mark.x):
            yield Look(mark.name, ("fill",), 1, _lightness(mark.colour, mark.opacity, paper))


def _lightness(colour: str, opacity: float, paper: Paper) -> float:
    named = paper.theme.tokens().get(colour, colour)
    return lightness(mixed(paper.theme.panel, named, opacity))


def _drawn(mark: Mark, paper: Paper) -> bool:
    return getattr(mark, "layer", "") not in paper.hidden or not getattr(mark, "layer", "")
