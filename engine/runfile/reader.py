"""A run on disk as a recording: opened at once whatever its length, and followed while another program writes it.

The file is open only while something is read, and while it is followed: an open one keeps its writer from tidying up.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.annotations import Annotations
from engine.events import KINDS, Event
from engine.looks import HEAVY
from engine.recording import Recording
from engine.runfile.database import tidy
from engine.runfile.guard import DAMAGE, Guarded, opened, real_columns
from engine.runfile.loading import Loading
from engine.runfile.lock import locked
from engine.runfile.reading import fields_of
from engine.runfile.remarks import MOST_NOTES, annotations_of
from engine.runfile.schema import FILE_NAME, asked, table
from engine.runfile.values import event_of
from engine.trouble import Trouble

Found = tuple[int, type[Event], Event | int]  # number, kind, and the event itself or, of a heavy one, its step


class Reader:
    """It is the shelf of what it reads: heavy events are fetched from the file when they are looked at."""

    def __init__(self, folder: Path) -> None:
        """Of a run's folder, or of its file. Raises Trouble."""
        self.path = folder / FILE_NAME if folder.is_dir() else folder
        self._log = self.path.with_name(f"{self.path.name}-wal")
        self._file: Guarded | None = None
        self._following = self._mended = False
        self._damaged: set[str] = set()
        self._thinned: dict[str, tuple[int, int]] = {}
        self._seen = 0  # number of the last event that was read
        self._version = self._schema = -1  # as SQLite counts what others write, and declare
        self._stamp: tuple[int, ...] = ()  # of the file when it was read
        self._stored: dict[str, set[str]] = {}
        self._annotations = Annotations()
        with self._open():
            pass  # what is no run is refused now

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; it is opened again when something is asked."""
        followed, self._following = self._following, False
        if self._file:
            self._file.close()
        self._file = None
        if followed:
            tidy(self.path.parent)

    @property
    def being_written(self) -> bool:
        """Somebody records this run now."""
        return locked(self.path.parent)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for people: what could not be read, and what is not shown though it could."""
        said = []
        if self._mended or self._damaged:
            lost = f": of {', '.join(sorted(self._damaged))}" if self._damaged else ""
            said.append(f"The run file is damaged. What can be read is shown; something is missing{lost}.")
        for name, (shown, recorded) in sorted(self._thinned.items()):
            said.append(f"Of {recorded:,} entries in {name} {shown:,} are shown, evenly over the run.")
        if len(self._annotations.notes) == MOST_NOTES:
            said.append(f"Only the first {MOST_NOTES:,} notes are shown.")
        return tuple(said)

    def recording(self) -> Recording:
        """The whole run. Raises Trouble where nothing of it can be read."""
        made = Recording()
        made.shelf = self
        self._stamp = self._stamped()
        with self._open() as file, snapshot(file):
            loading = Loading(file, self._stored)
            loading.into(made)
            self._annotations = annotations_of(file)
        self._damaged, self._thinned, self._seen = loading.damaged, loading.thinned, loading.last
        if self._damaged and not any(made.count(kind) for kind in KINDS):
            raise Trouble(f"Nothing in {self.path} can be read any more.", "Choose another run, or a copy of this one.")
        made.annotate(self._annotations)
        return made

    def take_in(self, recording: Recording) -> bool:
        """Add what was written since; whether there was anything. Cheap where nothing was, never an exception."""
        followed, self._following = self._following, self.being_written
        stamp, before = self._stamped(), self._stamp
        if not followed and not self._following and stamp == before:
            return False
        self._stamp = stamp
        try:
            with self._open() as file:
                return self._take_in(file, recording)
        except Trouble:
            return False
        finally:
            if followed and not self._following:
                tidy(self.path.parent)  # which its writer could not while this one was attached

    def fetch(self, kind: type[Event], numbers: Sequence[int]) -> list[Event | None]:
        """Events by their numbers; None where one is not there, or cannot be read."""
        try:
            with self._open() as file:
                return [self._event(file, kind, number) for number in numbers]
        except Trouble:
            return [None for _ in numbers]

    def _event(self, file: Guarded, kind: type[Event], number: int) -> Event | None:
        try:
            names = fields_of(kind, self._stored[table(kind)])
            query = f"SELECT {asked(table(kind), names)} FROM {table(kind)} WHERE id = ?"
            row = file.execute(query, (number,)).fetchone()
            return event_of(kind, names, row) if row else None
        except (*DAMAGE, KeyError):
            return None

    def annotations(self) -> Annotations:
        """What a person has written on the run. Raises Trouble."""
        with self._open() as file:
            return annotations_of(file)

    def _take_in(self, file: Guarded, recording: Recording) -> bool:
        version = pragma(file, "data_version")
        if version == self._version:
            return False
        with snapshot(file):
            found = [one for kind in KINDS if table(kind) in self._stored for one in self._newer(file, kind)]
            annotations = annotations_of(file)
        self._version = version
        for number, kind, event in sorted(found, key=itemgetter(0)):
            if isinstance(event, Event):
                recording.add(event, number)
            else:
                recording.point(kind, event, number)
            self._seen = number
        changed, self._annotations = annotations != self._annotations, annotations
        recording.annotate(annotations)
        return changed or bool(found)

    def _newer(self, file: Guarded, kind: type[Event]) -> Iterator[Found]:
        names = ["step"] if kind in HEAVY else fields_of(kind, self._stored[table(kind)])
        query = f"SELECT id, {asked(table(kind), names)} FROM {table(kind)} WHERE id > ?"
        for number, *values in file.execute(query, (self._seen,)).fetchall():
            yield number, kind, int(values[0]) if kind in HEAVY else event_of(kind, names, values)

    def _stamped(self) -> tuple[int, ...]:
        """Of the file and of its log, which a writer may leave when it ends."""
        made: list[int] = []
        for path in (self.path, self._log):
            with suppress(OSError):
                found = os.stat(path)
                made += found.st_mtime_ns, found.st_size
        return tuple(made)

    @contextmanager
    def _open(self) -> Iterator[Guarded]:
        """What goes wrong meanwhile is Trouble."""
        try:
            if self._file is None:
                self._file, self._mended = opened(self.path)
                self._version = -1
            self._look_again(self._file)
            yield self._file
        except DAMAGE as error:
            raise Trouble(f"{self.path} cannot be read: {error}.", "Choose another run, or a copy of it.") from error
        finally:
            if self._file and not self._following and not self._file.aside:
                self._file.close()
                self._file = None

    def _look_again(self, file: Guarded) -> None:
        """A writer that goes on with an old file adds tables and columns."""
        schema = pragma(file, "schema_version")
        if schema != self._schema:
            self._stored, self._schema = real_columns(file), schema


def pragma(file: Guarded, name: str) -> int:
    """What SQLite counts."""
    return int(file.execute(f"PRAGMA {name}").fetchone()[0])


@contextmanager
def snapshot(file: Guarded) -> Iterator[None]:
    """What is written meanwhile comes later, and whole."""
    file.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.Error):
            file.execute("COMMIT")
