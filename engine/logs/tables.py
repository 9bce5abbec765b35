"""Reads CSV and TSV: the first row names the columns, an empty cell is a hole, as where validation is seldom."""

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

from engine.logs.cells import Cells, number
from engine.logs.lines import lines, opened
from engine.logs.log import Gathering
from engine.trouble import Trouble

DELIMITERS = ",;\t|"  # whichever the first line has most of
ROWS = 4096  # between two words about how far it is


def read(path: Path, gathering: Gathering) -> Iterator[int]:
    """Adds every number; yields bytes read so far, now and then. Trouble for what is no table."""
    with opened(path) as file:
        try:
            yield from _read(file, gathering)
        except csv.Error as error:
            raise Trouble(f"{path.name} is no table: {error}.", "Choose a CSV file.") from error


def _read(file: TextIO, gathering: Gathering) -> Iterator[int]:
    texts = lines(file)
    first = next(texts, "")
    delimiter = max(DELIMITERS, key=first.count)
    rows = csv.reader(chain([first], texts), delimiter=delimiter)
    names = [name.strip() for name in next(rows, [])]
    if not any(names) or all(number(name) is not None for name in names):
        raise Trouble(f"The first row of {Path(file.name).name} names no columns.", "Write their names above them.")
    cells = Cells(gathering, names)
    for count, row in enumerate(rows, 1):
        if delimiter == ";":
            row = [cell.replace(",", ".") for cell in row]  # as half of Europe writes numbers
        cells.take(dict(zip(names, row, strict=False)))
        if count % ROWS == 0:
            yield file.buffer.tell()
