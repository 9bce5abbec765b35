"""The texts of a set-up: hashed where it is made, and looked for, compared and replaced where it is opened."""

import os
from collections.abc import Generator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Literal, NamedTuple

from engine.corpus.built_in import BUILT_IN
from engine.corpus.place import Place, place_of, shown, written
from engine.settings import Settings
from engine.setup_file import Look, Setup, Text
from engine.trouble import Trouble

State = Literal["same", "changed", "there", "lacking"]  # there: nobody knows how it was
FILES = ("tokenizer_file", "begin_with")  # settings that are paths of their own
LARGEST_FILE = 64_000_000  # bytes
FILE_WORDS = {"tokenizer_file": "The tokenizer", "begin_with": "The published model"}


class Found(NamedTuple):
    """A text of a set-up on this machine."""

    source: str  # as it now stands in the settings
    name: str
    state: State
    size: int | None  # bytes it had


class Examined(NamedTuple):
    setup: Setup  # with the paths that hold here
    texts: tuple[Found, ...]
    notes: tuple[str, ...]  # sentences

    @property
    def lacking(self) -> tuple[Found, ...]:
        """Without these it cannot begin."""
        return tuple(text for text in self.texts if text.state == "lacking")


def setup_of(
    settings: Settings, cache: Path | None, name: str = "", stop_at: int | None = None, window: Look | None = None
) -> Generator[float, None, Setup]:
    """Yields the share that is done. A text that is not there any more is named without a hash."""
    settings = whole(settings)
    known = yield from _hashes(settings, cache)
    texts = []
    for source in settings.corpus:
        digest, size = known.get(source, ("", None))
        texts.append(Text(source=source, name=name_of(source), size=size, hash=digest))
    look = window or Look()
    return Setup(name=name, settings=settings, texts=tuple(texts), files=_files(settings), stop_at=stop_at, window=look)


def examined(setup: Setup, folder: Path, cache: Path | None) -> Generator[float, None, Examined]:
    """Which of its texts are here, and whether they are the same; `folder` is where the set-up lies."""
    before = {text.source: text for text in setup.texts}
    corpus = tuple(nearest(source, folder) for source in setup.settings.corpus)
    files = _files_here(setup.settings, folder)
    notes = _file_notes(setup, files)
    settings = _with(setup.settings, corpus=corpus, **files)
    known = yield from _hashes(settings, cache)
    found = []
    for was, now in zip(setup.settings.corpus, corpus, strict=True):
        text = before.get(was) or Text(source=was, name=name_of(was))
        found.append(Found(now, text.name, _state(text, now, known), text.size))
    return Examined(setup.model_copy(update={"settings": settings}), tuple(found), tuple(notes))


def _files_here(settings: Settings, folder: Path) -> dict[str, str]:
    """Where they lie on this machine; the tokenizer of a published model goes where that has gone."""
    here = {name: nearest(getattr(settings, name), folder) for name in FILES}
    tokenizer, model = Path(settings.tokenizer_file), settings.begin_with
    if model and tokenizer.parent == Path(model):
        here["tokenizer_file"] = str(Path(here["begin_with"]) / tokenizer.name)
    return here


def _file_notes(setup: Setup, files: Mapping[str, str]) -> list[str]:
    """What is lacking or has changed of what is needed besides the texts; `files` are their places here."""
    before = {file.source: file.hash for file in setup.files}
    notes = []
    for name in _needed(setup.settings):
        what, was = f"{FILE_WORDS[name]} {shown(files[name])}", before.get(getattr(setup.settings, name))
        if not is_here(files[name]):
            notes.append(f"{what} is not on this machine.")
        elif was and _digest(Path(files[name])) != was:
            notes.append(f"{what} is not the file it was.")
    return notes


def _files(settings: Settings) -> tuple[Text, ...]:
    places = [getattr(settings, name) for name in _needed(settings)]
    return tuple(Text(source=place, name=name_of(place), hash=_digest(Path(place))) for place in places)


def _needed(settings: Settings) -> list[str]:
    """Those of FILES that decide something."""
    idle = () if settings.tokenizer == "file" else ("tokenizer_file",)
    return [name for name in FILES if getattr(settings, name) and name not in idle]


def _digest(path: Path) -> str:
    """Of a file; empty for a folder, and for what is far too large to be a tokenizer."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return ""
        return blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:  # whoever needs it says why
        return ""


def replaced(setup: Setup, source: str, new: str) -> Setup:
    """With another text in the place of one."""
    corpus = tuple(new if one == source else one for one in setup.settings.corpus)
    return setup.model_copy(update={"settings": _with(setup.settings, corpus=corpus)})


def require_texts(examined: Examined) -> None:
    """Trouble that names the first text that is not on this machine."""
    if examined.lacking:
        names = ", ".join(shown(text.source) for text in examined.lacking)
        raise Trouble(f"Not on this machine: {names}.", "Put it beside the set-up, or choose texts with --corpus.")


def whole(settings: Settings) -> Settings:
    """With paths that hold in whatever folder the program is started."""
    files = {name: os.path.abspath(os.path.expanduser(value)) for name in FILES if (value := getattr(settings, name))}
    return _with(settings, corpus=tuple(map(_whole, settings.corpus)), **files)


def nearest(source: str, folder: Path) -> str:
    """The same source, or the one of its name that lies in `folder` where it has gone."""
    if not source or is_here(source):
        return source
    place = place_of(source)
    beside = folder.absolute() / Path(place.path).name
    return written(Place(str(beside), **place.choices)) if beside.exists() else source


def is_here(source: str) -> bool:
    """A data set of the hub is, for all we know; asking would need the network."""
    try:
        return source in BUILT_IN or bool(place_of(source).hub) or place_of(source).file.exists()
    except (Trouble, OSError, ValueError):
        return False


def name_of(source: str) -> str:
    """For people; whatever hides in it is made visible."""
    if source in BUILT_IN:
        return BUILT_IN[source].label
    place = place_of(source)
    return shown(place.hub or Path(place.path).name or source)


def _with(settings: Settings, **values: object) -> Settings:
    return Settings(**{**settings.model_dump(), **values})


def _whole(source: str) -> str:
    place = place_of(source)
    if source in BUILT_IN or place.hub or not is_here(source):
        return source
    return written(Place(str(place.file.absolute()), **place.choices))


def _hashes(settings: Settings, cache: Path | None) -> Generator[float, None, dict[str, tuple[str, int]]]:
    """Hash and bytes of each text that is here; of a data set nothing, for it would have to be fetched."""
    here = tuple(source for source in settings.corpus if is_here(source) and not _remote(source))
    if not here:
        return {}
    from engine.corpus.sources import sources_of  # all that can read text: not before it is needed

    reading = sources_of(_with(settings, corpus=here, weights=()), cache)
    while True:
        try:
            yield next(reading).done
        except StopIteration as end:
            return {one: (_hash(source.key), source.size) for one, source in zip(here, end.value, strict=True)}


def _remote(source: str) -> bool:
    return source not in BUILT_IN and bool(place_of(source).hub)


def _hash(key: str) -> str:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _state(text: Text, now: str, known: dict[str, tuple[str, int]]) -> State:
    if now not in known:
        return "there" if _remote(now) else "lacking"
    if not text.hash:
        return "there"
    return "same" if known[now][0] == text.hash else "changed"
