"""All maps of a mosaic as one image, as on screen: rows downward, columns to the right, the chosen one framed."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

import numpy as np

from gui.export.flow.look import SMALL, SMALL_BOLD, Look, wide
from gui.export.flow.strip import Image, Mark, Strip, Stroke, Text, title_strip
from gui.export.page.ink import Ink
from gui.export.paper import MM_PER_INCH
from gui.export.plot.heat import coloured, dots, rgb
from gui.export.sheet import Heat, Mosaic
from gui.widgets.head_mosaic import gap_cells
from gui.widgets.thinning import thinned

LARGEST = 9.0  # em of the side of a map where there is more room than that
AFTER_NAME, NAMES, BELOW = 0.6, 1.35, 0.35  # em: beside the names of rows; height of those of columns; below all
RING = 2.0  # pixels


class Places(NamedTuple):
    """Millimetres from the block's corner to the first map, of a map, and from one map to the next."""

    left: float
    top: float
    width: float
    height: float
    across: float
    down: float


def strips(block: Mosaic, width: float, room: float, ink: Ink) -> tuple[Strip, ...]:
    """From the top, in `room` millimetres: maps shrink until all have room."""
    title = title_strip(block.title, width, ink)
    if not block.values_RCYX.size:
        return title
    shrunk = _shrunk(block, width, ink)
    places = _places(shrunk, width, room - sum(strip.height for strip in title), ink)
    if places.width <= 0:
        return title
    rows = shrunk.values_RCYX.shape[0]
    high = places.top + (rows - 1) * places.down + places.height + BELOW * ink.em
    return (*title, Strip(high, tuple(_marks(shrunk, places, ink))))


def _shrunk(block: Mosaic, width: float, ink: Ink) -> Mosaic:
    """As few cells as can be printed; each is the strongest of those it stands for."""
    _, columns, Y, X = block.values_RCYX.shape
    dots = max(1.0, width / columns / MM_PER_INCH * ink.paper.dpi)
    size = ceil(max(Y, X) / dots)
    return block if size == 1 else block._replace(values_RCYX=strongest(block.values_RCYX, size))


def strongest(values_RCYX: np.ndarray, size: int) -> np.ndarray:
    """Of each square of `size` by `size` cells the value that is farthest from 0; NaN where all are masked."""
    filled = np.nan_to_num(values_RCYX, nan=0.0)
    peaks, dips = (_blocks(np.fmax, filled, size), _blocks(np.fmin, filled, size))
    seen = _blocks(np.fmax, values_RCYX, size)
    return np.where(np.isnan(seen), np.nan, np.where(peaks >= -dips, peaks, dips))


def _blocks(what: np.ufunc, values_RCYX: np.ndarray, size: int) -> np.ndarray:
    """What is left of each square of cells; those at the far edges may be smaller."""
    Y, X = values_RCYX.shape[2:]
    rows = what.reduceat(values_RCYX, np.arange(0, Y, size), axis=2)
    return np.asarray(what.reduceat(rows, np.arange(0, X, size), axis=3))


def _places(block: Mosaic, width: float, room: float, ink: Ink) -> Places:
    """As large as width and room allow."""
    rows, columns, Y, X = block.values_RCYX.shape
    gap = gap_cells(max(Y, X))
    names = max((wide(name, ink, SMALL_BOLD) for name in block.rows), default=0.0)
    left = names + AFTER_NAME * ink.em if names else ink.mm(RING)
    top = NAMES * ink.em if any(block.columns) else ink.mm(RING)
    wide_cells, high_cells = columns * X + (columns - 1) * gap, rows * Y + (rows - 1) * gap
    free = room - top - BELOW * ink.em
    cell = min((width - left - ink.mm(RING)) / wide_cells, free / high_cells, LARGEST * ink.em / max(Y, X))
    return Places(left, top, X * cell, Y * cell, (X + gap) * cell, (Y + gap) * cell)


def _marks(block: Mosaic, places: Places, ink: Ink) -> Iterator[Mark]:
    rows, columns = block.values_RCYX.shape[:2]
    width = (columns - 1) * places.across + places.width
    height = (rows - 1) * places.down + places.height
    yield Image(places.left, places.top, width, height, _enlarged(image(block, ink), width, ink))
    if block.chosen:
        yield _ring(*block.chosen, places, ink)
    yield from _names(block, places, ink)


def _ring(row: int, column: int, places: Places, ink: Ink) -> Stroke:
    """Around the chosen map, on top of its neighbours where they are close; its corners are joined, not ended."""
    left, top = places.left + column * places.across, places.top + row * places.down
    left, top, out = left - ink.mm(RING) / 2, top - ink.mm(RING) / 2, ink.mm(RING)
    right, below = left + places.width + out, top + places.height + out
    corners = (left, top), (right, top), (right, below), (left, below)
    return Stroke((*corners, *corners[:2]), "accent", RING)


def image(block: Mosaic, ink: Ink) -> np.ndarray:
    """All maps with gaps of the page between them, uint8 of shape YX3: opaque, for EPS knows nothing else."""
    rows, columns, Y, X = block.values_RCYX.shape
    gap = gap_cells(max(Y, X))
    maps = coloured(block.values_RCYX, Heat("", block.values_RCYX, block.low, block.high, map=block.map), ink)
    framed = np.empty((rows, columns, Y + gap, X + gap, 3), np.uint8)
    framed[:] = rgb(ink.page)
    framed[:, :, :Y, :X] = maps
    return framed.transpose(0, 2, 1, 3, 4).reshape(rows * (Y + gap), columns * (X + gap), 3)[:-gap, :-gap]


def _enlarged(image_YX3: np.ndarray, width: float, ink: Ink) -> np.ndarray:
    """As wide as the mosaic."""
    fine = dots(width, image_YX3.shape[1], ink)
    return image_YX3.repeat(fine, 0).repeat(fine, 1)


def _names(block: Mosaic, places: Places, ink: Ink) -> Iterator[Text]:
    """As many as do not touch; the chosen one always, and stronger."""
    row, column = block.chosen or (None, None)
    middle = places.left + places.width / 2
    for place in _shown(block.columns, places.across, ink, column):
        look, colour = (SMALL_BOLD, "ink") if place == column else (SMALL, "ink3")
        name, base = block.columns[place], places.top - 0.55 * ink.em
        aside = _aside(name, look, ink) if place == 0 and len(block.columns) > 1 else 0.0
        at = max(middle + place * places.across - aside, wide(name, ink, look) / 2)
        yield Text(at, base, name, look, colour, "center")
    for place in thinned(len(block.rows), places.down, SMALL.size * ink.line, row):
        look, colour = (SMALL_BOLD, "ink") if place == row else (SMALL, "ink3")
        base = places.top + place * places.down + places.height / 2 + 0.36 * SMALL.size * ink.em
        yield Text(places.left - AFTER_NAME * ink.em, base, block.rows[place], look, colour, "right")


def _aside(name: str, look: Look, ink: Ink) -> float:
    """Millimetres by which "head 1" is moved to the left, so that its number stands over its map as the others do."""
    return (wide(name, ink, look) - wide(name.split(" ")[-1], ink, look)) / 2


def _shown(names: Sequence[str], pitch: float, ink: Ink, chosen: int | None) -> list[int]:
    """The first may be longer ("head 1") than those after it."""
    widest = max((wide(name, ink, SMALL_BOLD) for name in names[1:]), default=0.0)
    return thinned(len(names), pitch, widest + 0.5 * ink.em, chosen)
