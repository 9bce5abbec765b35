"""Tables as pyarrow holds them, in Parquet files and data sets: each row is a document, the text of one column."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from engine.corpus.document import Piece, document
from engine.corpus.left_out import LeftOut, damaged
from engine.corpus.notes import Notes
from engine.corpus.readers.column import field_of, value_of

ROWS = 100  # taken at a time; a row may be long


def text_columns(schema: Any) -> list[str]:
    """The columns that are text, or records that may hold some; LeftOut if there are none."""
    names = [field.name for field in schema if _may_hold_text(field.type)]
    if not names:
        raise LeftOut("without any column of text", "Choose another file.")
    return names


def _may_hold_text(kind: Any) -> bool:
    from pyarrow import types

    plain = kind.value_type if types.is_dictionary(kind) else kind
    return bool(types.is_string(plain) or types.is_large_string(plain) or types.is_struct(plain))


def column_chosen(first: Any, chosen: str, notes: Notes) -> str:
    """The name of the column, a.b for a field within a record, from a first batch of all that may be text."""
    records = list(_records(first, Notes()))
    if not records:
        raise damaged()
    return field_of(records, chosen, notes)


def outer(column: str, names: list[str]) -> str:
    """The one of the columns that this is, or is a part of."""
    return column if column in names else column.partition(".")[0]


def pieces(batches: Iterable[Any], column: str, at: Callable[[int], int], notes: Notes) -> Iterator[Piece]:
    """The documents in batches of rows; `at` tells from a number of rows how many bytes were read."""
    rows = 0
    for batch in batches:
        for record in _records(batch, notes):
            text = value_of(record, column)
            if isinstance(text, str) and text.strip():
                yield from document(text, at(rows))
            else:
                notes.add("row", "rows", "without text and left out")
        rows += batch.num_rows


def _records(batch: Any, notes: Notes) -> Iterator[dict[str, Any]]:
    """Its rows but those that are damaged: pyarrow looks wherever they point, inside the memory or not."""
    if _is_sound(batch):
        yield from batch.to_pylist()
        return
    for row in (batch.slice(number, 1) for number in range(batch.num_rows)):
        if _is_sound(row):
            yield from row.to_pylist()
        else:
            notes.add("row", "rows", "damaged and left out")


def _is_sound(rows: Any) -> bool:
    from pyarrow import ArrowException

    try:
        rows.validate(full=True)
    except ArrowException:
        return False
    return True
