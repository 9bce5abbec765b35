"""CSV and TSV: each row is a document, the text of one column. The first row names the columns."""

import csv
from collections.abc import Iterator
from itertools import chain

from engine.corpus.document import Piece, document
from engine.corpus.notes import Notes
from engine.corpus.readers.column import beginning, column_of
from engine.corpus.readers.lines import LONGEST, lines
from engine.corpus.readers.opened import Opened

DELIMITERS = ",;\t|"  # whichever the first line has most of


def read(file: Opened) -> Iterator[Piece]:
    """Rows of another length than the first one are left out and counted."""
    rows = _rows(lines(file.texts(), file.notes), file.notes)
    first = beginning(rows, lambda row: sum(map(len, row)))
    if not first:
        return
    names, place = first[0], _number(file.place.column, first[0])
    if place is None:
        whole = [row for row in first[1:] if len(row) == len(names)]
        place = column_of(names, whole, file.place.column, file.notes)
        del first[0]
    for row in chain(first, rows):
        if len(row) != len(names):
            file.notes.add("row", "rows", "not as long as the first one and left out")
        elif not row[place].strip():
            file.notes.add("row", "rows", "without text and left out")
        else:
            yield from document(row[place], file.at)


def _number(chosen: str, names: list[str]) -> int | None:
    """A column that was chosen by its number, from 1 on: then the first row is text like the others."""
    numbers = {str(number): number - 1 for number in range(1, len(names) + 1)}
    return None if chosen in names else numbers.get(chosen)


def _rows(texts: Iterator[str], notes: Notes) -> Iterator[list[str]]:
    first = next(texts, "")
    csv.field_size_limit(LONGEST)  # of the whole process, but always the same
    rows = csv.reader(chain([first], texts), delimiter=max(DELIMITERS, key=first.count))
    while True:
        try:
            if row := next(rows):
                yield row
        except csv.Error:
            notes.add("row", "rows", "damaged and left out")
        except StopIteration:
            return
