"""Reads the log of another program: what kind it is is told by how it begins, for names promise little."""

from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from engine.logs import json_lines, parquet, tables, tfevents
from engine.logs.frames import HEAD, checksums
from engine.logs.log import Gathering, Log
from engine.trouble import Trouble

Read = Callable[[Gathering], Iterator[int]]
EVENTS = "tfevents"  # in the name of every event file
PARTS = (
    "train",
    "training",
    "validation",
    "valid",
    "val",
    "eval",
    "test",
    "dev",
)  # of one run, in folders of their own
NAMELESS = ("metrics", "trainer_state", "history", "progress", "log", "events")  # the folder says more
SHOWN = 5  # names listed in a message


def read_log(path: Path) -> Generator[float, None, Log]:
    """Yields the share that is done, and gives the log. Raises Trouble; closing it leaves nothing behind."""
    gathering = Gathering()
    done = 0
    try:
        sources = sources_of(path)
        sizes = [source.stat().st_size for source, _ in sources]
        whole = max(1, sum(sizes))
        for size, (_, read) in zip(sizes, sources, strict=True):
            for at in read(gathering):
                yield min(1.0, (done + at) / whole)
            done += size
    except OSError as error:
        raise Trouble(f"{path} cannot be read: {error.strerror}.", "Choose another file.") from error
    return gathering.log(name_of(path))


def name_of(path: Path) -> str:
    """What a run of this log may be called."""
    whole = path.absolute()
    nameless = whole.is_file() and (EVENTS in whole.name or whole.stem in NAMELESS)
    return (whole.parent.name if nameless else whole.stem if whole.is_file() else whole.name) or "log"


def sources_of(path: Path) -> list[tuple[Path, Read]]:
    """The files to read, in order, and how. Trouble where there are none."""
    if path.is_file():
        return [(path, reader_of(path))]
    if not path.is_dir():
        raise Trouble(f"There is no file {path}.", "Choose a log, or the folder it lies in.")
    if found := event_files(path):
        return sorted(found, key=lambda source: (tfevents.begun(source[0]), source[0]))
    tables = sorted(one for one in path.iterdir() if one.suffix in (".csv", ".tsv", ".jsonl", ".parquet"))
    if len(tables) != 1:
        raise Trouble(f"{path} holds {listed(tables) if tables else 'no log'}.", "Choose the file of one run.")
    return [(tables[0], reader_of(tables[0]))]


def event_files(folder: Path) -> list[tuple[Path, Read]]:
    """Those of one run; some programs keep training and validation in folders of their own, which name the numbers."""
    own = list(event_files_in(folder))
    within = {sub.name: list(event_files_in(sub)) for sub in sorted(folder.iterdir()) if sub.is_dir()}
    within = {name: files for name, files in within.items() if files}
    if within and not own and any(name.casefold() not in PARTS for name in within):
        if len(within) == 1:
            return event_files(folder / next(iter(within)))
        runs = [folder / name for name in within]
        raise Trouble(f"{folder} holds the logs of {listed(runs)}.", "Choose the folder of one run.")
    named = [(path, "") for path in own]
    named += [(path, f"{name}/") for name, files in within.items() for path in files]
    return [(path, partial(tfevents.read, path, prefix=prefix)) for path, prefix in named]


def event_files_in(folder: Path) -> Iterator[Path]:
    """Those that lie in the folder itself."""
    return (path for path in sorted(folder.iterdir()) if EVENTS in path.name and path.is_file())


def listed(paths: list[Path]) -> str:
    """Their names, the first few."""
    names = [path.name for path in paths]
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def reader_of(path: Path) -> Read:
    """By its first bytes. Trouble for a file that is no log."""
    with path.open("rb") as file:
        start = file.read(HEAD.size + 4)
    if start.startswith(b"SQLite format 3"):
        raise Trouble(f"{path.name} is a database.", "A run of this program is opened, not imported.")
    if not start:
        raise Trouble(f"{path.name} is empty.", "Choose another file.")
    if EVENTS in path.name or is_framed(start):
        return partial(tfevents.read, path)
    if start.startswith(b"PAR1"):
        return partial(parquet.read, path)
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"[") or (text.startswith(b"{") and path.suffix == ".json"):
        return partial(json_lines.read_whole, path)
    return partial(json_lines.read if text.startswith(b"{") else tables.read, path)


def is_framed(start: bytes) -> bool:
    """Whether a length and its checksum fit, as at the start of an event file."""
    if len(start) < HEAD.size:
        return False
    length = np.frombuffer(start, np.uint8)
    return bool(checksums(length, np.zeros(1, np.int64), np.full(1, 8))[0] == HEAD.unpack_from(start)[1])
