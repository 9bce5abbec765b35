"""What is read from a path, put together again: documents, and what was said about them."""

from pathlib import Path
from typing import NamedTuple

from engine.corpus import listing, reading
from engine.corpus.document import Piece
from engine.corpus.notes import Notes
from engine.corpus.place import chosen, place_of
from tests.engine.taking import taken


class Read(NamedTuple):
    texts: list[str]  # of each document
    said: str
    pieces: list[Piece]


def read(path: Path, **choices: str) -> Read:
    found = taken(listing.find(place_of(chosen(str(path), **choices))))
    notes = Notes()
    pieces = list(reading.read(found, notes))
    return Read(joined(pieces), " ".join((*found.warnings, *notes.sentences())), pieces)


def joined(pieces: list[Piece]) -> list[str]:
    texts: list[str] = []
    for piece in pieces:
        texts += [""] if piece.first else []
        texts[-1] += piece.text
    return texts
