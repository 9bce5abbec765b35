"""Which files of a person's choice can be read, and what is in them, as one hash: known before anything is decoded."""

import os
import stat
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from time import time_ns
from typing import NamedTuple

from engine.corpus.built_in import BUILT_IN
from engine.corpus.digests import Digests, Facts, digest_of
from engine.corpus.document import progressed
from engine.corpus.kind import LOOKED_AT, kind_of, packing_of
from engine.corpus.left_out import LeftOut, binary
from engine.corpus.notes import Notes
from engine.corpus.place import Place, shown, written
from engine.corpus.source import changed
from engine.events import Progressed
from engine.trouble import Trouble

DEEPEST = 200  # folders within folders; older Pythons walk no more than a few hundred


class Entry(NamedTuple):
    """A file, and what the system said of it when it was found."""

    path: Path
    facts: Facts


class Found(NamedTuple):
    """Files that can be read, in order of their paths."""

    place: Place
    name: str  # for people
    is_folder: bool
    files: tuple[Entry, ...] = ()
    size: int = 0  # bytes
    digest: str = ""  # same bytes and choices, same digest
    warnings: tuple[str, ...] = ()  # sentences


def find(place: Place, cache: Path | None = None, every_kind: bool = False) -> Generator[Progressed, None, Found]:
    """The file at `place`, or all in the folder there; Trouble if there is none that can be read.

    In `cache` is remembered what was in files. Binary files are left out unless `every_kind` is wanted.
    """
    path = place.file
    notes = Notes()
    is_folder = _is_folder(path)
    entries = (yield from _listed(path, notes)) if is_folder else [Entry(path, Facts.of(path.stat()))]
    if not is_folder and not entries[0].facts.size:
        raise Trouble(f"{shown(path.name)} is empty.", "Choose a file with some text in it.")
    found = yield from _hashed(Found(place, shown(path.name or path), is_folder), entries, notes, cache, every_kind)
    if not found.files:
        message = " ".join((f"There is no text in {found.name}.", *found.warnings))
        raise Trouble(message, "Choose a folder with text files in it.")
    return found


def these(place: Place, name: str, paths: Iterable[Path], cache: Path | None) -> Generator[Progressed, None, Found]:
    """Files that are known already, as those of a data set."""
    entries = [Entry(path, Facts.of(path.stat())) for path in sorted(paths)]
    return (yield from _hashed(Found(place, name, True), entries, Notes(), cache, every_kind=True))


def unreadable(path: Path) -> Trouble:
    """What to say about a file or folder that cannot be opened."""
    advice = "Check that you are allowed to open it, or choose another."
    return Trouble(f"{shown(path.name or path)} cannot be read.", advice)


@contextmanager
def one_of_many(found: Found, entry: Entry, notes: Notes) -> Iterator[None]:
    """What keeps this file from being read is noted; Trouble if it is the only one."""
    try:
        yield
    except LeftOut as reason:
        if not found.is_folder:
            raise reason.trouble(found.name) from reason
        reason.note(notes)
    except OSError as error:
        if not found.is_folder:
            raise unreadable(entry.path) from error
        notes.add("file", "files", "not readable and left out")


def _is_folder(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        advice = "Check the path, or choose another file."
        if path.name == str(path):  # a single word may have been meant for one of ours
            advice = f"Check the path; the built-in texts are called {', '.join(BUILT_IN)}."
        raise Trouble(f"There is nothing at {shown(path)}.", advice) from error
    except (OSError, ValueError) as error:
        raise unreadable(path) from error
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise Trouble(f"{shown(path.name)} is neither a file nor a folder.", "Choose a text file or a folder.")
    return stat.S_ISDIR(mode)


def _listed(folder: Path, notes: Notes) -> Generator[Progressed, None, list[Entry]]:
    """Regular files under `folder`; hidden ones are only counted, and no folder is entered twice."""
    entries: list[Entry] = []
    refused: list[OSError] = []
    entered: set[tuple[int, int]] = set()
    _is_new(folder, entered)
    for root, folders, files in os.walk(folder, followlinks=True, onerror=refused.append):
        yield progressed("Looking for text", 0, 1)
        if len(Path(root).parts) - len(folder.parts) == DEEPEST and folders:
            notes.add("folder", "folders", "nested too deeply and left out", len(folders))
            folders.clear()
        folders[:] = sorted(name for name in folders if not name.startswith(".") and _is_new(Path(root, name), entered))
        for name in sorted(files):
            facts = None if name.startswith(".") else _facts(Path(root, name))
            if facts is None or not stat.S_ISREG(facts.st_mode):
                notes.add("file", "files", f"{'hidden' if name.startswith('.') else 'not readable'} and left out")
            elif facts.st_size:
                entries.append(Entry(Path(root, name), Facts.of(facts)))
    if refused:
        notes.add("folder", "folders", "not readable and left out", len(refused))
    if refused and not entries:
        raise unreadable(folder) from refused[0]
    return sorted(entries)


def _hashed(
    found: Found, entries: list[Entry], notes: Notes, cache: Path | None, every_kind: bool
) -> Generator[Progressed, None, Found]:
    digests = Digests(cache, written(found.place))
    summed = blake2b(repr(sorted(found.place.choices.items())).encode(), digest_size=16)
    files: list[Entry] = []
    done, whole = 0, sum(entry.facts.size for entry in entries)
    for entry in entries:
        with one_of_many(found, entry, notes):
            summed.update((yield from _digest(entry, found.place, digests, (done, whole), every_kind)).encode())
            files.append(entry)
        done += entry.facts.size
    digests.keep()
    size = sum(entry.facts.size for entry in files)
    return found._replace(files=tuple(files), size=size, digest=summed.hexdigest(), warnings=notes.sentences())


def _digest(
    entry: Entry, place: Place, digests: Digests, progress: tuple[int, int], every_kind: bool
) -> Generator[Progressed, None, str]:
    """What is in the file, and how it will be read; LeftOut if it is binary."""
    if known := digests.known(entry.path, entry.facts):
        return known
    with entry.path.open("rb") as file:
        start = file.read(LOOKED_AT)
    packing = packing_of(start)
    kind = kind_of(entry.path.name, b"" if packing else start, place.encoding)
    if kind == "binary" and not every_kind:
        raise binary()
    began = time_ns()
    digest = f"{packing} {kind} {(yield from digest_of(entry.path, *progress))}"
    if Facts.of(entry.path.stat()) != entry.facts:
        raise changed(shown(entry.path.name))
    digests.add(entry.path, entry.facts, digest, began)
    return digest


def _is_new(folder: Path, entered: set[tuple[int, int]]) -> bool:
    facts = _facts(folder)
    place = (facts.st_dev, facts.st_ino) if facts else (-1, hash(folder))
    fresh = place not in entered
    entered.add(place)
    return fresh


def _facts(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None
