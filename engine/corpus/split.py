"""Which documents are learned from and which held out: decided by what they say, so no copy is on both sides."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.corpus.document import Document, word_end

SHARE = 0.1  # of the text is held out
MANY = 20  # documents; of fewer, the end of the text is held out instead


class Split(NamedTuple):
    """Two lists without a common document."""

    train: list[Document]
    validation: list[Document]
    held_out: str  # what validation is, for people
    copies: int  # documents left out because they are there already


def split(documents: Sequence[Document]) -> Split:
    """About a tenth held out, in the order the documents came in."""
    distinct = {document.digest: document for document in documents}
    copies = len(documents) - len(distinct)
    chosen = _chosen(distinct) if len(distinct) >= MANY else set()
    if not chosen:
        return _cut(list(distinct.values()), copies)
    train = [document for digest, document in distinct.items() if digest not in chosen]
    validation = [document for digest, document in distinct.items() if digest in chosen]
    return Split(train, validation, f"{len(validation):,} held-out documents", copies)


def _chosen(distinct: dict[bytes, Document]) -> set[bytes]:
    """Documents in order of their hashes, as far as they fit into the share; none if they hardly fill it."""
    wanted = SHARE * sum(document.size for document in distinct.values())
    room, chosen = wanted, set()
    for digest in sorted(distinct):
        if distinct[digest].size <= room:
            chosen.add(digest)
            room -= distinct[digest].size
    return chosen if room <= wanted / 2 else set()


def _cut(documents: list[Document], copies: int) -> Split:
    """The end of the text held out, from the nearest end of a line or word before its last tenth."""
    whole = sum(document.size for document in documents)
    sides: tuple[list[Document], list[Document]] = [], []
    left = round((1 - SHARE) * whole)  # characters still to learn from
    for document in documents:
        for side, part in zip(sides, _parts(document, left, reach=whole // 50), strict=True):
            if part.pieces:
                side.append(part)
        left = max(0, left - document.size)
    return Split(*sides, "the last 10 % of the text", copies)


def _parts(document: Document, left: int, reach: int) -> tuple[Document, Document]:
    if left >= document.size:
        return document, Document(())
    before: list[str] = []
    for place, piece in enumerate(document.pieces):
        if left < len(piece):
            cut = word_end(piece, left, reach) if left else 0
            parts = (*before, piece[:cut]), (piece[cut:], *document.pieces[place + 1 :])
            return Document(tuple(filter(None, parts[0]))), Document(tuple(filter(None, parts[1])))
        before.append(piece)
        left -= len(piece)
    return document, Document(())
