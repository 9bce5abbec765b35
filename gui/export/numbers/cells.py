"""Tables as CSV and TSV: points for decimals whatever the country, empty cells for NaN, and words that stay words."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.logs.cells_written import harmless
from gui.export.numbers.table import Column, Table

ROWS = 20_000  # written at a time
BREAKS = str.maketrans({"\t": "⇥", "\n": "↵", "\r": "␍"})  # a line of tabs has no room for them


def write(table: Table, path: Path, tabs: bool = False) -> Iterator[int]:
    """In UTF-8, a head and a line for each row. Yields how many rows were written."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file, delimiter="\t" if tabs else ",", lineterminator="\n")
        writer.writerow([word(column.head, tabs) for column in table.columns])
        for start in range(0, table.rows, ROWS):
            rows = slice(start, start + ROWS)
            writer.writerows(zip(*(cells(column, rows, tabs) for column in table.columns), strict=True))
            yield min(ROWS, table.rows - start)


def cells(column: Column, rows: slice, tabs: bool) -> list[Any]:
    """Numbers that read back as the very same, "" for NaN; words that no spreadsheet obeys."""
    if isinstance(column.values, tuple):
        return [word(value, tabs) for value in column.values[rows]]
    return ["" if value != value else value for value in column.values[rows].tolist()]


def word(text: str, tabs: bool) -> str:
    """On one line where tabs part the cells."""
    return harmless(text.translate(BREAKS) if tabs else text)
