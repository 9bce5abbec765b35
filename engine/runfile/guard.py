"""Opening a run file of anybody: it can be read only, runs nothing, takes neither all memory nor all time.

A view, a trigger or a virtual table in a file is code of whoever made it; only real tables are looked at.
"""

import shutil
import sqlite3
import zlib
from contextlib import closing
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from engine.runfile.journal import BUSY_SECONDS, connected
from engine.runfile.place import address
from engine.runfile.schema import FILE_NAME, require_schema
from engine.runfile.values import LARGEST_ARRAY
from engine.trouble import Trouble

# what a file that is none, or was made to harm, can raise
DAMAGE = (
    sqlite3.Error, ValueError, TypeError, OverflowError, EOFError, MemoryError, RecursionError, zlib.error, OSError,
)  # fmt: skip
STATEMENT_SECONDS = 60.0
OPERATIONS = 100_000  # of SQLite's machine between two looks at the clock
LONGEST_SQL = 10_000  # so that no declared default fills the memory, row after row
LEFT = ("-wal", "-journal")  # endings of what a program that was killed leaves beside it
UNOPENED = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_IOERR")  # by others than the file itself


class Guarded(sqlite3.Connection):
    """A connection that only reads; a statement that takes too long is an error."""

    aside: TemporaryDirectory[str] | None = None  # where it reads a copy
    _until = inf

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        self._until = perf_counter() + STATEMENT_SECONDS
        return super().execute(sql, parameters)

    def late(self) -> bool:
        return perf_counter() > self._until

    def close(self) -> None:
        super().close()
        if self.aside:
            self.aside.cleanup()


def opened(path: Path) -> tuple[Guarded, bool]:
    """A run file to read, and whether its pages do not fit together. Raises Trouble for what is none."""
    if not path.is_file():
        raise _missing(path)
    try:
        file, mended = _mended(path)
    except sqlite3.OperationalError as error:  # such as a writer that does not come to an end
        raise Trouble(f"{path} cannot be opened: {error}.", "Try again, or choose another run.") from error
    except DAMAGE as error:
        raise Trouble(f"{path} is damaged or no run file: {error}.", "Choose another run.") from error
    try:
        require_schema(file)
    except BaseException as error:
        file.close()
        if isinstance(error, sqlite3.Error):
            raise Trouble(f"{path} is damaged: {error}.", "Choose another run, or a copy of this one.") from error
        raise
    return file, mended


def _missing(path: Path) -> Trouble:
    if path.name == FILE_NAME and (path.parent / "checkpoints").is_dir():
        return Trouble(
            f"The run in {path.parent} has checkpoints but no {path.name}: what it recorded is gone.",
            "Choose another run, or bring the file back from a copy.",
        )
    return Trouble(f"{path} is not there.", "Choose the folder of a run.")


def _mended(path: Path) -> tuple[Guarded, bool]:
    try:
        return connect(path), False
    except sqlite3.DatabaseError as error:
        if not error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
            raise
    return connect(path, mend=True), True  # such as one that was cut short


def connect(path: Path, mend: bool = False) -> Guarded:
    """To read; with `mend`, even where its pages do not fit together. Raises sqlite3.Error or OSError."""
    try:
        return _guarded(path, "mode=ro", mend)
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith(UNOPENED):
            raise
    if not any(_left(path)):  # on a medium that cannot be written to
        return _guarded(path, "immutable=1", mend)
    try:
        take_back(path)
        return _guarded(path, "mode=ro", mend)
    except sqlite3.OperationalError:
        return _copied(path, mend)


def take_back(path: Path) -> None:
    """Whoever is killed leaves a journal, which only those who may write can take back."""
    with closing(connected(path)) as file:
        file.execute("SELECT count(*) FROM sqlite_master").fetchone()


def real_columns(file: sqlite3.Connection) -> dict[str, set[str]]:
    """Of each real table the columns that are stored as they are, `id` only where it numbers the rows.

    Of one that is declared at such length that it is odd there are none.
    """
    query = "SELECT name, length(sql) < ? FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    tables = file.execute(query, (LONGEST_SQL,)).fetchall()
    return {name: _stored(file, name) if short else set() for name, short in tables}


def _stored(file: sqlite3.Connection, table: str) -> set[str]:
    query = (
        "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 AND (name != 'id' OR (pk AND upper(type) = 'INTEGER'))"
    )
    return {name for (name,) in file.execute(query, (table,)).fetchall()}


def _left(path: Path) -> list[Path]:
    beside = (path.with_name(f"{path.name}{ending}") for ending in LEFT)
    return [one for one in beside if one.is_file() and one.stat().st_size]


def _guarded(path: Path, how: str, mend: bool) -> Guarded:
    uri = address(path.resolve(), how)
    file = sqlite3.connect(
        uri, uri=True, check_same_thread=False, isolation_level=None, timeout=BUSY_SECONDS, factory=Guarded
    )
    try:
        _limit(file, mend)
        file.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        file.close()
        raise
    return file


def _limit(file: Guarded, mend: bool) -> None:
    file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_ARRAY)
    file.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    file.set_progress_handler(file.late, OPERATIONS)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", f"writable_schema={int(mend)}"):
        file.execute(f"PRAGMA {pragma}")
    file.execute("PRAGMA query_only=ON")


def _copied(path: Path, mend: bool) -> Guarded:
    """What was left beside a file that cannot be written to is taken in aside."""
    aside = TemporaryDirectory(prefix="terrarium-")
    try:
        copy = Path(shutil.copy(path, aside.name))
        for left in _left(path):
            shutil.copy(left, aside.name)
        take_back(copy)
        file = _guarded(copy, "mode=ro", mend)
    except BaseException:
        aside.cleanup()
        raise
    file.aside = aside
    return file
