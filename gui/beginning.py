"""How a text begins, for a person who chooses it: a few lines, read at once and never far. Knows no Qt."""

import csv
import json
import zlib
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple

from engine.corpus.built_in import BUILT_IN
from engine.corpus.encoding import mark_of
from engine.corpus.kind import Kind, kind_of, packing_of
from engine.corpus.place import Place
from engine.trouble import Trouble
from gui.text import one_line, prose

READ, SOME = 8_000, 0.01  # bytes of a file, and megabytes of what is made
LINES, WIDE = 12, 200  # of the beginning, and characters of each
LISTED = 11  # names in a folder
LATER = {
    "parquet": "A Parquet file: its rows are seen when it is read.",
    "pdf": "A PDF: its words are seen when it is read.",
    "binary": "This is no text that can be read.",
    "packed": "Packed with zstd: it is seen when it is read.",
    "data set": "It is fetched over the network when the run begins, and then kept.",
}


class Beginning(NamedTuple):
    kind: Kind | Literal["folder", "data set"]
    text: str  # to be shown as it is: whatever hides is made visible
    columns: tuple[str, ...] = ()  # of a table, or fields of records


def beginning_of(place: Place) -> Beginning:
    """Raises Trouble where there is nothing that could be read."""
    if place.hub:
        return Beginning("data set", LATER["data set"])
    try:
        if place.file.is_dir():
            return Beginning("folder", _listed(place.file))
        with place.file.open("rb") as file:
            start = file.read(READ)
    except (OSError, ValueError) as error:
        raise Trouble("There is no such file or folder.", "Check the path, or choose another one.") from error
    return _of_file(place, start)


def built_in_beginning(name: str) -> Beginning:
    """The first document of a text that is made by rules; what another one is."""
    if not BUILT_IN[name].share:
        return Beginning("text", f"{BUILT_IN[name].description}.")
    from engine.corpus.world import told  # not before it is needed: the rules take a while to load

    return Beginning("text", _first_lines(next(told(name, SOME)).text))


def _of_file(place: Place, start: bytes) -> Beginning:
    packing = packing_of(start)
    if packing == "zstd":
        return Beginning(kind_of(place.path, b"", place.encoding), LATER["packed"])
    try:
        plain = zlib.decompressobj(wbits=31).decompress(start, READ) if packing else start
    except zlib.error as error:
        raise Trouble("This file is damaged: it cannot be unpacked.", "Choose another one.") from error
    kind = kind_of(place.path, plain, place.encoding)
    if kind in LATER:
        return Beginning(kind, LATER[kind])
    text = plain.decode(mark_of(plain) or place.encoding or "utf-8", "replace")
    return Beginning(kind, _first_lines(text), _columns(kind, text, place.path))


def _columns(kind: str, text: str, path: str) -> tuple[str, ...]:
    """Their names, where the first line tells them."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    if kind == "table":
        comma = "\t" if ".tsv" in path.lower() or ".tab" in path.lower() else ","
        return tuple(name for name in next(csv.reader([first], delimiter=comma), []) if name)
    if kind != "json lines":
        return ()
    try:
        record = json.loads(first)
    except (ValueError, RecursionError):
        return ()
    return tuple(record) if isinstance(record, dict) else ()


def _first_lines(text: str) -> str:
    lines = text.lstrip("\ufeff").splitlines()[:LINES]
    return prose("\n".join(line if len(line) <= WIDE else f"{line[:WIDE]}…" for line in lines))


def _listed(folder: Path) -> str:
    """Some of the names in it, sorted; it may hold millions."""
    names = sorted(one.name for one in islice(folder.iterdir(), 1000) if not one.name.startswith("."))
    more = len(names) - LISTED
    shown = [*names[:LISTED], *([f"… and {more:,} more"] if more > 0 else [])]
    return "\n".join(map(one_line, shown)) if names else "This folder is empty."
