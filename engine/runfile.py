"""A run on disk: one SQLite file with one table for each kind of event and one column for each field.

`SELECT step, loss FROM stepped` works in any tool. Arrays are compressed .npy blobs; nothing is ever unpickled.
While it is written the file is in WAL mode and loses at most FLUSH_SECONDS; closed, it is one clean file.
"""

import io
import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from heapq import merge
from importlib.metadata import PackageNotFoundError, version
from math import nan
from pathlib import Path
from time import perf_counter
from typing import Any, get_type_hints

import numpy as np

from engine.events import KINDS, Event, Progressed, Stepped
from engine.trouble import Trouble

SCHEMA = 1
FLUSH_SECONDS = 0.25
FILE_NAME = "run.sqlite"
SQL_TYPES = {int: "INTEGER", float: "REAL", str: "TEXT", np.ndarray: "BLOB"}


class RunFile:
    """The one writer of a run. Nothing touches the disk before the first step: opening a window leaves no litter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: sqlite3.Connection | None = None
        self._waiting: list[Event] = []
        self._written = 0
        self._flushed = perf_counter()

    def add(self, event: Event) -> None:
        """Raises Trouble when the disk refuses; the caller may train on without a file."""
        if isinstance(event, Progressed):
            return
        self._waiting.append(event)
        started = self._file or isinstance(event, Stepped)
        if started and (perf_counter() - self._flushed > FLUSH_SECONDS or not isinstance(event, Stepped)):
            self._guarded(self._flush)

    def close(self) -> None:
        """Write what waits and leave one clean file."""
        if self._file or any(isinstance(event, Stepped) for event in self._waiting):
            self._guarded(self._finish)

    def _guarded(self, work: Any) -> None:
        try:
            work()
        except (sqlite3.Error, OSError) as error:
            self._waiting.clear()
            if self._file:
                self._file.close()
            raise Trouble(
                f"The run cannot be recorded in {self.folder}: {error}.", "Free some space, or choose another folder."
            ) from error

    def _flush(self) -> None:
        self._file = self._file or create(self.folder)
        rows: dict[type[Event], list[tuple[Any, ...]]] = defaultdict(list)
        for event in self._waiting:
            self._written += 1
            values = (packed(getattr(event, field.name)) for field in fields(event))
            rows[type(event)].append((self._written, *values))
        with self._file:
            for kind, many in rows.items():
                marks = ", ".join("?" * len(many[0]))
                self._file.executemany(f"INSERT INTO {table(kind)} VALUES ({marks})", many)
        self._waiting.clear()
        self._flushed = perf_counter()

    def _finish(self) -> None:
        self._flush()
        assert self._file is not None
        self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._file.execute("PRAGMA journal_mode=DELETE")
        self._file.close()
        self._file = None


def create(folder: Path) -> sqlite3.Connection:
    """A new run file; Trouble where a run lies already, for a run is never written over."""
    path = folder / FILE_NAME
    if path.exists():
        raise Trouble(f"There is a run in {folder} already.", "Choose another folder; runs are never written over.")
    folder.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(path, check_same_thread=False)
    file.execute("PRAGMA journal_mode=WAL")
    file.execute("PRAGMA synchronous=NORMAL")
    file.execute(f"PRAGMA user_version={SCHEMA}")
    with file:
        for kind in KINDS:
            types = get_type_hints(kind)
            columns = ", ".join(f'"{f.name}" {SQL_TYPES.get(types[f.name], "TEXT")}' for f in fields(kind))
            file.execute(f"CREATE TABLE {table(kind)} (id INTEGER PRIMARY KEY, {columns})")
        file.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT)")
        file.execute("INSERT INTO about VALUES ('program', ?)", (f"lm-terrarium {program_version()}",))
    return file


def read_events(folder: Path) -> Iterator[Event]:
    """Every event of a run in the order it happened. Raises Trouble for what is no run file."""
    path = folder / FILE_NAME if folder.is_dir() else folder
    if not path.is_file():
        raise Trouble(f"{path} is not there.", "Choose the folder of a run.")
    file = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        schema = file.execute("PRAGMA user_version").fetchone()[0]
        if schema != SCHEMA:
            raise Trouble(
                f"{path.name} has schema {schema}; this program reads {SCHEMA}.",
                "Open it with the version that wrote it.",
            )
        present = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        streams = [rows(file, kind) for kind in KINDS if table(kind) in present]
        for _, event in merge(*streams, key=lambda numbered: numbered[0]):
            yield event
    except (sqlite3.Error, ValueError, zlib.error) as error:
        raise Trouble(f"{path} is damaged or no run file: {error}.", "Choose another run.") from error
    finally:
        file.close()


def rows(file: sqlite3.Connection, kind: type[Event]) -> Iterator[tuple[int, Event]]:
    """All events of one kind with their numbers, oldest first."""
    types = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    columns = ", ".join(f'"{name}"' for name in names)
    for number, *values in file.execute(f"SELECT id, {columns} FROM {table(kind)} ORDER BY id"):
        yield number, kind(**{name: unpacked(value, types[name]) for name, value in zip(names, values, strict=True)})


def table(kind: type[Event]) -> str:
    """SentencePredicted → sentence_predicted."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("_")


def packed(value: Any) -> Any:
    """A field as SQLite stores it."""
    match value:
        case np.ndarray():
            raw = io.BytesIO()
            np.save(raw, value, allow_pickle=False)
            return zlib.compress(raw.getvalue(), 1)
        case str():
            try:
                value.encode()
            except UnicodeEncodeError:  # stray bytes of a sample, kept as they are
                return value.encode("utf-8", "surrogateescape")
            return value
        case int() | float() | None:
            return value
        case _:
            return json.dumps(value)


def unpacked(value: Any, kind: Any) -> Any:
    """The other way; SQLite has no NaN and gives None for it."""
    if kind is np.ndarray:
        return np.load(io.BytesIO(zlib.decompress(value)), allow_pickle=False)
    if kind is float:
        return nan if value is None else float(value)
    if kind is str and isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if kind in (int, str) or value is None or not isinstance(value, str):
        return value
    made = json.loads(value)
    return tuple(made) if isinstance(made, list) else made


def program_version() -> str:
    """Of this program, as installed."""
    try:
        return version("lm-terrarium")
    except PackageNotFoundError:
        return "from source"
