"""A table on paper: heads over a line, rows without lines, numbers flush right, shares as bars behind the words."""

from collections.abc import Iterator, Sequence

from gui.export.flow.lines import lines
from gui.export.flow.look import HAIR, SMALL, Look, pale
from gui.export.flow.strip import (
    SAMPLE,
    THICK,
    Box,
    Counted,
    Mark,
    Strip,
    Stroke,
    Text,
    fitting,
    more_strip,
    title_strip,
)
from gui.export.flow.table import SMALLER, SMALLEST, Table, spans, table
from gui.export.page.ink import Ink
from gui.export.sheet import Cell, Grid
from gui.text import prose

LINE, ABOVE, BELOW = 1.25, 0.22, 0.23  # em: a line of a row, and what lies above and below all of its lines
BASE = 0.93  # em from the top of a line to its base line
HEAD_BELOW, AFTER_HEAD, LINES_ABOVE = 0.25, 0.2, 0.9  # em
BAR_ABOVE, CORNER = 0.1, 0.18  # em: between a bar and the top of its row; its corners
ROWS, COLUMNS = Counted("row", "rows"), Counted("column", "columns")


def strips(block: Grid, width: float, room: float, ink: Ink) -> tuple[Strip, ...]:
    """From the top, in `room` millimetres: in smaller type before rows are left out, as long as that keeps them all."""
    made, size = _set(block, width, ink, 1.0), SMALLER
    least = len(block.rows) * (LINE + ABOVE + BELOW) * ink.em
    shrunk = made
    while sum(strip.height for strip in shrunk) > room + HAIR and size >= SMALLEST and least * SMALLEST <= room:
        shrunk = _set(block, width, ink, size)
        size *= SMALLER
    return shrunk if sum(strip.height for strip in shrunk) <= room + HAIR else fitting(made, width, room, ROWS, ink)


def _set(block: Grid, width: float, ink: Ink, size: float) -> tuple[Strip, ...]:
    """All of it in type of that size, or smaller where there are many columns."""
    placed = table(block, width, ink, size)
    heads = _heads(placed) if any(block.heads) or block.lines else ()
    rows = (_row(placed, place) for place in range(len(block.rows)))
    left_out = len(block.heads) - len(placed.grid.heads)
    last = (more_strip(left_out, COLUMNS, width, ink),) if left_out else ()
    return (*title_strip(block.title, width, ink), *heads, *rows, *last)


def _heads(table: Table) -> tuple[Strip, ...]:
    """They stand on the line below them, and under samples of their runs' lines."""
    widths, em, line = table.columns.widths, table.em, LINE * SMALL.size * table.em
    broken = [
        _broken(head, widths[place] - 2 * table.pad(place), table.head, table.ink)
        for place, head in enumerate(table.grid.heads)
    ]
    above = LINES_ABOVE * em if any(colour for colour, _ in table.grid.lines) else 0.0
    high = above + max(map(len, broken), default=0) * line
    marks = list[Mark](_samples(table))
    for place, words in enumerate(broken):
        marks += _written(table, place, words, high - len(words) * line, table.head, "ink3")
    rule = high + HEAD_BELOW * em
    marks.append(Stroke(((0.0, rule), (table.columns.end, rule)), "edge"))
    return (Strip(rule + AFTER_HEAD * em, tuple(marks)),)


def _samples(table: Table) -> Iterator[Stroke]:
    middle, long = 0.4 * table.em, SAMPLE * table.em
    for place, (colour, dash) in enumerate(table.grid.lines[: len(table.columns.lefts)]):
        if colour:
            left, width = table.columns.lefts[place], table.columns.widths[place]
            start = left + max(0.0, width - long) if place in table.right else left
            yield Stroke(((start, middle), (start + min(width, long), middle)), colour, THICK, dash)


def _row(table: Table, number: int) -> Strip:
    """As high as its longest cell."""
    row = table.grid.rows[number][: len(table.grid.heads)]
    broken = [_broken(cell.text, table.room(row, at), table.look(cell), table.ink) for at, cell in enumerate(row)]
    marks = list[Mark]()
    if number in table.grid.ruled:
        marks.append(Stroke(((0.0, 0.0), (table.columns.end, 0.0)), "line"))
    for at, (cell, words) in enumerate(zip(row, broken, strict=True)):
        marks += _bar(table, at, cell)
        spanning = spans(table.grid, row, at)
        marks += _written(table, at, words, ABOVE * table.em, table.look(cell), cell.colour, spanning)
    return Strip((max(map(len, broken), default=1) * LINE + ABOVE + BELOW) * table.em, tuple(marks), 1)


def _bar(table: Table, place: int, cell: Cell) -> Iterator[Box]:
    """A whole one would fill the column. It is as pale as the words on it need."""
    share, em = min(max(cell.share or 0.0, 0.0), 1.0), table.em
    if share > 0:
        width = max(share * table.columns.widths[place], 2 * HAIR)
        high = (LINE + ABOVE + BELOW - 2 * BAR_ABOVE) * em
        colour = pale(table.ink, cell.bar, cell.colour)
        yield Box(table.columns.lefts[place], BAR_ABOVE * em, width, high, colour, CORNER * em)


def _broken(text: str, width: float, look: Look, ink: Ink) -> list[str]:
    """Words in lines of that many millimetres; at least one line."""
    text = prose(text)
    return [text[line.start : line.end] for line in lines(text, width, ink, look)] or [""]


def _written(
    table: Table, place: int, words: Sequence[str], top: float, look: Look, colour: str, spanning: bool = False
) -> Iterator[Text]:
    """The lines of one cell, from `top` millimetres down."""
    right = place in table.right and not spanning
    left, width = table.columns.lefts[place], table.columns.widths[place]
    pad = 0.0 if spanning else table.pad(place)
    x = left + width - pad if right else left + pad
    em = look.size * table.ink.em
    for number, line in enumerate(words):
        yield Text(x, top + (BASE + number * LINE) * em, line, look, colour, "right" if right else "left")
