"""Which column of a table, or field of a record, is the text: the one a person chose, else the likeliest, and said."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from engine.corpus.left_out import LeftOut
from engine.corpus.notes import Notes
from engine.corpus.place import shown

R = TypeVar("R")
USUAL = ("text", "content", "body", "article", "document", "story", "message", "sentence")
COMPARED, ENOUGH = 100, 1_000_000  # rows, and characters, that are looked at to find the likeliest
DEPTH = 4  # records within records


def beginning(rows: Iterator[R], size: Callable[[R], int]) -> list[R]:
    """The first rows, taken from the iterator: few enough to be held."""
    first: list[R] = []
    room = ENOUGH
    while len(first) < COMPARED and room > 0 and (row := next(rows, None)) is not None:
        first.append(row)
        room -= size(row)
    return first


def column_of(names: Sequence[str], rows: Sequence[Sequence[object]], chosen: str, notes: Notes) -> int:
    """The place of the column, from some rows in the order of `names`; LeftOut where there is none."""
    if chosen:
        return _chosen(names, chosen)
    plain = [name.strip().lower() for name in names]
    usual = next((plain.index(name) for name in USUAL if name in plain), None)
    lengths = [sum(len(cell) for row in rows if isinstance(cell := row[at], str)) for at in range(len(names))]
    if not any(lengths):
        raise LeftOut("without any text in its columns", "Choose another file.")
    place = lengths.index(max(lengths)) if usual is None else usual
    if len(names) > 1:
        notes.add("file", "files", f"read by its column “{shown(names[place])}”, one of {len(names):,}")
    return place


def field_of(records: Sequence[Mapping[str, Any]], chosen: str, notes: Notes) -> str:
    """The name of the field, a.b for one within another, from some records; LeftOut where there is none."""
    flat = [dict(leaves(record)) for record in records]
    names = list(dict.fromkeys(name for record in flat for name in record))
    return names[column_of(names, [[record.get(name) for name in names] for record in flat], chosen, notes)]


def leaves(record: Mapping[str, Any], within: str = "", depth: int = DEPTH) -> Iterator[tuple[str, Any]]:
    """The values of a record by their names, those of records within it by a.b."""
    for name, value in record.items():
        if isinstance(value, dict) and depth:
            yield from leaves(value, f"{within}{name}.", depth - 1)
        else:
            yield f"{within}{name}", value


def value_of(record: Mapping[str, Any], name: str) -> Any:
    """What stands in a field, a.b for one within another; None if there is none."""
    if name in record:
        return record[name]
    before, _, after = name.partition(".")
    inner = record.get(before)
    return value_of(inner, after) if after and isinstance(inner, dict) else None


def _chosen(names: Sequence[str], chosen: str) -> int:
    if chosen in names:
        return names.index(chosen)
    have = ", ".join(shown(name) for name in names[:20])
    raise LeftOut(f"without a column “{shown(chosen)}”", f"Choose one of these: {have}.")
