"""How a run is deleted: into the system's trash, from where it can be taken back; or its heavy looks alone, for good.

Only whole run folders that lie where runs lie are ever touched; a link leads out, so it is refused.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from engine.checkpoints import is_run
from engine.library.glance import LOOKS
from engine.runfile import FILE_NAME, table
from engine.runfile.guard import real_columns
from engine.runfile.journal import connected
from engine.runfile.lock import hold, locked
from engine.runfile.schema import require_schema
from engine.trouble import Trouble

PATIENCE = 2.0  # seconds for somebody who reads it at the moment
RECORDED_NOW = "is being recorded now."
END_FIRST = "Stop that training first."


def require_ours(folder: Path, runs: Path, also: Iterable[Path], given: Iterable[Path] = ()) -> None:
    """Raises Trouble for what is no run, lies elsewhere, or is being recorded."""
    by_hand = "Look at it in your file browser."
    if folder in given:
        raise Trouble(f"{folder.name} came with the program and stays as it is.", "Delete one of your own.")
    if os.path.islink(folder) or os.path.islink(folder / FILE_NAME):
        raise Trouble(f"{folder.name} is a link to another place; nothing was deleted.", by_hand)
    inside = os.path.realpath(folder.parent) == os.path.realpath(runs)
    if not (inside or folder in also) or not is_run(folder):
        raise Trouble(f"{folder} is no run of this library; nothing was deleted.", by_hand)
    if locked(folder):
        raise Trouble(f"{folder.name} {RECORDED_NOW}", END_FIRST)


def to_trash(folder: Path) -> None:
    """All of it. Raises Trouble where there is no trash, and then nothing has changed."""
    from send2trash import send2trash

    try:
        send2trash(os.fspath(folder))
    except OSError as error:
        raise Trouble(
            f"{folder.name} could not be put into the trash: {error.strerror or error}.",
            "It is still there; delete its folder in your file browser.",
        ) from error


def drop_looks(folder: Path) -> None:
    """What attention and predictions looked like; every number, sample and checkpoint stays. Raises Trouble."""
    again = "Close what else reads it, and try again."
    try:
        lock = hold(folder)
        try:
            with closing(connected(folder / FILE_NAME, PATIENCE)) as file:
                empty_looks(file)
        finally:
            lock.release()
    except (sqlite3.Error, OSError) as error:
        raise Trouble(f"The looks of {folder.name} could not be deleted: {error}.", again) from error


def empty_looks(file: sqlite3.Connection) -> None:
    """And give the room back to the disk."""
    require_schema(file)
    require_plain(file)
    with file:
        for name in real_columns(file).keys() & {table(kind) for kind in LOOKS}:
            file.execute(f"DELETE FROM {name}")
    file.execute("VACUUM")
    file.execute("PRAGMA journal_mode=DELETE")  # one clean file


def require_plain(file: sqlite3.Connection) -> None:
    """A stranger's file could run statements of its own when rows are deleted."""
    file.execute("PRAGMA trusted_schema=OFF")
    if file.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone():
        raise Trouble("The run file holds triggers, which no run of ours has.", "Nothing was deleted.")
