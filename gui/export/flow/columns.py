"""How wide the columns of a table are: as wide as their words where there is room, else the widest give way first."""

from collections.abc import Sequence
from typing import NamedTuple

GAP, WIDEST_GAP = 1.4, 3.2  # em between two columns


class Column(NamedTuple):
    """What it wants, in millimetres, the least it can do with, and how much wider it may grow."""

    natural: float
    least: float
    most: float


class Columns(NamedTuple):
    """Left edges and widths in millimetres."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]

    @property
    def end(self) -> float:
        """Right edge of the table."""
        return self.lefts[-1] + self.widths[-1] if self.widths else 0.0


def columns(wanted: Sequence[Column], width: float, em: float) -> Columns:
    """In a table at most `width` millimetres wide; wider only where not even the least widths fit."""
    between = max(1, len(wanted) - 1)
    room = width - GAP * em * (len(wanted) - 1)
    widths = narrowed(wanted, room) if sum(one.natural for one in wanted) > room else grown(wanted, room)
    gap = min(GAP * em + max(0.0, room - sum(widths)) / between, WIDEST_GAP * em)
    lefts = tuple(sum(widths[:place]) + gap * place for place in range(len(widths)))
    return Columns(lefts, tuple(widths))


def narrowed(wanted: Sequence[Column], room: float) -> list[float]:
    """One bound for all that are wider, so that the sum is `room`; none gets less than its least."""
    low, high = 0.0, max(one.natural for one in wanted)
    for _ in range(50):  # halves the error each time
        bound = (low + high) / 2
        fits = sum(max(one.least, min(one.natural, bound)) for one in wanted) <= room
        low, high = (bound, high) if fits else (low, bound)
    return [max(one.least, min(one.natural, low)) for one in wanted]


def grown(wanted: Sequence[Column], room: float) -> list[float]:
    """What is left over goes to those that may grow, in equal parts."""
    growing = sum(one.most > one.natural for one in wanted)
    more = (room - sum(one.natural for one in wanted)) / max(1, growing)
    return [min(max(one.natural, one.most), one.natural + more) for one in wanted]
