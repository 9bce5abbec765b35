"""JSON Lines: each line is a record and a document, the text of one of its fields; or a text by itself."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from engine.corpus.document import Piece, document
from engine.corpus.notes import Notes
from engine.corpus.readers.column import beginning, field_of, value_of
from engine.corpus.readers.lines import lines
from engine.corpus.readers.opened import Opened


def read(file: Opened) -> Iterator[Piece]:
    """Lines that are no JSON, or have no text in that field, are left out and counted."""
    texts = lines(file.texts(), file.notes)
    first = list(_records(iter(beginning(texts, len)), file.notes))
    records = [record for record in first if isinstance(record, dict)]
    field = field_of(records, file.place.column, file.notes) if records else ""
    for record in chain(first, _records(texts, file.notes)):
        text = value_of(record, field) if isinstance(record, dict) else record
        if isinstance(text, str) and text.strip():
            yield from document(text, file.at)
        else:
            file.notes.add("line", "lines", "without text and left out")


def _records(texts: Iterator[str], notes: Notes) -> Iterator[Any]:
    for text in texts:
        if text.isspace():
            continue
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            notes.add("line", "lines", "no JSON and left out")
