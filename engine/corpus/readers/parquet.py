"""Parquet: each row is a document, the text of one column; read batch by batch, and only that column."""

from collections.abc import Iterator
from typing import Any

from engine.corpus.document import Piece
from engine.corpus.left_out import LeftOut, damaged, missing
from engine.corpus.notes import Notes
from engine.corpus.readers import arrow
from engine.corpus.readers.opened import Opened

BUFFER = 2**20  # bytes; without one, all of a column is held


def read(file: Opened) -> Iterator[Piece]:
    """LeftOut for what is damaged from the start; damaged groups of rows are counted. Needs pyarrow."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise missing("Parquet", "data") from error
    with file.whole().open("rb") as opened:
        try:
            table = ParquetFile(opened, buffer_size=BUFFER)
            names = arrow.text_columns(table.schema_arrow)
        except (ArrowException, OSError) as error:
            raise damaged() from error
        first = next(_batches(table, names, Notes()), None)
        if first is None:
            raise damaged() if table.metadata.num_rows else LeftOut("without any rows", "Choose another file.")
        column = arrow.column_chosen(first, file.place.column, file.notes)
        share = (file.end - file.before) / table.metadata.num_rows
        batches = _batches(table, [column], file.notes)
        yield from arrow.pieces(batches, column, lambda rows: file.before + int(share * rows), file.notes)


def _batches(table: Any, columns: list[str], notes: Notes) -> Iterator[Any]:
    """Of all groups of rows, each of them by itself."""
    from pyarrow import ArrowException

    for group in range(table.num_row_groups):
        try:
            yield from table.iter_batches(arrow.ROWS, row_groups=[group], columns=columns, use_threads=False)
        except (ArrowException, OSError):
            notes.add("group of rows", "groups of rows", "damaged and left out")
