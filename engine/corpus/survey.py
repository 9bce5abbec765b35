"""The first way through a source: which documents there are and what they are like, without keeping their text."""

from array import array
from collections.abc import Callable, Generator, Iterator
from functools import partial
from hashlib import blake2b
from sys import getsizeof
from typing import NamedTuple

import numpy as np

from engine.corpus.document import Piece, progressed
from engine.corpus.notes import Notes
from engine.corpus.quality import Examiner, Quality
from engine.corpus.source import Source, changed
from engine.events import Progressed
from engine.trouble import Trouble

REMEMBERED = 250_000_000  # bytes of memory, for pieces of all sources that are kept rather than read again
PIECE = 150  # bytes of memory that a piece takes besides its text


class Survey(NamedTuple):
    """D documents, in the order they were read."""

    name: str
    digests_D: np.ndarray  # uint64: same text, same number
    sizes_D: np.ndarray  # int64: characters
    nats_D: np.ndarray  # float64: as in Piece
    bytes: int  # of the text in UTF-8
    quality: Quality
    skipped: tuple[str, ...]  # sentences: what could not be read
    read: Callable[[], Iterator[Piece]]  # the same pieces once more
    remembered: int  # bytes of memory that they take; 0 where they are read again

    def pieces(self) -> Iterator[tuple[int, Piece]]:
        """Every piece and the number of its document; Trouble if it is not the text that was surveyed."""
        number, characters = -1, 0
        for piece in self.read():
            number += piece.first
            characters += len(piece.text)
            if number == len(self.sizes_D):
                raise changed(self.name)
            yield number, piece
        if (number + 1, characters) != (len(self.sizes_D), self.sizes_D.sum()):
            raise changed(self.name)


def survey(source: Source, room: int = REMEMBERED) -> Generator[Progressed, None, Survey]:
    """With `room` for pieces that are remembered; raises Trouble where there is no text."""
    notes, examiner, seen = Notes(), Examiner(), _Seen()
    remembered: list[Piece] = []
    takes = 0
    for piece in source.read(notes):
        seen.add(piece)
        examiner.add(piece)
        takes += getsizeof(piece.text) + PIECE
        if takes <= room:
            remembered.append(piece)
        else:
            remembered.clear()
        yield progressed("Reading text", piece.at, source.size)
    if not seen.characters:
        raise Trouble(f"{source.name} holds no text.", "Choose a text file, or a folder with text files in it.")
    again = partial(iter, remembered) if remembered else partial(source.read, Notes())
    quality, skipped = examiner.result(), notes.sentences()
    takes = takes if remembered else 0
    return Survey(source.name, *seen.documents(), seen.bytes, quality, skipped, again, takes)


class _Seen:
    """A few numbers a document, however many there are."""

    def __init__(self) -> None:
        self._digests, self._sizes, self._nats = array("Q"), array("q"), array("d")
        self._digest = blake2b(digest_size=8)
        self.characters = self.bytes = 0

    def add(self, piece: Piece) -> None:
        if piece.first:
            self._close()
            self._sizes.append(0)
            self._nats.append(piece.nats)
        text = piece.text.encode("utf-8", "surrogatepass")
        self._digest.update(text)
        self._sizes[-1] += len(piece.text)
        self.characters += len(piece.text)
        self.bytes += len(text)

    def documents(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Digests, sizes and nats."""
        self._close()
        digests_D, sizes_D = np.frombuffer(self._digests, np.uint64), np.frombuffer(self._sizes, np.int64)
        return digests_D, sizes_D, np.frombuffer(self._nats, np.float64)

    def _close(self) -> None:
        if self._sizes:
            self._digests.append(int.from_bytes(self._digest.digest(), "little"))
            self._digest = blake2b(digest_size=8)
