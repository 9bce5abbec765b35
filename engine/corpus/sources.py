"""From what is chosen in the settings to texts that can be read: built-in ones, files, folders and data sets."""

import os
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path

from engine.corpus import listing, python_library, reading, world
from engine.corpus.built_in import BUILT_IN
from engine.corpus.document import Piece
from engine.corpus.encoding import require_known
from engine.corpus.listing import Found
from engine.corpus.notes import Notes
from engine.corpus.place import Place, place_of, shown
from engine.corpus.readers import data_set
from engine.corpus.source import Source
from engine.events import Progressed
from engine.settings import Settings
from engine.trouble import Trouble

FORMAT = 1  # of the way files are read


def sources_of(settings: Settings, cache: Path | None = None) -> Generator[Progressed, None, tuple[Source, ...]]:
    """One for each text of `settings.corpus`, none of them read yet; Trouble for what cannot be."""
    sources: list[Source] = []
    for name in settings.corpus:
        if name in BUILT_IN:
            sources.append(_built_in(name, settings))
        else:
            sources.append((yield from _own(place_of(name), cache)))
    return tuple(sources)


def _built_in(name: str, settings: Settings) -> Source:
    label = BUILT_IN[name].label
    if not BUILT_IN[name].share:
        size = python_library.SIZE
        return Source(label, python_library.origin(), python_library.key(), size, (), python_library.read)
    megabytes = _share(name, settings)
    key, size = world.key(name, megabytes), int(megabytes * 1_000_000)
    return Source(label, "made up by Terrarium", key, size, (), lambda _: world.told(name, megabytes))


def _share(name: str, settings: Settings) -> float:
    """Megabytes of one of the built-in texts that were chosen."""
    shares = {chosen: BUILT_IN[chosen].share for chosen in settings.corpus if chosen in BUILT_IN}
    return settings.megabytes * shares[name] / sum(shares.values())


def _own(place: Place, cache: Path | None) -> Generator[Progressed, None, Source]:
    if not place.path.strip():
        raise Trouble("No text is chosen.", "Choose a built-in text, or the path of a text file or folder.")
    if "://" in place.path and not os.path.lexists(place.path):
        raise Trouble(f"{shown(place.path)} is an address on the web.", "Download the text, and choose the file.")
    if place.encoding:
        require_known(place.encoding)
    if place.hub:
        paths = yield from data_set.downloaded(place)
        found = yield from listing.these(place, shown(place.hub), paths, cache)
        return _source(found, f"{found.name} on the Hugging Face hub", data_set.read)
    saved = data_set.is_saved(place.file)
    found = yield from listing.find(place, cache, every_kind=saved)
    return _source(found, shown(place.file.absolute()), data_set.read if saved else reading.read)


def _source(found: Found, origin: str, read: Callable[[Found, Notes], Iterator[Piece]]) -> Source:
    key = f"{FORMAT} {found.digest}"
    return Source(found.name, origin, key, found.size, found.warnings, partial(_read, found, read))


def _read(found: Found, read: Callable[[Found, Notes], Iterator[Piece]], notes: Notes) -> Iterator[Piece]:
    """The same, but no text at all is Trouble that says what was left out."""
    empty = True
    for piece in read(found, notes):
        empty = False
        yield piece
    if empty:
        message = " ".join((f"{found.name} holds no text.", *found.warnings, *notes.sentences()))
        raise Trouble(message, "Choose a file with some text in it, or another column of this one.")
