"""Text on its way to becoming tokens, held in pieces so that one huge file is no special case."""

from collections.abc import Generator, Iterable
from hashlib import blake2b
from time import perf_counter
from typing import NamedTuple, TypeVar

from engine.events import Progressed

R = TypeVar("R")
PIECE = 250_000  # characters; long enough to be quick, short enough to stop between two
BEAT = 0.1  # seconds between two words of progress


class Document(NamedTuple):
    """One text. Its pieces end where a word does, so they can be cut into tokens one by one."""

    pieces: tuple[str, ...]

    @property
    def size(self) -> int:
        """Characters."""
        return sum(map(len, self.pieces))

    @property
    def text(self) -> str:
        """The whole of it; costs as much memory again."""
        return "".join(self.pieces)

    @property
    def digest(self) -> bytes:
        """16 bytes that only this text has, however it is cut into pieces."""
        summed = blake2b(digest_size=16)
        for piece in self.pieces:
            summed.update(piece.encode("utf-8", "surrogatepass"))
        return summed.digest()


class Collected(NamedTuple):
    """What a source holds once it is read."""

    documents: list[Document]
    size: int  # bytes
    warnings: tuple[str, ...] = ()


def progressed(task: str, done: float, whole: float) -> Progressed:
    """How far a task is that comes before the first step."""
    return Progressed(0, 0.0, task, min(1.0, done / whole) if whole else 1.0)


def calmly(work: Generator[Progressed, None, R]) -> Generator[Progressed, None, R]:
    """The same work, saying no more than ten times a second how far it is."""
    said = float("-inf")
    try:
        while True:
            progress = next(work)
            if perf_counter() - said >= BEAT:
                yield progress
                said = perf_counter()
    except StopIteration as end:
        result: R = end.value
        return result
    finally:
        work.close()


def in_pieces(texts: Iterable[str]) -> list[str]:
    """Texts as pieces of about PIECE characters: each ends after a line, else before a word, else anywhere."""
    pieces: list[str] = []
    rest = ""
    for text in texts:
        rest += text
        while len(rest) >= PIECE:
            cut = word_end(rest, PIECE)
            pieces.append(rest[:cut])
            rest = rest[cut:]
    if rest:
        pieces.append(rest)
    return pieces


def word_end(text: str, at: int, reach: int = 10_000) -> int:
    """A place near `at` (at most `reach` before it) between two lines, else two words, else `at` itself.

    A line's end after a sign and before a sign belongs to no other token in any of our tokenizers, nor does a word's
    leading space, so text cut there has the same tokens as the whole.
    """
    low = max(1, at - reach)
    for sign, beyond in (("\n", 1), (" ", 0)):
        place = text.rfind(sign, low, at)
        while place >= low:
            if not text[place - 1].isspace() and place + 1 < len(text) and not text[place + 1].isspace():
                return place + beyond
            place = text.rfind(sign, low, place)
    return at
