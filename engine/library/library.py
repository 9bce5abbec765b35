"""All runs of a folder, newest first. A run whose files are as they were is not read again.

Another process may add, write, rename or delete runs meanwhile: what is half there is told as such, and nothing
here ever raises for it. One thread at a time may ask.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from engine.checkpoints import FOLDER, is_run
from engine.library.deletion import drop_looks, require_ours, to_trash
from engine.library.entry import Entry
from engine.library.glance import glance
from engine.runfile import FILE_NAME
from engine.runfile.lock import locked

WATCHED = (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-journal", FOLDER)

Stamp = tuple[tuple[int, int] | None, ...]


class Kept(NamedTuple):
    stamp: Stamp
    entry: Entry


class Library:
    def __init__(self, folder: Path, given: Iterable[Path] = ()) -> None:
        """`folder` holds runs, one folder each; those that are `given` came with the program, and stay as they are."""
        self.folder = Path(os.path.realpath(folder))
        self._given, self._also = tuple(given), list[Path]()
        self._kept: dict[Path, Kept] = {}

    def also(self, folder: Path) -> None:
        """List this run, too, which a person opened from elsewhere."""
        if folder.parent != self.folder and folder not in (*self._given, *self._also):
            self._also.append(folder)

    def entries(self) -> tuple[Entry, ...]:
        """Newest first."""
        self._kept = {folder: self._look(folder) for folder in self._folders()}
        found = [kept.entry for kept in self._kept.values()]
        return tuple(sorted(found, key=lambda entry: (entry.date, entry.key), reverse=True))

    def delete(self, folder: Path, heavy_only: bool) -> None:
        """All of a run into the trash, or for good what attention and predictions looked like. Raises Trouble."""
        require_ours(folder, self.folder, self._also, self._given)
        (drop_looks if heavy_only else to_trash)(folder)
        if not heavy_only and folder in self._also:
            self._also.remove(folder)

    def _folders(self) -> list[Path]:
        found: list[Path] = []
        with suppress(OSError), os.scandir(self.folder) as there:
            found = [Path(one.path) for one in there if not one.name.startswith(".")]
        return [folder for folder in (*found, *self._also, *self._given) if is_run(folder)]

    def _look(self, folder: Path) -> Kept:
        stamp, kept = stamp_of(folder), self._kept.get(folder)
        if kept is None or kept.stamp != stamp:
            kept = Kept(stamp, glance(folder))
        live = locked(folder)  # one that is killed leaves its files as they were
        if live == (kept.entry.state == "live"):
            return kept
        return Kept(stamp, replace(kept.entry, state="live") if live else glance(folder))


def stamp_of(folder: Path) -> Stamp:
    """What changes when a run is written to."""
    return tuple(_stat(folder / name) for name in WATCHED)


def _stat(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
