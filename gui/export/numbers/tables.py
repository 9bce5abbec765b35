"""All tables behind a sheet, in its order: the first is what the figure is about."""

from collections.abc import Iterator
from typing import assert_never

from gui.export.numbers.of_plot import plot_tables
from gui.export.numbers.of_text import grid_table, mosaic_table, tiles_table, words_table
from gui.export.numbers.table import Table, distinct
from gui.export.sheet import Block, Grid, Mosaic, Plot, Sheet, Tiles, Words


def tables(sheet: Sheet, whole: bool = True) -> tuple[Table, ...]:
    """Every value, or those in the visible range; no two tables have one name. None of an empty sheet."""
    made: list[Table] = []
    for block in () if sheet.empty else sheet.blocks:
        for one in block_tables(block, whole):
            if one.columns and one.rows:
                made.append(one._replace(name=distinct(one.name or sheet.title, (other.name for other in made))))
    return tuple(made)


def block_tables(block: Block, whole: bool) -> Iterator[Table]:
    """Of one block."""
    match block:
        case Plot():
            yield from plot_tables(block, whole)
        case Tiles():
            yield tiles_table(block)
        case Words():
            yield words_table(block)
        case Grid():
            yield grid_table(block)
        case Mosaic():
            yield mosaic_table(block)
        case _:
            assert_never(block)
