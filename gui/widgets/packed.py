"""Where the pieces of a text stand when each takes as little room as it needs."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from gui.signs import Cell
from gui.widgets.piece_cells import PieceCells

LETTERS, SIDES = (1.2, 1.02), (3.5, 2.0)  # from one to the next; pixels beside a piece; each loose and squeezed


class Place(NamedTuple):
    """Of one piece, in pixels across."""

    left: float
    right: float
    edges: tuple[float, ...]  # where its signs begin, and where the last one ends


class Packed:
    """`squeeze` goes from 0 to 1, for a text that has little room."""

    def __init__(self, cells: Sequence[Cell], look: PieceCells, squeeze: float = 0.0) -> None:
        spacing, padding = (loose + squeeze * (close - loose) for loose, close in (LETTERS, SIDES))
        self.places: list[Place] = []
        left = 0.0
        self._ends = [cell.end for cell in cells]
        for cell in cells:
            edges = [left + padding * look.unit]
            for sign in cell.signs:
                wide = look.byte_width() if sign.byte else max(spacing * look.letter, look.width(sign))
                edges.append(edges[-1] + wide)
            self.places.append(Place(left, edges[-1] + padding * look.unit, tuple(edges)))
            left = self.places[-1].right

    def edge(self, byte: int) -> float:
        """The right end of the piece that holds the byte before this one."""
        return self.places[min(bisect_left(self._ends, byte), len(self.places) - 1)].right if self.places else 0.0

    @property
    def width(self) -> float:
        """Of all pieces together."""
        return self.places[-1].right if self.places else 0.0
