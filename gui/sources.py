"""What the texts of a corpus are called and whether they are there. Harmless: a name may hold anything. Knows no Qt."""

from pathlib import PurePath

from engine.corpus.built_in import BUILT_IN
from engine.corpus.place import Place, place_of, written
from engine.trouble import Trouble
from gui.text import one_line

SMALL_WORLD = tuple(name for name, made in BUILT_IN.items() if made.share)  # texts made by rules
WORLD_NAME = "world"  # and their name, as in the settings


def source_label(source: str) -> str:
    """A built-in's label, the name of a file or folder, or that of a data set."""
    if source in BUILT_IN:
        return BUILT_IN[source].label
    place = _place(source)
    return one_line(place.hub or PurePath(place.path).name or source)


def corpus_label(corpus: tuple[str, ...]) -> str:
    """One text by its name, several by their number."""
    if corpus == SMALL_WORLD:
        return f"Small world ({len(corpus)} texts)"
    return source_label(corpus[0]) if len(corpus) == 1 else f"{len(corpus)} texts"


def whole_source(source: str) -> str:
    """The same from whatever folder the program is started in."""
    place = _place(source)
    if source in BUILT_IN or place.hub:
        return source
    try:
        path = str(place.file.absolute())
    except Trouble:
        return source
    return written(Place(path, **place.choices))


def corpus_of(word: str) -> tuple[str, ...]:
    """What a word of the command line stands for: a text, or several."""
    return SMALL_WORLD if word == WORLD_NAME else (whole_source(word),)


def is_there(source: str) -> bool:
    """A data set of the hub is, for all we know; asking would need the network."""
    place = _place(source)
    try:
        return source in (*BUILT_IN, WORLD_NAME) or bool(place.hub) or place.file.exists()
    except (Trouble, OSError, ValueError):
        return False


def _place(source: str) -> Place:
    try:
        return place_of(source)
    except Trouble:  # choices of another version
        return Place(source)
