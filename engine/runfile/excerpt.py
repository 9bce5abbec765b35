"""The beginning of a run file as a run file of its own: rows are carried over as they lie there, none is unpacked.

What counts is what a recording of the parent would hold had it gone back to that step: `Recording.add`, as SQL.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from engine.events import KINDS, Event, Rewound, Saved, Started, Stepped
from engine.rewinds import ENDING, LAST, Span, spans
from engine.runfile.database import ASIDE, INSERTIONS, rows_of
from engine.runfile.guard import DAMAGE, Guarded, connect, real_columns
from engine.runfile.packs import pack
from engine.runfile.schema import FILE_NAME, lay_out, require_schema, table
from engine.runfile.values import packed
from engine.trouble import Trouble


class Parent:
    """The run file that is read. Whatever is wrong with it is Trouble, so that it is not taken for the disk's fault."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.columns: Mapping[str, set[str]] = {}
        try:
            self._file: Guarded = connect(path)
            self.columns = real_columns(self._file)
            require_schema(self._file)
        except DAMAGE as error:
            raise self._damaged(error) from error

    def rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._file.execute(query, values)
        except DAMAGE as error:
            raise self._damaged(error) from error

    def close(self) -> None:
        self._file.close()

    def _damaged(self, error: BaseException) -> Trouble:
        return Trouble(f"{self._path} is damaged or no run file: {error}.", "Choose another run.")


def copy_until(parent: Path, step: int, folder: Path, then: Sequence[Event] = ()) -> int:
    """Make the run file of `folder`: all that counts of the run in `parent` up to `step`, and `then`.

    The last step that was found, made or gone on from. Raises Trouble for what is no run file, OSError or sqlite3.Error
    where it cannot be written; no run file is left then.
    """
    aside = folder / f"{FILE_NAME}{ASIDE}"
    with closing(Parent(parent / FILE_NAME)) as source, closing(sqlite3.connect(aside)) as file:
        lay_out(file, "DELETE")
        parts, saved = spans_of(source, step), number_of_save(source, step)
        with file:
            for kind in KINDS:
                if kind not in (Rewound, Saved):  # it leads along one way, and `then` tells what is saved
                    _carry_over(source, file, kind, parts, saved)
            found = _reached(file)
            _append(file, then)
        pack(file)
    aside.rename(folder / FILE_NAME)
    return found


def spans_of(source: Parent, step: int) -> list[Span]:
    """What counts of it up to a step, oldest first."""
    whole = "typeof(step) = 'integer'"  # as it is in all runs but those that a stranger made
    return spans(source.rows(f"SELECT id, step FROM {table(Rewound)} WHERE {whole} ORDER BY id DESC"), step)


def number_of_save(source: Parent, step: int) -> int:
    """Of the event that told of the checkpoint; what happened at that very step after it is not in the checkpoint."""
    ((found,),) = source.rows(f"SELECT max(id) FROM {table(Saved)} WHERE step = ?", (step,))
    return int(found or LAST)


def _carry_over(source: Parent, file: sqlite3.Connection, kind: type[Event], parts: Sequence[Span], saved: int) -> None:
    there = source.columns.get(table(kind))
    if not there:
        return
    names = [field.name for field in fields(kind)]
    lacking = [
        packed(field.default) for field in fields(kind) if field.name not in there and field.default is not MISSING
    ]
    found = ", ".join(("id", *(f'{table(kind)}."{name}"' if name in there else "?" for name in names)))
    for part in parts:
        query = f"SELECT {found} FROM {table(kind)} WHERE {_where(kind, part, saved, parts[-1].until)} ORDER BY id"
        file.executemany(INSERTIONS[kind], source.rows(query, lacking))


def _where(kind: type[Event], part: Span, saved: int, last: int) -> str:
    """Of the last step, only what happened before it was saved."""
    within = f"id > {part.after} AND id < {part.before}"
    counts = f"step {'<' if kind in ENDING else '<='} {part.until}"
    return f"{within} AND {counts} AND (step < {last} OR id <= {saved})"


def _reached(file: sqlite3.Connection) -> int:
    """A run that was killed may go on from a checkpoint whose last steps were never written down."""
    lasts = (file.execute(f"SELECT max(step) FROM {table(kind)}").fetchone()[0] for kind in (Stepped, Started))
    return max(int(last or 0) for last in lasts)


def _append(file: sqlite3.Connection, events: Sequence[Event]) -> None:
    numbers = (file.execute(f"SELECT max(id) FROM {table(kind)}").fetchone()[0] for kind in KINDS)
    last = max(int(number or 0) for number in numbers)
    for kind, rows in rows_of(events, last + 1).items():
        file.executemany(INSERTIONS[kind], rows)
