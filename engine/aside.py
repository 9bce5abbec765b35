"""Files and folders that are written aside and renamed when they are whole, so that nobody ever finds half of one."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from engine.trouble import Trouble

ASIDE, OLD = ".aside", ".aside-old"  # endings of what is not ready, and of what is being replaced
MOST_BYTES = 235  # of a name that something is added to; file systems take 255
FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def file_aside(path: Path, overwrite: bool = False) -> Iterator[Path]:
    """The place to write to; renamed to `path` at the end, removed if anything goes wrong.

    Raises Trouble where something lies already that may not be replaced, and where nothing can be written.
    """
    require_free(path, overwrite)
    if path.is_dir():
        raise Trouble(f"{path} is a folder.", "Choose another name.")
    aside = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = new_file(path, ASIDE)
        yield aside
        require_free(path, overwrite)  # another may have come meanwhile
        os.replace(aside, path)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        discard(aside)


@contextmanager
def folder_aside(path: Path, overwrite: bool = False) -> Iterator[Path]:
    """A new folder to fill; renamed to `path` at the end, removed if anything goes wrong."""
    require_free(path, overwrite)
    aside = old = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = new_folder(path, ASIDE)
        yield aside
        require_free(path, overwrite)
        if path.exists():
            old = new_folder(path, OLD)
            os.replace(path, old / path.name)
        os.replace(aside, path)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        discard(aside)
        if old and not path.exists():
            with suppress(FileNotFoundError):
                os.replace(old / path.name, path)
        discard(old)


def discard(path: Path | None) -> None:
    """Remove it, whatever it is; nothing where nothing is."""
    if path is None:
        return
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError, ValueError):
            path.unlink()


def new_file(path: Path, ending: str) -> Path:
    """An empty one beside it, which nobody else has: two may write at once, and what a person keeps there stays."""
    for place in beside(path, ending):
        with suppress(FileExistsError):
            os.close(os.open(place, os.O_CREAT | os.O_EXCL, 0o666))
            return place
    raise AssertionError  # there is no end of names


def new_folder(path: Path, ending: str) -> Path:
    """The same, a folder."""
    for place in beside(path, ending):
        with suppress(FileExistsError):
            place.mkdir()
            return place
    raise AssertionError


def beside(path: Path, ending: str) -> Iterator[Path]:
    """Names next to it that file systems take however long its own is."""
    letters = os.fsencode(path.name)[:MOST_BYTES].decode(errors="ignore")
    yield path.with_name(f"{letters}{ending}")
    for number in count(2):
        yield path.with_name(f"{letters}{ending}-{number}")


def require_free(path: Path, overwrite: bool) -> None:
    """Trouble where something lies that may not be replaced, or where no name is."""
    if not path.name:
        raise Trouble("There is no name for the file.", "Give it one.")
    try:
        path.lstat()  # a link that leads nowhere is something, too
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise not_written(path, error) from error
    if not overwrite:
        raise Trouble(f"{path} is there already.", "Choose another name, or have it replaced with --overwrite.")


def not_written(path: Path, error: OSError | ValueError) -> Trouble:
    """What a person can do about it."""
    reason = getattr(error, "strerror", None) or str(error)
    full = getattr(error, "errno", None) in FULL
    advice = "Make room there" if full else "Close the program that has it open"
    return Trouble(f"{path} cannot be written: {reason}.", f"{advice}, or choose another place.")
