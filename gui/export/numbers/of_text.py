"""The tables behind what is no plot: tokens, texts, tables as they stand, and many maps at once."""

from collections.abc import Iterator

import numpy as np

from gui.export.numbers.table import Column, Table, counted, table
from gui.export.sheet import Cell, Grid, Mosaic, Tiles, Words

DASHES = ("", "–", "—", "-", "…")  # a cell with nothing in it


def tiles_table(tiles: Tiles) -> Table:
    """A line for each token."""
    told = [(row, place, tile) for row, line in enumerate(tiles.rows) for place, tile in enumerate(line)]
    numbers = np.array([tile.number for _, _, tile in told], dtype=float)
    columns = [
        Column("row", np.array([row for row, _, _ in told], dtype=np.int64)),
        Column("place", np.array([place for _, place, _ in told], dtype=np.int64)),
        Column("token", tuple(tile.text for _, _, tile in told)),
    ]
    if len(tiles.names) == len(tiles.rows) and any(tiles.names):
        columns.insert(1, Column("name", tuple(tiles.names[row] for row, _, _ in told)))
    if np.isfinite(numbers).any():
        columns.append(Column("number", numbers, tiles.unit))
    elif any(tile.under for _, _, tile in told):
        columns.append(Column("under", tuple(tile.under for _, _, tile in told)))
    return table(tiles.title, columns)


def words_table(words: Words) -> Table:
    """A line for each paragraph; what all of them lack is left out."""
    parts = {
        "head": "head",
        "aside": "aside",
        "given": "lead",
        "text": "text",
        "given after": "after",
        "note": "remark",
    }
    columns = (
        Column(name, tuple(getattr(paragraph, field) for paragraph in words.paragraphs))
        for name, field in parts.items()
    )
    return table(words.title, (column for column in columns if column.name == "text" or any(column.values)))


def grid_table(grid: Grid) -> Table:
    """As it stands, its numbers in full."""
    heads = (column for place, head in enumerate(grid.heads) for column in cells_of(grid, place, head))
    return table(grid.title, heads)


def cells_of(grid: Grid, place: int, head: str) -> Iterator[Column]:
    """A column of numbers, of words, or both where it holds both."""
    cells = [row[place] if place < len(row) else Cell("") for row in grid.rows]
    name = head or f"column {place + 1}"
    numbers = np.array([np.nan if cell.number is None else cell.number for cell in cells], dtype=float)
    if any(cell.number is not None for cell in cells):
        yield Column(name, counted(numbers))
        name = f"{name}, in words"
        if all(cell.number is not None or cell.text in DASHES for cell in cells):
            return
    yield Column(name, tuple(cell.text for cell in cells))


def mosaic_table(mosaic: Mosaic) -> Table:
    """A line for each cell of each map."""
    down, across, row, column = (places.ravel() for places in np.indices(mosaic.values_RCYX.shape))
    return table(
        mosaic.title,
        (
            Column("map row", called(mosaic.rows, down)),
            Column("map column", called(mosaic.columns, across)),
            Column("row", row),
            Column("column", column),
            Column("value", np.asarray(mosaic.values_RCYX, dtype=float).ravel()),
        ),
    )


def called(names: tuple[str, ...], places: np.ndarray) -> np.ndarray | tuple[str, ...]:
    """The names of places, or the places themselves where they have none."""
    return tuple(names[place] for place in places) if len(names) > places.max(initial=-1) and names else places
