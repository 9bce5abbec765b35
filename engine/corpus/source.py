"""Where text comes from: a built-in text, or a person's own; each says what its text depends on before it is read."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from engine.corpus.document import Piece
from engine.corpus.notes import Notes
from engine.trouble import Trouble


class Source(NamedTuple):
    """A text that can be read when it is wanted, as often as it is wanted."""

    name: str
    origin: str  # for people
    key: str  # same key, same text
    size: int  # bytes to read, about
    warnings: tuple[str, ...]  # sentences
    read: Callable[[Notes], Iterator[Piece]]  # raises Trouble


def changed(name: str) -> Trouble:
    """What to say of a text that was not the same twice."""
    return Trouble(f"{name} changed while it was read.", "Wait until it is written, and try again.")
