"""What a person has written on a run: its name, words about it, and notes at its steps; and how it is changed.

A change is a function of the file, for only one connection ever writes a run: while it is recorded its writer makes
the change, else `write` does.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from engine.trouble import Trouble

LONGEST = 20_000  # characters of one text

Change = Callable[[sqlite3.Connection], None]


class Note(NamedTuple):
    key: int  # of its row, for changing it
    step: int
    text: str
    made: str  # ISO 8601, with the zone


class Annotations(NamedTuple):
    name: str = ""  # empty: as its folder
    comment: str = ""
    tags: tuple[str, ...] = ()
    group: str = ""  # runs that were begun as one action have the same
    notes: tuple[Note, ...] = ()  # by step


def rename(name: str) -> Change:
    """Empty: as its folder again."""
    return _about("name", " ".join(writable(name).split()))


def comment(text: str) -> Change:
    """Words about all of it."""
    return _about("comment", writable(text))


def tag(tags: Iterable[str]) -> Change:
    """All of its tags, in place of those it had."""
    words = dict.fromkeys(" ".join(writable(one).split()) for one in tags)
    return _about("tags", json.dumps([word for word in words if word], ensure_ascii=False))


def belong_to(group: str) -> Change:
    """The runs that were begun with it as one action."""
    return _about("group", writable(group))


def note(step: int, text: str) -> Change:
    """A new note."""
    row = step, writable(text), datetime.now().astimezone().isoformat(timespec="seconds")
    return lambda file: _do(file, "INSERT INTO note (step, text, made) VALUES (?, ?, ?)", *row)


def change_note(key: int, text: str) -> Change:
    """Other words for it; nothing happens where it is gone."""
    return lambda file: _do(file, "UPDATE note SET text = ? WHERE key = ?", writable(text), key)


def delete_note(key: int) -> Change:
    """As if it had never been."""
    return lambda file: _do(file, "DELETE FROM note WHERE key = ?", key)


def write(folder: Path, change: Change) -> None:
    """On a run that nobody records. Trouble where somebody does, or where it cannot be written."""
    from engine.runfile.database import Database  # which knows the words above

    database = Database(folder)
    try:
        database.hold()
        database.change(change)
        database.finish()
    except (OSError, sqlite3.Error) as error:
        raise Trouble(
            f"Nothing can be written on the run in {folder}: {error}.", "Make the folder writable, or copy the run."
        ) from error
    finally:
        database.leave()


def read(folder: Path) -> Annotations:
    """Of any run, also while it is recorded. Trouble where there is none."""
    from engine.runfile import Reader

    with Reader(folder) as reader:
        return reader.annotations()


def writable(text: str) -> str:
    """What SQLite and JSON take: half characters become question marks, and there is an end."""
    return text.encode("utf-8", "replace").decode()[:LONGEST].strip()


def _about(key: str, value: str) -> Change:
    return lambda file: _do(file, "INSERT OR REPLACE INTO about VALUES (?, ?)", key, value)


def _do(file: sqlite3.Connection, statement: str, *values: object) -> None:
    file.execute(statement, values)
