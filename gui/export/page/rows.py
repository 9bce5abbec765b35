"""The rows of a sheet: how high each is, and what stands in it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count

from gui.export.flow.blocks import calls, height
from gui.export.page.drawing import Call
from gui.export.page.ink import Ink
from gui.export.page.needs import BETWEEN_ROWS, block_boxes, block_needed, row_needed
from gui.export.plot.frame import Box
from gui.export.plot.plot import plot_calls
from gui.export.sheet import Block, Plot, Row

LEAST_SHARE = 0.35  # of the page, for rows that share what text leaves free


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
    free = max(1.0, box.height - BETWEEN_ROWS * ink.em * (len(rows) - 1))
    shares = sum(row.height for row in rows)
    sharing = sum(row_needed(row, box, ink) for row in rows if row.height)
    most = free - min(LEAST_SHARE * free, sharing) if shares else free
    fixed = levelled([0.0 if row.height else natural(row, box, ink) for row in rows], most)
    each = (free - sum(fixed)) / (shares or 1.0)
    boxes, top = list[Box](), box.top
    for row, wanted in zip(rows, fixed, strict=True):
        high = max(1.0, row.height * each or wanted)
        boxes.append(Box(box.left, top - high, box.width, high))
        top -= high + BETWEEN_ROWS * ink.em
    return boxes


def levelled(wanted: Sequence[float], most: float) -> list[float]:
    """All that is wanted, or the highest cut to the same level, so that together they are no more than `most`."""
    level, rest = max(wanted, default=0.0), most
    for place, size in enumerate(sorted(wanted)):
        level = rest / (len(wanted) - place)
        if size > level:
            break
        rest, level = rest - size, max(wanted)
    return [min(size, level) for size in wanted]


def natural(row: Row, box: Box, ink: Ink) -> float:
    """Millimetres of the highest of its blocks."""
    places = block_boxes(row, box, ink)
    return max((_whole(block, place.width, ink) for block, place in zip(row.blocks, places, strict=True)), default=0.0)


def _whole(block: Block, width: float, ink: Ink) -> float:
    return block_needed(block, width, ink) if isinstance(block, Plot) else height(block, width, ink.paper)
