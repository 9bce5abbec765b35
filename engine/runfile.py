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
from contextlib import closing, contextmanager
from dataclasses import MISSING, fields
from heapq import merge
from importlib.metadata import PackageNotFoundError, version
from math import nan
from pathlib import Path
from time import perf_counter
from typing import Any, get_type_hints

import numpy as np

from engine.events import KINDS, Event, Progressed, SourceSeen, Stepped
from engine.trouble import Trouble

SCHEMA = 1
FLUSH_SECONDS = 0.25
OFTEN = (Stepped, SourceSeen)  # told so often that they are written together
FILE_NAME = "run.sqlite"
ASIDE = ".aside"  # ending of one that is not ready
# what a file that is none, or was made to harm, can raise
DAMAGE = (sqlite3.Error, ValueError, TypeError, OverflowError, EOFError, MemoryError, RecursionError, zlib.error)
LARGEST_ARRAY = 2**28  # bytes; a stranger's blob may claim to unpack to any size
SQL_TYPES = {int: "INTEGER", float: "REAL", str: "TEXT", np.ndarray: "BLOB"}


class RunFile:
    """The one writer of a run. Nothing touches the disk before the first step: opening a window leaves no litter."""

    def __init__(self, folder: Path, go_on: bool = False) -> None:
        """With `go_on`, a run that lies there already is added to; nothing that is recorded is ever removed."""
        self.folder = folder
        self._go_on = go_on
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
        if started and (perf_counter() - self._flushed > FLUSH_SECONDS or not isinstance(event, OFTEN)):
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
                self._file = None  # closing again has nothing more to say
            raise Trouble(
                f"The run cannot be recorded in {self.folder}: {error}.", "Free some space, or choose another folder."
            ) from error

    def _flush(self) -> None:
        self._file = self._file or self._open()
        rows: dict[type[Event], list[tuple[Any, ...]]] = defaultdict(list)
        for event in self._waiting:
            self._written += 1
            values = (packed(getattr(event, field.name)) for field in fields(event))
            rows[type(event)].append((self._written, *values))
        with self._file:
            for kind, many in rows.items():
                names = ", ".join(("id", *(f'"{field.name}"' for field in fields(kind))))
                marks = ", ".join("?" * len(many[0]))
                self._file.executemany(f"INSERT INTO {table(kind)} ({names}) VALUES ({marks})", many)
        self._waiting.clear()
        self._flushed = perf_counter()

    def _open(self) -> sqlite3.Connection:
        if not (self._go_on and (self.folder / FILE_NAME).exists()):
            file = create(self.folder)
        else:
            file = sqlite3.connect(self.folder / FILE_NAME, check_same_thread=False)
            try:
                self._written = reopen(file)
            except (sqlite3.Error, Trouble):
                file.close()
                raise
        file.execute("PRAGMA synchronous=NORMAL")
        return file

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
    aside = folder / f"{FILE_NAME}{ASIDE}"  # whoever is killed meanwhile leaves no half run
    for stale in folder.glob(f"{aside.name}*"):
        stale.unlink()
    with closing(sqlite3.connect(aside)) as file:
        lay_out(file)
    aside.rename(path)
    return sqlite3.connect(path, check_same_thread=False)


def lay_out(file: sqlite3.Connection) -> None:
    """Make the tables of an empty run."""
    file.execute("PRAGMA journal_mode=WAL")
    file.execute(f"PRAGMA user_version={SCHEMA}")
    with file:
        for kind in KINDS:
            file.execute(f"CREATE TABLE {table(kind)} (id INTEGER PRIMARY KEY, {', '.join(columns(kind).values())})")
        file.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT)")
        file.execute("INSERT INTO about VALUES ('program', ?)", (f"lm-terrarium {program_version()}",))


def reopen(file: sqlite3.Connection) -> int:
    """Make a run ready for more: tables and columns that are newer than it. The number of its last event."""
    require_schema(file)
    file.execute("PRAGMA journal_mode=WAL")
    with file:
        for kind in KINDS:
            wanted = columns(kind)
            every = ", ".join(("id INTEGER PRIMARY KEY", *wanted.values()))
            file.execute(f"CREATE TABLE IF NOT EXISTS {table(kind)} ({every})")
            there = {name for _, name, *_ in file.execute(f"PRAGMA table_info({table(kind)})")}
            for field in fields(kind):
                if field.name not in there and field.default is not MISSING:
                    (default,) = file.execute("SELECT quote(?)", (packed(field.default),)).fetchone()
                    file.execute(f"ALTER TABLE {table(kind)} ADD COLUMN {wanted[field.name]} DEFAULT {default}")
    numbers = (file.execute(f"SELECT max(id) FROM {table(kind)}").fetchone()[0] for kind in KINDS)
    return max(int(number or 0) for number in numbers)


def columns(kind: type[Event]) -> dict[str, str]:
    """Field → its declaration in SQL."""
    types = get_type_hints(kind)
    return {f.name: f'"{f.name}" {SQL_TYPES.get(types[f.name], "TEXT")}' for f in fields(kind)}


def last_recorded_step(folder: Path) -> int:
    """0 where nothing was recorded; Trouble where the run file is damaged."""
    return _recorded(folder, "SELECT step FROM stepped ORDER BY id DESC LIMIT 1")


def highest_recorded_floor(folder: Path) -> int:
    """The n of the longest n-grams that were counted; 0 and Trouble as above."""
    return _recorded(folder, 'SELECT max("order") FROM floor_counted')


def _recorded(folder: Path, query: str) -> int:
    path = folder / FILE_NAME
    if not path.is_file():
        return 0
    with opened(path) as file:
        found = file.execute(query).fetchone()
        return int(found[0] or 0) if found else 0


def read_events(folder: Path) -> Iterator[Event]:
    """Every event of a run in the order it happened. Raises Trouble for what is no run file."""
    path = folder / FILE_NAME if folder.is_dir() else folder
    if not path.is_file():
        raise Trouble(f"{path} is not there.", "Choose the folder of a run.")
    with opened(path) as file:
        yield from events_of(file)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A run file to read; what goes wrong meanwhile is Trouble."""
    try:
        take_back(path)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            require_schema(file)
            yield file
    except DAMAGE as error:
        raise Trouble(f"{path} is damaged or no run file: {error}.", "Choose another run.") from error


def take_back(path: Path) -> None:
    """Whoever is killed while closing leaves a journal, which only those who may write can take back."""
    if path.with_name(f"{path.name}-journal").exists():
        with closing(sqlite3.connect(path)) as file:
            file.execute("SELECT count(*) FROM sqlite_master").fetchone()


def require_schema(file: sqlite3.Connection) -> None:
    """Raises Trouble for one that is not known here."""
    schema = file.execute("PRAGMA user_version").fetchone()[0]
    if schema != SCHEMA:
        raise Trouble(
            f"{FILE_NAME} has schema {schema}; this program reads {SCHEMA}.",
            "Open it with the version that wrote it.",
        )


def events_of(file: sqlite3.Connection) -> Iterator[Event]:
    """Every event in the order it happened."""
    present = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    streams = [rows(file, kind) for kind in KINDS if table(kind) in present]
    for _, event in merge(*streams, key=lambda numbered: numbered[0]):
        yield event


def rows(file: sqlite3.Connection, kind: type[Event]) -> Iterator[tuple[int, Event]]:
    """All events of one kind with their numbers, oldest first; a field newer than the file has its default."""
    types = get_type_hints(kind)
    written = {name for _, name, *_ in file.execute(f"PRAGMA table_info({table(kind)})")}
    names = [field.name for field in fields(kind) if field.name in written or field.default is MISSING]
    columns = ", ".join(f'{table(kind)}."{name}"' for name in names)  # alone, SQLite takes a lacking one for text
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
            except UnicodeEncodeError:  # stray bytes and half characters, kept as they are
                return value.encode("utf-8", "surrogatepass")
            return value
        case int() | float() | None:
            return value
        case _:
            return json.dumps(value)


def unpacked(value: Any, kind: Any) -> Any:
    """The other way; SQLite has no NaN and gives None for it. Raises ValueError or TypeError for what cannot be."""
    if kind is np.ndarray:
        return array_of(value)
    if kind is float:
        return nan if value is None else float(value)
    if kind is int:
        return int(value)
    if kind is str:
        return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else str(value)
    made = json.loads(value) if isinstance(value, str) else value
    return tuple(made) if isinstance(made, list) else made


def array_of(blob: bytes) -> np.ndarray:
    """Compressed .npy; ValueError where it would unpack to more than LARGEST_ARRAY."""
    unpacking = zlib.decompressobj()
    raw = unpacking.decompress(blob, LARGEST_ARRAY)
    if unpacking.unconsumed_tail:
        raise ValueError("an array is too large")
    made: np.ndarray = np.load(io.BytesIO(raw), allow_pickle=False)
    return made


def program_version() -> str:
    """Of this program, as installed."""
    try:
        return version("lm-terrarium")
    except PackageNotFoundError:
        return "from source"
