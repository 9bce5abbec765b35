"""What has no axes, drawn straight on the page: tokens, texts, tables, mosaics, each as high as need be or cut."""

from itertools import accumulate
from math import inf

from gui.export.flow import grid, mosaic, tiles, words
from gui.export.flow.calls import Names, drawn
from gui.export.flow.look import HAIR
from gui.export.flow.strip import Strip
from gui.export.page.drawing import Call
from gui.export.page.ink import Ink
from gui.export.paper import Paper
from gui.export.sheet import Grid, Mosaic, Tiles, Words

Flowing = Tiles | Words | Grid | Mosaic
Place = tuple[float, float, float, float]  # left, bottom, width, height in millimetres on the page


def height(block: Flowing, width: float, paper: Paper) -> float:
    """Millimetres that it needs where it is so many millimetres wide."""
    return sum(strip.height for strip in _strips(block, width, inf, Ink(paper)))


def calls(block: Flowing, box: Place, paper: Paper, names: Names) -> list[Call]:
    """From the top of the box. Where it is too low, a last line tells how much is left out."""
    left, bottom, width, high = box
    ink = Ink(paper)
    strips = _strips(block, width, high, ink)
    ends = accumulate(strip.height for strip in strips)
    inside = [strip for strip, end in zip(strips, ends, strict=True) if end <= high + HAIR]
    return drawn(inside, left, bottom + high, ink, names)


def _strips(block: Flowing, width: float, room: float, ink: Ink) -> tuple[Strip, ...]:
    match block:
        case Tiles():
            return tiles.strips(block, width, room, ink)
        case Words():
            return words.strips(block, width, room, ink)
        case Grid():
            return grid.strips(block, width, room, ink)
        case Mosaic():
            return mosaic.strips(block, width, room, ink)
