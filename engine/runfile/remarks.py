"""What a person has written on a run, as the file holds it: about, and one row for each note."""

import json
import sqlite3
from contextlib import suppress

from engine.annotations import LONGEST, Annotations, Note
from engine.runfile.guard import DAMAGE, real_columns

MOST_NOTES = 10_000


def annotations_of(file: sqlite3.Connection) -> Annotations:
    """As far as they can be read: a run of schema 1 had none, and a file made to harm may have too many."""
    stored = real_columns(file)
    said: dict[str, str] = {}
    notes: tuple[Note, ...] = ()
    with suppress(*DAMAGE):
        said = _about(file) if stored.get("about", set()) >= {"key", "value"} else {}
    with suppress(*DAMAGE):
        notes = _notes(file) if stored.get("note", set()) >= set(Note._fields) else ()
    name, comment, group = (said.get(key, "") for key in ("name", "comment", "group"))
    return Annotations(name, comment, _tags(said.get("tags", "")), group, notes)


def _about(file: sqlite3.Connection) -> dict[str, str]:
    query = f"SELECT key, substr(value, 1, {LONGEST}) FROM about WHERE typeof(value) = 'text' LIMIT 100"
    return dict(file.execute(query).fetchall())


def _notes(file: sqlite3.Connection) -> tuple[Note, ...]:
    """By step."""
    query = (
        f"SELECT key, step, substr(text, 1, {LONGEST}), substr(made, 1, 40) FROM note WHERE typeof(key) = 'integer' "
        "AND typeof(step) = 'integer' AND typeof(text) = 'text' AND typeof(made) = 'text' ORDER BY step, key LIMIT ?"
    )
    return tuple(Note(*row) for row in file.execute(query, (MOST_NOTES,)).fetchall())


def _tags(value: str) -> tuple[str, ...]:
    """A JSON list of words; what is none of these has none."""
    try:
        made = json.loads(value) if value else []
    except (ValueError, RecursionError):
        return ()
    return tuple(str(tag) for tag in made) if isinstance(made, list) else ()
