"""How wide blocks beside each other are, and how high each has to be."""

from gui.export.flow.blocks import height
from gui.export.page.ink import Ink
from gui.export.plot.frame import Box
from gui.export.plot.legend import ROW, WIDEST, entries, rows_of
from gui.export.sheet import Block, Mosaic, Plot, Row

BETWEEN_ROWS, BESIDE = 1.1, 2.0  # em
PLOT, AROUND, NAME = 9.0, 5.0, 1.2  # em: height between the axes, around them, and of a name
MOST_NAMES, MOST_WORDS = 24, 30  # names, and em of a text, that are asked for
INSIDE = 4  # lines whose legend has room between the axes


def block_boxes(row: Row, area: Box, ink: Ink) -> list[Box]:
    """Beside each other, as wide as their shares."""
    widths = row.widths if len(row.widths) == len(row.blocks) else (1.0,) * len(row.blocks)
    free = max(1.0, area.width - BESIDE * ink.em * (len(row.blocks) - 1))
    boxes, left = list[Box](), area.left
    for share in widths:
        wide = free * share / sum(widths)
        boxes.append(area._replace(left=left, width=wide))
        left += wide + BESIDE * ink.em
    return boxes


def row_needed(row: Row, box: Box, ink: Ink) -> float:
    """Millimetres of the highest of its blocks."""
    places = block_boxes(row, box, ink)
    needs = (block_needed(block, place.width, ink) for block, place in zip(row.blocks, places, strict=True))
    return max(needs, default=0.0)


def block_needed(block: Block, width: float, ink: Ink) -> float:
    """Millimetres."""
    if not isinstance(block, Plot):
        most = 2 * width if isinstance(block, Mosaic) else MOST_WORDS * ink.em
        return min(height(block, width, ink.paper), max(most, 1.0))
    if block.square:
        return 0.85 * width
    heading = 1.7 if block.title else 0.0
    axes = max(PLOT, NAME * min(len(block.y.names), MOST_NAMES)) + AROUND
    return (axes + heading) * ink.em + legend(block, width, ink)


def legend(plot: Plot, width: float, ink: Ink) -> float:
    """Millimetres over the axes, of one that names many lines."""
    named = entries(plot, ink, WIDEST * width)
    return ROW * ink.em * len(rows_of(named, WIDEST * width, ink)) if len(named) > INSIDE else 0.0
