"""Why a disk refuses, in words for a person, and whether that may pass by itself."""

import errno
import sqlite3
from pathlib import Path

from engine.trouble import Trouble

FULL = "the disk is full", "Free some space."
CLOSED = "its folder may not be written to any more", "Allow it again."
GONE = "its folder is not there any more", "Connect the drive again, or put the folder back."
DAMAGED = "the file is damaged", "Bring it back from a copy, or go on in a new run."
BUSY = "another program keeps the file to itself", "Close that program."
DRIVE = "Look after the drive."
RESTART = "Go on from the last checkpoint to record again."

BY_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: CLOSED,
    errno.EPERM: CLOSED,
    errno.EROFS: CLOSED,
    errno.ENOENT: GONE,
    errno.ENODEV: GONE,
    errno.ENXIO: GONE,
    errno.ESTALE: GONE,
}
BY_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: CLOSED,
    sqlite3.SQLITE_PERM: CLOSED,
    sqlite3.SQLITE_CANTOPEN: GONE,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
}
PASSING = (*BY_SQLITE, sqlite3.SQLITE_IOERR)
BROKEN = {sqlite3.SQLITE_CORRUPT: DAMAGED, sqlite3.SQLITE_NOTADB: DAMAGED}


def may_pass(error: Exception) -> bool:
    """Whether it is the disk that refuses, and not the file or the event that is wrong."""
    return isinstance(error, OSError) or _code(error) in PASSING


def interrupted(error: Exception) -> Trouble:
    """What to say when recording has to wait."""
    why, mend = reason(error)
    return Trouble(
        f"The run is not being recorded: {why}.",
        f"{mend} Training goes on, and what happens meanwhile is kept in memory and recorded then.",
    )


def ended(folder: Path, error: Exception, events: int) -> Trouble:
    """What to say when it cannot be recorded at all, or not to its end: so many events are missing."""
    if isinstance(error, Trouble):
        return error
    why, mend = reason(error)
    if events:
        return Trouble(f"The last {events:,} events of the run could not be recorded in {folder}: {why}.", mend)
    return Trouble(f"The run cannot be recorded in {folder}: {why}.", f"{mend} Or choose another folder.")


def reason(error: Exception) -> tuple[str, str]:
    """What is wrong, and what to do."""
    if isinstance(error, OSError):
        return BY_SYSTEM.get(error.errno or 0) or (str(error), DRIVE)
    if known := {**BY_SQLITE, **BROKEN}.get(_code(error)):
        return known
    return (str(error), DRIVE) if may_pass(error) else (repr(error), RESTART)


def _code(error: Exception) -> int:
    """SQLite's own, without its details; 0 for any other error."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
