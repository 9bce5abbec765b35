"""A person's own files, one after another, each by the reader of its kind. They are only ever opened for reading."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType

from engine.corpus.document import Piece
from engine.corpus.kind import Kind
from engine.corpus.left_out import binary
from engine.corpus.listing import Entry, Found, one_of_many
from engine.corpus.notes import Notes
from engine.corpus.readers import html, json_lines, parquet, pdf, plain, table
from engine.corpus.readers.opened import Opened

Reader = Callable[[Opened], Iterator[Piece]]
READERS: MappingProxyType[Kind, Reader] = MappingProxyType(
    {
        "text": plain.read,
        "table": table.read,
        "json lines": json_lines.read,
        "parquet": parquet.read,
        "html": html.read,
        "pdf": pdf.read,
    }
)


def read(found: Found, notes: Notes) -> Iterator[Piece]:
    """All documents in order. Raises Trouble, UnsureEncoding among them; of many files, some may be left out."""
    before = 0
    for entry in found.files:
        with one_of_many(found, entry, notes):
            yield from _read(found, entry, before, notes)
        before += entry.facts.size


def _read(found: Found, entry: Entry, before: int, notes: Notes) -> Iterator[Piece]:
    with Opened(entry, found.place, before, notes) as file:
        kind = file.kind()
        if kind == "binary":
            raise binary()
        if found.is_folder and found.place.encoding and file.is_utf_8():
            file.place = replace(found.place, encoding="")  # it was chosen for those that are not
        yield from READERS[kind](file)
