"""Where the pieces of a text stand when each takes as little room as it needs."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from gui.signs import Cell
from gui.widgets.piece_cells import PieceCells

SPACING, PADDING = 1.2, 4.5  # letters from one to the next; pixels at reading size on both sides of a piece


class Place(NamedTuple):
    """Of one piece, in pixels across."""

    left: float
    right: float
    edges: tuple[float, ...]  # where its signs begin, and where the last one ends


class Packed:
    def __init__(self, cells: Sequence[Cell], look: PieceCells) -> None:
        self.places: list[Place] = []
        left = 0.0
        self._ends = [cell.end for cell in cells]
        for cell in cells:
            edges = [left + PADDING * look.unit]
            for sign in cell.signs:
                wide = look.byte_width() if sign.byte else max(SPACING * look.letter, look.width(sign) + 2 * look.unit)
                edges.append(edges[-1] + wide)
            self.places.append(Place(left, edges[-1] + PADDING * look.unit, tuple(edges)))
            left = self.places[-1].right

    def edge(self, byte: int) -> float:
        """The right end of the piece that holds the byte before this one."""
        return self.places[min(bisect_left(self._ends, byte), len(self.places) - 1)].right if self.places else 0.0

    @property
    def width(self) -> float:
        """Of all pieces together."""
        return self.places[-1].right if self.places else 0.0
