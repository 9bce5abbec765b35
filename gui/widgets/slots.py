"""Where each byte of a sentence stands: columns of one width, as wide as there is room for."""

from collections.abc import Sequence

from gui.signs import Cell, signs
from gui.widgets.piece_cells import PieceCells

WIDE, NARROW = 17, 10.6  # pixels of a column at reading size


class Slots:
    """A character of several bytes is as wide as these need when they are shown one by one."""

    def __init__(self, finest: Sequence[Cell], look: PieceCells, room: float) -> None:
        whole = signs("".join(cell.piece for cell in finest))
        fair = room / max(1, len(whole))
        pitch = min(max(fair, NARROW * look.unit), WIDE * look.unit)
        self._edges = [0.0]
        for sign in whole:
            bytes_ = sign.end - sign.start
            wide = max(pitch, look.width(sign) + 2 * look.unit, look.byte_width() * bytes_ if bytes_ > 1 else 0.0)
            self._edges += [self._edges[-1] + wide * (at + 1) / bytes_ for at in range(bytes_)]

    @property
    def width(self) -> float:
        """Of the whole sentence."""
        return self._edges[-1]

    def edge(self, byte: int) -> float:
        """Pixels before this byte."""
        return self._edges[byte] if byte < len(self._edges) else self._edges[-1]
