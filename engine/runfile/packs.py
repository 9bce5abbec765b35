"""Full spans of rows once more, column by column, as they lie in memory: a million steps are read at once.

The rows stay what counts. Whoever changes one deletes the packs of its kind; they are made again.
"""

import sqlite3
import zlib
from math import inf
from typing import NamedTuple

import numpy as np

from engine.events import Event
from engine.recording import FIELDS, NUMBERS_ONLY
from engine.runfile.schema import asked, table

SPAN = 8192  # rows of a pack
ID, NUMBER = np.dtype("<i8"), np.dtype("<f8")


def pack(file: sqlite3.Connection, most: float = inf) -> bool:
    """Make up to `most` of the packs that are not there yet of full spans; whether there may be more."""
    for kind in NUMBERS_ONLY:
        while _pack_next(file, kind):
            most -= 1
            if most <= 0:
                return True
    return False


def _pack_next(file: sqlite3.Connection, kind: type[Event]) -> bool:
    name, fields = table(kind), list(FIELDS[kind])
    (last,) = file.execute('SELECT max(last) FROM packed WHERE kind = ? AND "column" = ?', (name, "id")).fetchone()
    query = f"SELECT id, {asked(name, fields)} FROM {name} WHERE id > ? ORDER BY id LIMIT {SPAN}"
    rows = file.execute(query, (-1 if last is None else last,)).fetchall()
    if len(rows) < SPAN:
        return False
    try:
        arrays = [np.array(values, NUMBER if place else ID) for place, values in enumerate(zip(*rows, strict=True))]
    except (ValueError, TypeError):  # what a stranger wrote there is no number; his rows are read as they are
        return False
    with file:
        for column, array in zip(("id", *fields), arrays, strict=True):
            _insert(file, name, column, (rows[0][0], rows[-1][0]), array)
    return True


def _insert(file: sqlite3.Connection, name: str, column: str, span: tuple[int, int], array: np.ndarray) -> None:
    data = array.tobytes()
    numbers = array[np.isfinite(array)]
    low, high = (float(numbers.min()), float(numbers.max())) if len(numbers) else (None, None)
    row = (name, column, *span, len(array), data, low, high, zlib.crc32(data))
    file.execute(f"INSERT INTO packed VALUES ({', '.join('?' * len(row))})", row)


class Packed(NamedTuple):
    """What is packed of one kind: so many rows, the last of them of that number."""

    rows: int
    last: int


def packed_of(file: sqlite3.Connection, kind: type[Event]) -> Packed:
    """Raises sqlite3.Error for a file that has none."""
    query = 'SELECT count(*), max(last) FROM packed WHERE kind = ? AND "column" = ?'
    packs, last = file.execute(query, (table(kind), "id")).fetchone()
    return Packed(packs * SPAN, last if packs else -1)


def unpack(file: sqlite3.Connection, kind: type[Event], column: str, into_R: np.ndarray) -> None:
    """All packs of a column, in their order. ValueError where they are damaged, or are not of R rows."""
    query = 'SELECT crc, data FROM packed WHERE kind = ? AND "column" = ? ORDER BY first'
    at, dtype = 0, ID if column == "id" else NUMBER
    for crc, data in file.execute(query, (table(kind), column)):
        if zlib.crc32(data) != crc:
            raise ValueError(f"a pack of {table(kind)} is damaged")
        into_R[at : at + SPAN] = np.frombuffer(data, dtype, SPAN)
        at += SPAN
    if at != len(into_R):
        raise ValueError(f"packs of {table(kind)} are missing")
