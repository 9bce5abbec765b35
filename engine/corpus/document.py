"""Text on its way to becoming tokens: a stream of pieces, so that one huge file is no special case."""

from collections.abc import Generator, Iterable, Iterator
from math import nan
from time import perf_counter
from typing import NamedTuple, TypeVar

from engine.events import Progressed

R = TypeVar("R")
PIECE = 250_000  # characters; long enough to be quick, short enough to stop between two
BEAT = 0.1  # seconds between two words of progress


class Piece(NamedTuple):
    """A stretch of a document, which ends where a word does, so that pieces can be cut into tokens one by one."""

    text: str
    first: bool  # a document begins with it
    at: int  # bytes of the source that were read so far
    nats: float = nan  # of the whole document, on its first piece: what it tells whoever knows the rules it was made by


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


def in_pieces(texts: Iterable[str]) -> Iterator[str]:
    """Texts as pieces of about PIECE characters: each ends after a line, else before a word, else anywhere."""
    rest = ""
    for text in texts:
        rest += text
        while len(rest) >= PIECE:
            cut = word_end(rest, PIECE)
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


def document(text: str, at: int, nats: float = nan) -> Iterator[Piece]:
    """A whole document as pieces; `at` as in Piece."""
    if 0 < len(text) < PIECE:
        yield Piece(text, True, at, nats)
        return
    for number, piece in enumerate(in_pieces(text[start : start + PIECE] for start in range(0, len(text), PIECE))):
        yield Piece(piece, number == 0, at, nats if number == 0 else nan)


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
