"""Rows of a table read as far as they can be: around pages that are damaged."""

import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from engine.runfile.schema import asked

AT_ONCE = 4096  # rows
HIGHEST = 2**62  # number of a row

Row = tuple[Any, ...]


class Salvage:
    """`damaged` is whether anything had to be passed over."""

    def __init__(self, file: sqlite3.Connection, table: str, columns: list[str]) -> None:
        self._query = f"SELECT id, {asked(table, columns)} FROM {table} WHERE id > ? ORDER BY id LIMIT ?"
        self._file, self._table = file, table
        self.damaged = False

    def rows(self, after: int = -1) -> Iterator[Row]:
        """Numbered rows in their order, of those after a number."""
        at_once = AT_ONCE
        while True:
            found = self._read(after, at_once)
            if found is None and at_once > 1:
                at_once = 1
            elif found is None:
                after = self._leap(after)
                if after >= HIGHEST:
                    return
            else:
                yield from found
                if len(found) < at_once:
                    return
                after, at_once = found[-1][0], min(AT_ONCE, at_once * 2)

    def next(self, after: int) -> list[Row]:
        """The one row after a number; none where there is none, or where it cannot be read."""
        return self._read(after, 1) or []

    def count(self) -> int:
        """Of all that are there; 0 where they cannot be counted."""
        return self._asked("count(*)")

    def highest(self) -> int:
        """The number of the last row; 0 where it cannot be found."""
        return self._asked("max(id)")

    def _asked(self, what: str) -> int:
        try:
            return int(self._file.execute(f"SELECT {what} FROM {self._table}").fetchone()[0] or 0)
        except sqlite3.DatabaseError:
            self.damaged = True
            return 0

    def _read(self, after: int, most: int) -> list[Row] | None:
        """None where it cannot be."""
        try:
            found = self._file.execute(self._query, (after, most)).fetchall()
            if all(one[0] < other[0] for one, other in pairwise([(after,), *found])):
                return found
        except sqlite3.DatabaseError:
            pass
        self.damaged = True
        return None

    def _leap(self, after: int) -> int:
        """The number behind the damage: the nearest after which something can be read again."""
        far = 1
        while self._read(after + far, 1) is None:
            far *= 2
            if after + far >= HIGHEST:
                return HIGHEST
        near = far // 2
        while far - near > 1:
            middle = (near + far) // 2
            if self._read(after + middle, 1) is None:
                near = middle
            else:
                far = middle
        return after + far
