"""A person's own text, a file or a folder: listed and hashed first, then read. It is only ever opened for reading."""

import codecs
import re
from collections.abc import Generator
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from engine.corpus.document import PIECE, Collected, Document, in_pieces, progressed
from engine.corpus.listing import Found, said_in_words, unreadable
from engine.events import Progressed
from engine.trouble import Trouble

SEPARATOR_SIGNS = "<|endoftext|>"
SEPARATOR = re.compile(r"^<\|endoftext\|>[ \t]*(?:\n|\Z)", re.MULTILINE)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Attempt(NamedTuple):
    """One way to understand bytes as characters."""

    encoding: str
    errors: str
    note: str  # what a person should know if this is the way that worked: "" or the rest of a sentence


def read(found: Found) -> Generator[Progressed, None, Collected]:
    """All documents of the files that were found; one a file, or more where lines of <|endoftext|> part them."""
    documents: list[Document] = []
    notes: dict[str, int] = {}
    room, size = found.size, 0
    for path in found.files:
        pieces = yield from _pieces(path, notes, size, room)
        size += min(path.stat().st_size, room - size)
        documents += _documents(pieces)
    if not documents:
        raise Trouble(f"{found.name} holds no text.", "Choose a text file, or a folder with text files in it.")
    return Collected(documents, found.size, said_in_words(notes, len(found.files)))


def _pieces(path: Path, notes: dict[str, int], before: int, room: int) -> Generator[Progressed, None, list[str]]:
    """The text of one file, with plain line ends; in `notes` is counted what was unusual about it."""
    for attempt in _attempts(path):
        try:
            texts: list[str] = []
            with path.open("rb") as file:
                lines = TextIOWrapper(file, attempt.encoding, attempt.errors, newline=None)
                while (text := lines.read(PIECE)) and before + file.tell() <= room + PIECE:
                    texts.append(text)
                    yield progressed("Reading text", before + file.tell(), room)
                mixed = isinstance(lines.newlines, tuple)
        except UnicodeError:
            continue
        except OSError as error:
            raise unreadable(path) from error
        for note, holds in ((attempt.note, bool(attempt.note)), ("with line ends of several kinds", mixed)):
            if holds:
                notes[note] = notes.get(note, 0) + 1
        return in_pieces(texts)
    raise AssertionError("Latin-1 reads anything")


def _attempts(path: Path) -> list[Attempt]:
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise unreadable(path) from error
    for mark, encoding in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            broken = f"with broken {encoding.upper()} signs, which were replaced"
            return [Attempt(encoding, "strict", ""), Attempt(encoding, "replace", broken)]
    return [
        Attempt("utf-8-sig", "strict", ""),
        Attempt("cp1252", "strict", "in no valid UTF-8, read as Windows-1252"),
        Attempt("latin-1", "strict", "in no valid UTF-8, read as Latin-1"),
    ]


def _documents(pieces: list[str]) -> list[Document]:
    parts: list[list[str]] = [[]]
    for piece in pieces:
        first, *others = SEPARATOR.split(piece) if SEPARATOR_SIGNS in piece else [piece]
        parts[-1].append(first)
        parts.extend([other] for other in others)
    return [Document(tuple(part)) for part in parts if any(piece.strip() for piece in part)]
