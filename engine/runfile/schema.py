"""The tables of a run: one for each kind of event with one column for each field, made from the kinds themselves.

Schema 1 had no more than these and `about`. Reading never changes a file; a writer that goes on with an old one does.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import MISSING, fields
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, get_args, get_type_hints

import numpy as np

from engine.events import KINDS, Event
from engine.runfile.values import packed
from engine.trouble import Trouble

SCHEMA = 2
APPLICATION = 0x5465_7272  # "Terr", in the header of the file
FILE_NAME = "run.sqlite"
SQL_TYPES = {int: "INTEGER", float: "REAL", str: "TEXT", np.ndarray: "BLOB"}

TABLES = {
    "about": "key TEXT PRIMARY KEY, value TEXT",
    "note": "key INTEGER PRIMARY KEY, step INTEGER, text TEXT, made TEXT",
    "packed": 'kind TEXT, "column" TEXT, first INTEGER, last INTEGER, rows INTEGER, data BLOB, low REAL, high REAL, '
    'crc INTEGER, UNIQUE (kind, "column", first)',
}
# what a run went back behind is not in a view
VALID = (
    "SELECT * FROM {0} WHERE NOT EXISTS (SELECT 1 FROM rewound WHERE rewound.id > {0}.id AND rewound.step < {0}.step)"
)
NEWEST = "(SELECT {1} FROM {0} ORDER BY id DESC LIMIT 1) AS {1}"
SUMMARY = ", ".join(
    (
        "SELECT coalesce(nullif((SELECT value FROM about WHERE key = 'name'), ''), "
        "(SELECT name FROM started ORDER BY id DESC LIMIT 1)) AS name",
        "(SELECT value FROM about WHERE key = 'created') AS created",
        *(NEWEST.format("curve", column) for column in ("step", "loss", "tokens", "time")),
        "(SELECT min(loss) FROM validation) AS best_validation",
        *(NEWEST.format("started", column) for column in ("parameters", "settings")),
    )
)
VIEWS = {
    "curve": VALID.format("stepped"),
    "validation": VALID.format("validated"),
    "average_validation": VALID.format("average_validated"),
    "summary": SUMMARY,
}


def lay_out(file: sqlite3.Connection, journal: str = "WAL") -> None:
    """Make the tables of an empty run; `journal` is "DELETE" where the place is not safe for the other."""
    file.execute(f"PRAGMA journal_mode={journal}")
    with file:
        _complete(file)
        made = datetime.now().astimezone().isoformat(timespec="seconds")
        told = {"program": f"lm-terrarium {program_version()}", "created": made}
        file.executemany("INSERT INTO about VALUES (?, ?)", told.items())


def reopen(file: sqlite3.Connection, journal: str = "WAL") -> int:
    """Make a run ready for more: tables and columns that are newer than it. The number of its last event."""
    require_schema(file)
    file.execute(f"PRAGMA journal_mode={journal}")
    with file:
        _complete(file)
    numbers = [file.execute(f"SELECT max(id) FROM {table(kind)}").fetchone()[0] or 0 for kind in KINDS]
    if not all(isinstance(number, int) for number in numbers):
        raise Trouble(f"The rows of {FILE_NAME} are not numbered as in a run.", "Copy what you need into another run.")
    return max(numbers)


def _complete(file: sqlite3.Connection) -> None:
    """Everything of this schema that is not there yet; in a transaction."""
    file.execute("BEGIN IMMEDIATE")
    for name, declared in TABLES.items():
        file.execute(f"CREATE TABLE IF NOT EXISTS {name} ({declared})")
    for kind in KINDS:
        every = ", ".join(("id INTEGER PRIMARY KEY", *columns(kind).values()))
        file.execute(f"CREATE TABLE IF NOT EXISTS {table(kind)} ({every})")
        _add_columns(file, kind)
        if np.ndarray in get_type_hints(kind).values():  # where looks are is found without reading them
            file.execute(f"CREATE INDEX IF NOT EXISTS {table(kind)}_step ON {table(kind)} (step)")
    old = file.execute("PRAGMA user_version").fetchone()[0] < SCHEMA
    for name, query in VIEWS.items():
        if old:
            file.execute(f"DROP VIEW IF EXISTS {name}")
        file.execute(f"CREATE VIEW IF NOT EXISTS {name} AS {query}")
    file.execute(f"PRAGMA application_id={APPLICATION}")
    file.execute(f"PRAGMA user_version={SCHEMA}")


def _add_columns(file: sqlite3.Connection, kind: type[Event]) -> None:
    """Those with a default that were declared after the table was made."""
    wanted = columns(kind)
    there = {name for _, name, *_ in file.execute(f"PRAGMA table_info({table(kind)})")}
    for field in fields(kind):
        if field.name not in there and field.default is not MISSING:
            (default,) = file.execute("SELECT quote(?)", (packed(field.default),)).fetchone()
            file.execute(f"ALTER TABLE {table(kind)} ADD COLUMN {wanted[field.name]} DEFAULT {default}")
            file.execute("DELETE FROM packed WHERE kind = ?", (table(kind),))  # which know nothing of it


def columns(kind: type[Event]) -> dict[str, str]:
    """Field → its declaration in SQL."""
    types = get_type_hints(kind)
    return {f.name: f'"{f.name}" {sql_type(types[f.name])}'.rstrip() for f in fields(kind)}


def sql_type(hint: Any) -> str:
    """None where a field may be a number or several: a column of text would keep 15 digits of it."""
    return SQL_TYPES.get(hint, "" if float in get_args(hint) else "TEXT")


def require_schema(file: sqlite3.Connection) -> None:
    """Raises Trouble for one that is not known here, or that is no run."""
    schema = int(file.execute("PRAGMA user_version").fetchone()[0])
    application = int(file.execute("PRAGMA application_id").fetchone()[0])
    if schema > SCHEMA:
        raise Trouble(
            f"{FILE_NAME} has schema {schema}, written by {_writer(file)}; this program reads up to {SCHEMA}.",
            "Open it with that version, or update this program.",
        )
    if schema < 1 or application != (APPLICATION if schema > 1 else 0):
        raise Trouble(f"{FILE_NAME} is a database, but no run.", "Choose another folder.")


def _writer(file: sqlite3.Connection) -> str:
    try:
        found = file.execute("SELECT value FROM about WHERE key = 'program'").fetchone()
    except sqlite3.Error:
        found = None
    return str(found[0])[:60] if found else "a newer version"


def table(kind: type[Event]) -> str:
    """SentencePredicted → sentence_predicted."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("_")


def asked(name: str, columns: Iterable[str]) -> str:
    """Columns for a query on a table; without its name SQLite would take one that is lacking for text."""
    return ", ".join(f'{name}."{column}"' for column in columns)


def program_version() -> str:
    """Of this program, as installed."""
    try:
        return version("lm-terrarium")
    except PackageNotFoundError:
        return "from source"
