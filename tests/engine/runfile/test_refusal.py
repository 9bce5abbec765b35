"""What a disk says when it refuses, in words for a person; what can pass is told from what cannot."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from engine.runfile.refusal import ended, interrupted, may_pass
from engine.trouble import Trouble

RUN = Path("runs/amber-heron")


def by_sqlite(code: int) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


def by_system(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize(
    ("error", "why", "mend"),
    [
        (by_system(errno.ENOSPC), "the disk is full", "Free some space."),
        (by_sqlite(sqlite3.SQLITE_FULL), "the disk is full", "Free some space."),
        (by_system(errno.EROFS), "may not be written to", "Allow it"),
        (by_sqlite(sqlite3.SQLITE_READONLY_ROLLBACK), "may not be written to", "Allow it"),
        (by_system(errno.ENOENT), "not there any more", "Connect the drive"),
        (by_sqlite(sqlite3.SQLITE_CANTOPEN_ISDIR), "not there any more", "Connect the drive"),
        (by_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), "another program keeps the file", "Close that program."),
        (by_sqlite(sqlite3.SQLITE_IOERR_WRITE), "as SQLite says it", "Look after the drive."),
        (by_system(errno.EIO), os.strerror(errno.EIO), "Look after the drive."),
    ],
)
def test_what_may_pass_is_waited_for(error, why, mend):
    said = interrupted(error)
    assert may_pass(error)
    assert why in said.message
    assert said.advice.startswith(mend)
    assert "Training goes on" in said.advice


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (by_sqlite(sqlite3.SQLITE_CORRUPT_INDEX), "the file is damaged"),
        (by_sqlite(sqlite3.SQLITE_NOTADB), "the file is damaged"),
        (by_sqlite(sqlite3.SQLITE_ERROR), "as SQLite says it"),
        (TypeError("no number"), "no number"),
    ],
)
def test_what_cannot_pass_is_not(error, why):
    assert not may_pass(error)
    assert why in ended(RUN, error, 0).message


def test_what_is_lost_is_counted():
    assert "cannot be recorded" in ended(RUN, by_system(errno.ENOSPC), 0).message
    assert "last 1,200 events" in ended(RUN, by_system(errno.ENOSPC), 1200).message
    told = Trouble("It has schema 9.", "Open it with a newer program.")
    assert ended(RUN, told, 5) is told
