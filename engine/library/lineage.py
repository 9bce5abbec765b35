"""The rows of a run file that count: going back leaves what came after it in the file, but it is no longer true.

The same rule as in Recording, here as ranges of row numbers, so that a few rows can be asked for out of a million.
"""

import sqlite3
from itertools import islice
from typing import Any

from engine.events import Event, Rewound
from engine.rewinds import ENDING, Span, spans
from engine.runfile import table
from engine.runfile.guard import real_columns

MOST_REWINDS = 1000  # newest ones that are heeded; nobody goes back more often


class Lineage:
    def __init__(self, file: sqlite3.Connection) -> None:
        self.file = file
        self.stored = real_columns(file)  # of each table that is no code of whoever made the file
        self.spans = self._spans()  # oldest first

    def has(self, kind: type[Event], *columns: str) -> bool:
        """Whether there is such a table with all of these; an old file lacks what is newer."""
        return {"id", "step", *columns} <= self.stored.get(table(kind), set())

    def newest(self, kind: type[Event], columns: tuple[str, ...], most: int = 1) -> list[Any]:
        """Up to `most` rows that count, newest first."""
        rows: list[Any] = []
        for span in reversed(self.spans):
            rows += islice(self.within(kind, columns, span), most - len(rows))
            if len(rows) == most:
                break
        return rows

    def within(self, kind: type[Event], columns: tuple[str, ...], span: Span) -> "sqlite3.Cursor | tuple[()]":
        """Rows of one span, newest first. What ended a run is undone by going back to that very step."""
        if not self.has(kind, *columns):
            return ()
        sign = "<" if kind in ENDING else "<="
        where = f"id > ? AND id < ? AND step {sign} ? ORDER BY id DESC"
        return self.file.execute(f"SELECT {', '.join(columns)} FROM {table(kind)} WHERE {where}", span)

    def last(self, kind: type[Event], columns: tuple[str, ...]) -> Any:
        """The newest row, whether it counts or not; None without any."""
        if not self.has(kind, *columns):
            return None
        return self.file.execute(f"SELECT {', '.join(columns)} FROM {table(kind)} ORDER BY id DESC LIMIT 1").fetchone()

    def created(self) -> str:
        """When the file was made, as it says itself."""
        there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'about' AND rootpage > 0"
        if not self.file.execute(there).fetchone():
            return ""
        found = self.file.execute("SELECT substr(value, 1, 40) FROM about WHERE key = 'created'").fetchone()
        return str(found[0]) if found else ""

    def _spans(self) -> list[Span]:
        asked = f"SELECT id, step FROM {table(Rewound)} ORDER BY id DESC LIMIT {MOST_REWINDS}"
        return spans(self.file.execute(asked).fetchall() if self.has(Rewound) else [])
