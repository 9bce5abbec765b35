"""Files and folders that are written aside and renamed when they are whole, so that nobody ever finds half of one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.trouble import Trouble

ASIDE = ".aside"  # ending of what is not ready
MOST_LETTERS = 240  # bytes of a name, with what is added to it


@contextmanager
def file_aside(path: Path, overwrite: bool = False) -> Iterator[Path]:
    """The place to write to; renamed to `path` at the end, removed if anything goes wrong.

    Raises Trouble where something lies already that may not be replaced, and where nothing can be written.
    """
    require_free(path, overwrite)
    aside = path.with_name(f"{path.name}{ASIDE}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield aside
        os.replace(aside, path)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        with suppress(OSError):
            aside.unlink()


@contextmanager
def folder_aside(path: Path, overwrite: bool = False) -> Iterator[Path]:
    """A new folder to fill; renamed to `path` at the end, removed if anything goes wrong."""
    require_free(path, overwrite)
    aside, old = path.with_name(f"{path.name}{ASIDE}"), path.with_name(f"{path.name}.old")
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
        for gone in (aside, old):
            shutil.rmtree(gone, ignore_errors=True)


def require_free(path: Path, overwrite: bool) -> None:
    """Trouble where something lies that may not be replaced, or where no name is."""
    if not path.name:
        raise Trouble("There is no name for the file.", "Give it one.")
    try:
        there = path.exists() or path.is_symlink()
    except (OSError, ValueError) as error:
        raise not_written(path, error) from error
    if there and not overwrite:
        raise Trouble(f"{path} is there already.", "Choose another name, or have it replaced with --overwrite.")


def not_written(path: Path, error: OSError | ValueError) -> Trouble:
    """What a person can do about it."""
    reason = getattr(error, "strerror", None) or str(error)
    return Trouble(
        f"{path} cannot be written: {reason}.", "Choose another place, or close the program that has it open."
    )
