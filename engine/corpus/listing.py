"""Which files of a person's choice are text, and what is in them, as one hash: known before anything is decoded."""

import os
import stat
from collections.abc import Generator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from engine.corpus.document import progressed
from engine.events import Progressed
from engine.trouble import Trouble

READ_AT_MOST = 256 * 2**20  # bytes; all of it is held in memory as text
CHUNK = 4 * 2**20
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")  # UTF-16 and UTF-32 have zero bytes, and are text


class Found(NamedTuple):
    """Text files, in order of their paths."""

    name: str
    files: list[Path]
    size: int  # bytes that will be read
    digest: str
    warnings: tuple[str, ...]


def find(path: Path) -> Generator[Progressed, None, Found]:
    """The text file at `path`, or all in the folder there; Trouble if there is none."""
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
        if not is_folder and not path.is_file():
            raise Trouble(f"{path.name} is neither a file nor a folder.", "Choose a text file or a folder.")
        size = 0 if is_folder else path.stat().st_size
    except FileNotFoundError as error:
        raise Trouble(f"There is nothing at {path}.", "Check the path, or choose another file.") from error
    except (OSError, ValueError) as error:
        raise unreadable(path) from error
    notes: dict[str, int] = {}
    if is_folder:
        entries = yield from _listed(path, notes)
    else:
        entries = [(path, size)] if size else []
    found = yield from _hashed(path, entries, notes)
    if not found.files:
        raise _no_text(path, is_folder, notes)
    return found


def unreadable(path: Path) -> Trouble:
    """What to say about a file or folder that cannot be opened."""
    return Trouble(f"{path.name or path} cannot be read.", "Check that you are allowed to open it, or choose another.")


def said_in_words(notes: dict[str, int], files: int) -> tuple[str, ...]:
    """What was unusual about how many of so many files, a sentence each."""
    if files == 1:
        return tuple(f"The text is {note}." for note in notes)
    return tuple(
        f"{count:,} of {files:,} files {'is' if count == 1 else 'are'} {note}." for note, count in notes.items()
    )


def _listed(folder: Path, notes: dict[str, int]) -> Generator[Progressed, None, list[tuple[Path, int]]]:
    """Regular files under `folder` and their sizes; hidden ones are only counted, and no folder is entered twice."""
    entries: list[tuple[Path, int]] = []
    refused: list[OSError] = []
    entered: set[tuple[int, int]] = set()
    _is_new(folder, entered)
    for root, folders, files in os.walk(folder, followlinks=True, onerror=refused.append):
        yield progressed("Looking for text", 0, 1)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and _is_new(Path(root, name), entered))
        for name in sorted(files):
            facts = None if name.startswith(".") else _facts(Path(root, name))
            if facts is None or not stat.S_ISREG(facts.st_mode):
                _count(notes, "hidden" if name.startswith(".") else "not readable")
            elif facts.st_size:
                entries.append((Path(root, name), facts.st_size))
    if refused:
        notes["not readable"] = notes.get("not readable", 0) + len(refused)
    if refused and not entries:
        raise unreadable(folder) from refused[0]
    return sorted(entries)


def _hashed(path: Path, entries: list[tuple[Path, int]], notes: dict[str, int]) -> Generator[Progressed, None, Found]:
    summed = blake2b(digest_size=16)
    files: list[Path] = []
    size, whole = 0, sum(size for _, size in entries)
    for file, length in entries:
        if size >= READ_AT_MOST:
            _count(notes, "too much")
            continue
        try:
            digest = yield from _digest(file, READ_AT_MOST - size, size / max(1, whole))
        except OSError as error:
            if file == path:
                raise unreadable(path) from error
            _count(notes, "not readable")
            continue
        if digest is None:
            _count(notes, "no text but binary")
            continue
        summed.update(digest)
        files.append(file)
        size += length
        if size > READ_AT_MOST:
            _count(notes, "too much")
    return Found(path.name or str(path), files, min(size, READ_AT_MOST), summed.hexdigest(), _warnings(notes))


def _digest(path: Path, room: int, done: float) -> Generator[Progressed, None, bytes | None]:
    """The hash of at most `room` bytes of a file; None if it is no text."""
    summed = blake2b(digest_size=16)
    with path.open("rb") as file:
        wide = file.read(4).startswith(WIDE_MARKS)
        file.seek(0)
        while room > 0 and (chunk := file.read(min(CHUNK, room))):
            if not wide and b"\0" in chunk:
                return None
            summed.update(chunk)
            room -= len(chunk)
            yield progressed("Looking at text", done, 1)
    return summed.digest()


def _warnings(notes: dict[str, int]) -> tuple[str, ...]:
    left = [f"{count:,} {'is' if count == 1 else 'are'} {note}" for note, count in notes.items() if note != "too much"]
    warnings = [f"Files left out: {', '.join(left)}."] if left else []
    if "too much" in notes:
        warnings.append(f"Only the first {READ_AT_MOST // 2**20:,} MB are read; the rest is left out.")
    return tuple(warnings)


def _no_text(path: Path, is_folder: bool, notes: dict[str, int]) -> Trouble:
    name = path.name or str(path)
    if is_folder:
        message = " ".join((f"There is no text in {name}.", *_warnings(notes)))
        return Trouble(message, "Choose a folder with .txt, .md or .py files.")
    if notes:
        return Trouble(f"{name} is no text but a binary file.", "Save it as plain text (UTF-8), or choose another.")
    return Trouble(f"{name} is empty.", "Choose a file with some text in it.")


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


def _count(notes: dict[str, int], note: str) -> None:
    notes[note] = notes.get(note, 0) + 1
