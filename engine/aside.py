"""Files and folders that are written aside and renamed when they are whole, so that nobody ever finds half of one."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.trouble import Trouble

ASIDE, OLD = ".aside", ".aside-old"  # endings of what is not ready, and of what is being replaced
MOST_BYTES = 240  # of a name that something is added to; file systems take 255
FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def file_aside(path: Path, overwrite: bool = False) -> Iterator[Path]:
    """The place to write to; renamed to `path` at the end, removed if anything goes wrong.

    Raises Trouble where something lies already that may not be replaced, and where nothing can be written.
    """
    require_free(path, overwrite)
    aside = beside(path, ASIDE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield aside
        os.replace(aside, path)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        discard(aside)


@contextmanager
def folder_aside(path: Path, overwrite: bool = False) -> Iterator[Path]:
    """A new folder to fill; renamed to `path` at the end, removed if anything goes wrong."""
    require_free(path, overwrite)
    aside, old = beside(path, ASIDE), beside(path, OLD)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        yield aside
        if path.exists():
            os.replace(path, old)
        os.replace(aside, path)
    except OSError as error:
        if old.exists() and not path.exists():
            os.replace(old, path)
        raise not_written(path, error) from error
    finally:
        discard(aside)
        if path.exists():  # else the old one is all there is
            discard(old)


def discard(path: Path) -> None:
    """Remove it, whatever it is; nothing where nothing is."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError, ValueError):
            path.unlink()


def beside(path: Path, ending: str) -> Path:
    """Next to it, by a name that file systems take however long its own is."""
    letters = os.fsencode(path.name)[:MOST_BYTES].decode(errors="ignore")
    return path.with_name(f"{letters}{ending}")


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
