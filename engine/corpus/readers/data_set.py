"""Hugging Face data sets, saved on disk or from the hub: each row is a document. Their own programs are never run."""

import os
from collections.abc import Generator, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from engine.child import Limits, in_child
from engine.corpus.digests import Facts
from engine.corpus.document import Piece, progressed
from engine.corpus.left_out import LeftOut, missing
from engine.corpus.listing import Entry, Found
from engine.corpus.notes import Notes
from engine.corpus.place import Place, shown
from engine.corpus.readers import arrow
from engine.corpus.source import changed
from engine.events import Progressed
from engine.trouble import Trouble

SAVED = (("dataset_dict.json",), ("state.json", "dataset_info.json"))  # what save_to_disk leaves in a folder
DAY = 86_400  # seconds
BEAT = 0.2  # seconds
MAPPED = 64 * 10**12  # bytes; files are mapped into memory, which counts as if they were read


def is_saved(folder: Path) -> bool:
    """Whether `save_to_disk` made this folder."""
    return any(all(os.path.isfile(folder / name) for name in names) for names in SAVED)  # any name will do for isfile


def downloaded(place: Place) -> Generator[Progressed, None, list[Path]]:
    """The files of a data set of the hub, which may be on this computer already; Trouble if it cannot be had."""
    _require_datasets(place.hub)
    words, advice = f"get the data set {shown(place.hub)}", "Check its name, and that there is a network."
    limits = Limits(words, advice, memory=MAPPED, processor=DAY, seconds=DAY)
    paths: list[Path] = []
    for path in in_child(f"{__name__}:files", [place.hub, place.subset, place.split], limits, BEAT):
        yield progressed("Getting the data set", 0, 1)
        paths += [Path(path)] if path else []
    return paths


def files(argument: list[str]) -> Iterator[str]:
    """In the child: name, subset and split in; paths of Arrow files out."""
    from datasets import load_dataset

    name, subset, split = argument
    made = _one_split(load_dataset(name, subset or None), name, split)
    yield from (file["filename"] for file in made.cache_files)


def read(found: Found, notes: Notes) -> Iterator[Piece]:
    """The documents of one split, "train" unless another was chosen. Raises Trouble."""
    _require_datasets(found.name)
    try:
        rows = _opened(found).with_format("arrow")
        names = arrow.text_columns(rows.features.arrow_schema)
        first = next(iter(rows.select_columns(names).iter(arrow.ROWS)), None)
        if first is None:
            raise LeftOut("without any rows", "Choose another split.")
        column = arrow.column_chosen(first, found.place.column, notes)
    except LeftOut as reason:
        raise reason.trouble(found.name) from reason
    share = found.size / rows.num_rows
    batches = rows.select_columns([arrow.outer(column, names)]).iter(arrow.ROWS)
    yield from arrow.pieces(batches, column, lambda done: int(share * done), notes)
    if not all(_is_unchanged(entry) for entry in found.files):
        raise changed(found.name)


def _is_unchanged(entry: Entry) -> bool:
    try:
        return Facts.of(entry.path.stat()) == entry.facts
    except OSError:
        return False


def _opened(found: Found) -> Any:
    from datasets import Dataset, concatenate_datasets, load_from_disk

    try:
        if found.place.hub:
            return concatenate_datasets([Dataset.from_file(str(path)) for path, _ in found.files])
        return _one_split(load_from_disk(str(found.place.file)), found.name, found.place.split)
    except Trouble:
        raise
    except Exception as error:  # whatever such a folder makes the library do
        raise Trouble(f"{found.name} is a damaged data set.", "Save it once more with save_to_disk.") from error


def _one_split(made: Any, name: str, split: str) -> Any:
    if not isinstance(made, dict):
        return made
    wanted = split or ("train" if "train" in made else next(iter(made), ""))
    if wanted not in made:
        raise Trouble(f"{shown(name)} has no split “{shown(wanted)}”.", f"Choose one of these: {', '.join(made)}.")
    return made[wanted]


def _require_datasets(name: str) -> None:
    if not find_spec("datasets"):
        raise missing("a data set", "hf").trouble(shown(name))
