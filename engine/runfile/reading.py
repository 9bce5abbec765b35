"""All events of one kind, read in the way that suits it: numbers as columns, words as events, heavy ones as places."""

import sqlite3
from dataclasses import MISSING, fields
from itertools import islice
from typing import NamedTuple

import numpy as np

from engine.events import Event
from engine.recording import FIELDS
from engine.runfile.guard import DAMAGE
from engine.runfile.packs import Packed, packed_of, unpack
from engine.runfile.salvage import AT_ONCE, Row, Salvage
from engine.runfile.schema import table
from engine.runfile.values import HIGHEST_STEP, event_of

MOST_EVENTS = 20_000  # of a kind of words; more are thinned


class Columns(NamedTuple):
    """Of a kind of numbers only, `id` among them."""

    by_name: dict[str, np.ndarray]
    damaged: bool


class Events(NamedTuple):
    """Of a kind of words."""

    numbers: np.ndarray
    events: list[Event]
    recorded: int  # as many are in the file
    damaged: bool


class Places(NamedTuple):
    """Where heavy events are."""

    numbers: np.ndarray
    steps: np.ndarray
    damaged: bool


def fields_of(kind: type[Event], stored: set[str]) -> list[str]:
    """The columns to ask for: a field that is newer than the file has its default. ValueError where one is missing."""
    needed = ["id", *(field.name for field in fields(kind) if field.default is MISSING)]
    missing = [name for name in needed if name not in stored]
    if missing:
        raise ValueError(f"{table(kind)} has no {missing[0]}")
    return [name for name in FIELDS[kind] if name in stored]


def read_columns(file: sqlite3.Connection, kind: type[Event], stored: set[str]) -> Columns:
    """Those that are packed, then row by row what is not. ValueError where a column is missing."""
    names = fields_of(kind, stored)
    try:
        return _columns(file, kind, names, packed_of(file, kind))
    except DAMAGE:  # there are none, or they do not fit together
        return _columns(file, kind, names, Packed(0, -1))


def _columns(file: sqlite3.Connection, kind: type[Event], names: list[str], packed: Packed) -> Columns:
    salvage = Salvage(file, table(kind), names)
    rows, unsound = _matrix(salvage, packed.last, kind, names)
    columns = {name: np.empty(packed.rows + len(rows)) for name in ("id", *names)}
    for place, (name, column) in enumerate(columns.items()):
        if packed.rows:
            unpack(file, kind, name, column[: packed.rows])
            require_whole(kind, name, column[: packed.rows])
        column[packed.rows :] = rows[:, place]
    if (columns["id"][1:] <= columns["id"][:-1]).any():
        raise ValueError(f"packs of {table(kind)} overlap")
    for field in fields(kind):
        if field.name not in columns:
            columns[field.name] = np.full(len(columns["id"]), field.default, float)
    return Columns(columns, salvage.damaged or unsound)


def read_events(file: sqlite3.Connection, kind: type[Event], stored: set[str]) -> Events:
    """All, or MOST_EVENTS of more, evenly. ValueError where a column is missing."""
    names = fields_of(kind, stored)
    salvage = Salvage(file, table(kind), names)
    rows = list(islice(salvage.rows(), MOST_EVENTS + 1))
    recorded = len(rows)
    if recorded > MOST_EVENTS:
        rows, recorded = _thinned(salvage, rows[0][0]), salvage.count()
    numbers, events = [], []
    for number, *values in rows:
        try:
            events.append(event_of(kind, names, values))
            numbers.append(number)
        except DAMAGE:
            salvage.damaged = True
    return Events(np.array(numbers, np.int64), events, recorded, salvage.damaged)


def read_places(file: sqlite3.Connection, kind: type[Event], stored: set[str]) -> Places:
    """From the index on steps, which spares reading what lies between. ValueError where a column is missing."""
    fields_of(kind, stored)
    salvage = Salvage(file, table(kind), ["step"])
    try:
        rows = sorted(file.execute(f"SELECT id, step FROM {table(kind)}").fetchall())
    except (sqlite3.Error, TypeError):
        rows = list(salvage.rows())
    sound = [row for row in rows if isinstance(row[1], int) and 0 <= row[1] < HIGHEST_STEP]
    made = np.array(sound, np.int64).reshape(-1, 2)
    return Places(made[:, 0], made[:, 1], salvage.damaged or len(sound) < len(rows))


def _matrix(salvage: Salvage, after: int, kind: type[Event], names: list[str]) -> tuple[np.ndarray, bool]:
    """Rows after a number, which stands first in each; and whether any had to be left out."""
    rows, blocks, left_out = salvage.rows(after), [np.empty((0, len(names) + 1))], False
    whole = [place for place, name in enumerate(names, 1) if FIELDS[kind][name] is int]  # which cannot be NaN
    while many := list(islice(rows, AT_ONCE)):
        block = _block(many)
        numbers, steps = block[:, whole], block[:, 1 + names.index("step")]
        sound = (np.abs(numbers) < HIGHEST_STEP).all(axis=1) & (steps >= 0)  # false for what is no number
        blocks.append(block[sound])
        left_out |= len(blocks[-1]) < len(many)
    return np.concatenate(blocks), left_out


def require_whole(kind: type[Event], name: str, values: np.ndarray) -> None:
    """ValueError where a field that counts something holds what cannot be counted."""
    lowest = 0 if name == "step" else 1 - HIGHEST_STEP
    if FIELDS[kind].get(name) is int and not lowest <= values.min() <= values.max() < HIGHEST_STEP:
        raise ValueError(f"a pack of {table(kind)} holds no whole numbers")


def _block(rows: list[Row]) -> np.ndarray:
    """What is neither a number nor NULL, which is NaN, makes its row one of NaN."""
    try:
        return np.array(rows, float)
    except (ValueError, TypeError, OverflowError):
        nothing = (np.nan,) * len(rows[0])
        return np.array(
            [row if all(isinstance(v, int | float | None) for v in row) else nothing for row in rows], float
        )


def _thinned(salvage: Salvage, first: int) -> list[Row]:
    """One at random out of each equal share of the numbers: evenly, but in step with nothing that recurs."""
    shares = np.linspace(first, salvage.highest(), MOST_EVENTS)
    random = np.random.default_rng(0).random(MOST_EVENTS)
    wanted = (shares - random * (shares[1] - shares[0])).astype(np.int64)
    found = {
        row[0]: row for number in (first - 1, *wanted.tolist(), int(shares[-1]) - 1) for row in salvage.next(number)
    }
    return sorted(found.values())
