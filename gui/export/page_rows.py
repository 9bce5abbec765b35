"""The rows of a sheet: how high each is, and what stands in it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count

from gui.export.drawing import Call
from gui.export.flow_blocks import calls, height
from gui.export.page_ink import Ink
from gui.export.plot import plot_calls
from gui.export.plot_frame import Box
from gui.export.sheet import Block, Plot, Row

BETWEEN_ROWS, BESIDE = 1.1, 2.0  # em
LEAST_SHARE = 0.35  # of the page, for rows that share what text leaves free
FLATTEST = 0.45  # height of a plot in widths, where it may be as high as need be


def rows_calls(rows: Sequence[Row], box: Box, ink: Ink) -> Iterator[Call]:
    """All blocks, from the upper left corner on."""
    numbers, names = count(1), namer()
    for row, area in zip(rows, row_boxes(rows, box, ink), strict=True):
        for block, place in zip(row.blocks, block_boxes(row, area, ink), strict=True):
            if isinstance(block, Plot):
                yield from plot_calls(block, place, ink, f"plot{next(numbers)}")
            else:
                yield from calls(block, place, ink.paper, names)


def namer() -> Callable[[str], str]:
    """Fresh names: “heads1”, “heads2”."""
    numbers = count(1)
    return lambda kind: f"{kind}{next(numbers)}"


def row_boxes(rows: Sequence[Row], box: Box, ink: Ink) -> list[Box]:
    """Text is as high as it needs to be, as far as that leaves some room; the rest share what is free."""
    free = box.height - BETWEEN_ROWS * ink.em * (len(rows) - 1)
    needed = [0.0 if row.height else natural(row, box, ink) for row in rows]
    shares = sum(row.height for row in rows)
    most = free * (1 - LEAST_SHARE) if shares else free
    squeezed = min(1.0, most / sum(needed)) if sum(needed) else 1.0
    each = (free - squeezed * sum(needed)) / (shares or 1.0)
    boxes, top = list[Box](), box.top
    for row, fixed in zip(rows, needed, strict=True):
        high = max(1.0, row.height * each or squeezed * fixed)
        boxes.append(Box(box.left, top - high, box.width, high))
        top -= high + BETWEEN_ROWS * ink.em
    return boxes


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


def natural(row: Row, box: Box, ink: Ink) -> float:
    """Millimetres of the highest of its blocks."""
    places = block_boxes(row, box, ink)
    return max((_needed(block, place.width, ink) for block, place in zip(row.blocks, places, strict=True)), default=0.0)


def _needed(block: Block, width: float, ink: Ink) -> float:
    return FLATTEST * width if isinstance(block, Plot) else height(block, width, ink.paper)
