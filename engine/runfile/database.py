"""The file of one run held open for writing: made or opened under its lock, added to in whole transactions, left clean.

It knows no thread and waits for nothing. After an error the file is opened anew, for a drive may come back.
"""

import errno
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import fields
from functools import cached_property
from math import inf
from operator import attrgetter
from pathlib import Path
from typing import Any

from engine.annotations import Change, belong_to
from engine.events import KINDS, Event
from engine.recording import NUMBERS_ONLY
from engine.runfile.journal import connected
from engine.runfile.lock import Lock, hold, locked
from engine.runfile.packs import SPAN, pack
from engine.runfile.place import unsafe
from engine.runfile.schema import FILE_NAME, lay_out, reopen, table
from engine.runfile.values import packed
from engine.trouble import Trouble

ASIDE = ".aside"  # ending of one that is not ready
PACKS = 4  # at a time: of an old run that has none there may be hundreds, and events wait meanwhile
LOG_AT = 18  # place in the file's head: 1 for a journal, 2 for a log


class Database:
    """What it does may raise Trouble, OSError and sqlite3.Error, and is then not done at all."""

    def __init__(self, folder: Path, group: str = "") -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self.written = 0  # number of the last event on disk
        self._group = group
        self._unpacked = 0  # events that may make a pack
        self._lock: Lock | None = None
        self._file: sqlite3.Connection | None = None

    def hold(self) -> None:
        """Keep every other writer away; again is no harm."""
        self._lock = self._lock or hold(self.folder)

    def open(self, go_on: bool) -> None:
        """Make the file, or go on with the one that is there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.hold()
        if not (go_on and self.path.exists()):
            create(self.folder, self._journal)
        self._connect()
        if self._group:
            self.change(belong_to(self._group))

    def add(self, events: Sequence[Event], after: int) -> None:
        """Those that follow event number `after`, all of them or none, and none of them twice."""
        with self._transaction() as file:
            there = self.written - after  # told to have failed, a transaction may be on disk all the same
            if there not in (0, len(events)):
                raise Trouble(f"{self.path} is another run now.", "What was recorded is in the file that was there.")
            for kind, rows in rows_of(events[there:], self.written + 1).items():
                file.executemany(INSERTIONS[kind], rows)
        self.written = after + len(events)
        self._unpacked += len(events)

    def change(self, change: Change) -> None:
        """What a person has written on the run."""
        with self._transaction() as file:
            change(file)

    def pack(self, least: int = SPAN, most: float = PACKS) -> None:
        """Up to `most` packs when `least` events have come since the last ones; where there is no room, later."""
        if self._file and self._unpacked >= least:
            self._unpacked = 0
            with suppress(sqlite3.OperationalError):
                if pack(self._file, most):
                    self._unpacked = least  # the next turn goes on

    def finish(self) -> None:
        """Leave one clean file, or where a reader is attached what it will `tidy`."""
        self.pack(least=1, most=inf)
        if self._file:
            close_log(self._file)
        self.leave()

    def leave(self) -> None:
        """Without another word, after an error too."""
        self._drop()
        if self._lock:
            self._lock.release()
            self._lock = None

    @cached_property
    def unsafe(self) -> str:
        """Why the place is not one for write-ahead logging; empty where it is."""
        return unsafe(self.folder)

    @property
    def _journal(self) -> str:
        return "DELETE" if self.unsafe else "WAL"

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self.path.exists():  # what is written to a file without a name is lost
                raise FileNotFoundError(errno.ENOENT, "it is not there any more", str(self.path))
            file = self._file or self._connect()
            with file:
                yield file
        except (OSError, sqlite3.Error):
            self._drop()
            raise

    def _connect(self) -> sqlite3.Connection:
        file = connected(self.path)
        try:
            file.execute("PRAGMA trusted_schema=OFF")
            self._require_no_strangers_code(file)
            self.written = reopen(file, self._journal)
            # with a log, what is written outlives the program; a journal must reach the disk first
            file.execute(f"PRAGMA synchronous={'FULL' if self.unsafe else 'NORMAL'}")
        except BaseException:
            file.close()
            raise
        self._file = file
        return file

    def _require_no_strangers_code(self, file: sqlite3.Connection) -> None:
        """A run of this program leads nowhere else and does nothing by itself; one made to harm might."""
        triggers = file.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
        if triggers or self.path.is_symlink():
            what = "has triggers" if triggers else "is a link"
            raise Trouble(f"{self.path} {what}, so nothing is added to it.", "Copy the run, or choose another.")

    def _drop(self) -> None:
        with suppress(sqlite3.Error):
            if self._file:
                self._file.close()
        self._file = None


def create(folder: Path, journal: str = "WAL") -> None:
    """A new run file; Trouble where a run lies already, for a run is never written over."""
    path = folder / FILE_NAME
    if path.exists():
        raise Trouble(f"There is a run in {folder} already.", "Choose another folder; runs are never written over.")
    aside = folder / f"{FILE_NAME}{ASIDE}"  # whoever is killed meanwhile leaves no half run
    for stale in folder.glob(f"{aside.name}*"):
        stale.unlink()
    with closing(sqlite3.connect(aside)) as file:
        lay_out(file, journal)
    aside.rename(path)


def close_log(file: sqlite3.Connection) -> None:
    """All into the one file. A reader that is attached keeps the log beside it, and nothing is lost by that."""
    file.execute("PRAGMA busy_timeout=0")
    with suppress(sqlite3.OperationalError):
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        file.execute("PRAGMA journal_mode=DELETE")


def tidy(folder: Path) -> None:
    """Make one clean file of what a reader kept open or a killed writer left; where that cannot be, it stays."""
    path = folder / FILE_NAME
    with suppress(Trouble, OSError, sqlite3.Error):
        if locked(folder) or not has_log(path):
            return
        lock = hold(folder)
        try:
            with closing(connected(path)) as file:
                close_log(file)
        finally:
            lock.release()


def has_log(path: Path) -> bool:
    """As the file says of itself; OSError where there is none."""
    with path.open("rb") as file:
        return file.read(LOG_AT + 1)[LOG_AT:] == b"\x02"


def rows_of(events: Sequence[Event], first: int) -> dict[type[Event], list[tuple[Any, ...]]]:
    """Their values by kind, each with its number, counted from `first`."""
    rows: dict[type[Event], list[tuple[Any, ...]]] = defaultdict(list)
    for number, event in enumerate(events, first):
        kind = type(event)
        values = VALUES[kind](event)
        rows[kind].append((number, *(values if kind in NUMBERS_ONLY else map(packed, values))))
    return rows


def insertion(kind: type[Event]) -> str:
    """The statement that adds one."""
    names = [f'"{field.name}"' for field in fields(kind)]
    return f"INSERT INTO {table(kind)} (id, {', '.join(names)}) VALUES (?{', ?' * len(names)})"


# many thousand events a second may be told: all that can be is made beforehand
INSERTIONS = {kind: insertion(kind) for kind in KINDS}
VALUES = {kind: attrgetter(*(field.name for field in fields(kind))) for kind in KINDS}
