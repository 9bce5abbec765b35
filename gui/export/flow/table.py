"""The columns of a table on paper: which hold numbers, which hold bars, how wide each is, and in how large a type."""

from collections.abc import Iterator
from typing import NamedTuple

from gui.export.flow.columns import Column, Columns, columns
from gui.export.flow.look import HAIR, SMALL, Look, wide
from gui.export.page.ink import Ink
from gui.export.sheet import Cell, Grid
from gui.text import one_line

PAD = 0.4  # em beside words that stand on a bar
BAR, LONGEST_BAR = 6.0, 14.0  # em: the least of a whole bar, and how far it may grow
WORDS, LONGEST_WORD = 9.0, 11.0  # em that a column of words should keep; a word that is longer may be broken
GOOD, SMALLEST, SMALLER = 0.85, 0.65, 0.92  # of the type: so small rather than narrow; the least; in what steps


class Table(NamedTuple):
    """A grid with its columns in their places, in `width` millimetres. `size` of its type is a share of the paper's."""

    grid: Grid
    width: float
    columns: Columns
    bars: frozenset[int]  # columns with bars behind their words
    right: frozenset[int]  # columns that are flush right
    size: float
    ink: Ink

    @property
    def em(self) -> float:
        """Millimetres."""
        return self.size * self.ink.em

    @property
    def head(self) -> Look:
        return Look(self.size * SMALL.size)

    def look(self, cell: Cell) -> Look:
        return Look(self.size, cell.mono, cell.bold)

    def pad(self, place: int) -> float:
        """Millimetres beside the words of a column."""
        return PAD * self.em if place in self.bars else 0.0

    def room(self, row: tuple[Cell, ...], place: int) -> float:
        """Millimetres for the words of a cell."""
        if spans(self.grid, row, place):
            return self.width - self.columns.lefts[place]
        return self.columns.widths[place] - 2 * self.pad(place)


def table(grid: Grid, width: float, ink: Ink, size: float = 1.0) -> Table:
    """At most `width` millimetres wide: in smaller type where there are many columns, without the last if need be."""
    fitting, most = 1, len(grid.heads)
    while fitting < most:  # halves what is in question each time
        count = (fitting + most + 1) // 2
        fits = _placed(_first(grid, count), width, ink, size).columns.end <= width + HAIR
        fitting, most = (count, most) if fits else (fitting, count - 1)
    return _placed(_first(grid, fitting), width, ink, size)


def _first(grid: Grid, count: int) -> Grid:
    """With so many columns."""
    return grid._replace(heads=grid.heads[:count], rows=tuple(row[:count] for row in grid.rows))


def _placed(grid: Grid, width: float, ink: Ink, size: float) -> Table:
    """With all its columns, in the largest type in which they have room, or the smallest there is."""
    for kept, smallest in ((WORDS, GOOD), (0.0, SMALLEST)):
        share = size
        while share >= min(smallest, size):
            made = _whole(grid, width, ink, share, kept)
            if made.columns.end <= width + HAIR:
                return made
            share *= SMALLER
    return made


def _whole(grid: Grid, width: float, ink: Ink, size: float, kept: float) -> Table:
    """With all its columns; those of words keep so many em."""
    places = range(len(grid.heads))
    bars = frozenset(place for place in places if any(cell.share is not None for cell in column(grid, place)))
    numbers = frozenset(place for place in bars if all(is_number(cell.text) for cell in column(grid, place)))
    made = Table(grid, width, Columns((), ()), bars, frozenset(grid.right) | numbers, size, ink)
    return made._replace(columns=columns([_wanted(made, place, kept) for place in places], width, made.em))


def column(grid: Grid, place: int) -> Iterator[Cell]:
    """Its cells, without those that go on over other columns."""
    return (row[place] for row in grid.rows if place < len(row) and not spans(grid, row, place))


def spans(grid: Grid, row: tuple[Cell, ...], place: int) -> bool:
    """Whether a cell goes on to the end of the table."""
    return place == len(row) - 1 and len(row) < len(grid.heads)


def is_number(text: str) -> bool:
    """A number with its unit, or no word at all."""
    return not text or text.lstrip("<>+−-–").lstrip()[:1].isdigit() or not any(map(str.isalpha, text))


def _wanted(table: Table, place: int, kept: float) -> Column:
    """Numbers are never broken, words only between words."""
    em, ink, pad = table.em, table.ink, 2 * table.pad(place)
    head = one_line(table.grid.heads[place])
    told = [(one_line(cell.text), table.look(cell)) for cell in column(table.grid, place)]
    cells = [wide(text, ink, look) + pad for text, look in told]
    words = [wide(word, ink, look) + pad for text, look in told for word in text.split()]
    heads = [wide(word, ink, table.head) + pad for word in head.split()]
    bar = BAR * em if place in table.bars else 0.0
    natural = max([bar, wide(head, ink, table.head) + pad, *cells])
    kept = max(min(max(words, default=0.0), LONGEST_WORD * em), kept * em)
    least = max([bar, *heads, *cells]) if place in table.right else max([bar, *heads, kept])
    return Column(natural, min(least, natural), LONGEST_BAR * em if place in table.bars else natural)
