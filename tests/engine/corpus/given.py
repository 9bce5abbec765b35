"""Sources made of a few texts, for tests."""

from collections.abc import Iterator, Sequence

from engine.corpus.document import Piece, document
from engine.corpus.source import Source
from engine.corpus.survey import Survey, survey
from tests.engine.taking import taken


def pieces(texts: Sequence[str]) -> Iterator[Piece]:
    at = 0
    for text in texts:
        at += len(text.encode("utf-8", "surrogatepass"))
        yield from document(text, at)


def source(texts: Sequence[str], name: str = "given") -> Source:
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    return Source(name, "a test", name, size, (), lambda _: pieces(texts))


def surveyed(texts: Sequence[str], name: str = "given") -> Survey:
    return taken(survey(source(texts, name)))


def joined(some: Iterator[Piece]) -> list[str]:
    """Pieces as the documents they are of."""
    texts: list[str] = []
    for piece in some:
        if piece.first:
            texts.append("")
        texts[-1] += piece.text
    return texts
