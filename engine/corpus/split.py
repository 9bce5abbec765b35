"""Which documents are learned from and which held out: decided by what they say, so no copy is on both sides."""

from collections.abc import Iterator, Sequence
from math import nan
from typing import NamedTuple

import numpy as np

from engine.corpus.document import Piece, word_end
from engine.corpus.survey import Survey

SHARE = 0.1  # of the text is held out
MANY = 20  # documents; of fewer, the end of the text is held out instead
TRAIN, VALIDATION, COPY = 0, 1, 2
REACH = 50  # the cut lies at most this part of the text before its place


class Cut(NamedTuple):
    """A document that is learned from up to here, and held out from here on."""

    document: int
    characters: int
    reach: int  # the cut may lie so many characters before, where a word ends


class Split(NamedTuple):
    side_D: np.ndarray  # uint8: TRAIN, VALIDATION or COPY of a document before
    cut: Cut | None
    held_out: str  # what validation is, for people
    copies: int

    def pieces(self, surveyed: Survey, side: int) -> Iterator[Piece]:
        """The text of one side."""
        before = 0  # characters of the document that is cut
        for number, piece in surveyed.pieces():
            if self.cut is None or number != self.cut.document:
                if self.side_D[number] == side:
                    yield piece
                continue
            yield from _part(piece, self.cut, before, side)
            before += len(piece.text)

    def held_out_nats(self, surveyed: Survey) -> float:
        """As in Piece, of all documents that are held out; NaN where one of them is cut."""
        return nan if self.cut else float(surveyed.nats_D[self.side_D == VALIDATION].sum())

    def documents(self) -> int:
        """Copies left out."""
        return len(self.side_D) - self.copies


def split(surveys: Sequence[Survey]) -> list[Split]:
    """One for each source. Of copies, also in other sources, the first is kept."""
    digests = np.concatenate([one.digests_D for one in surveys])
    is_copy = np.ones(len(digests), bool)
    is_copy[np.unique(digests, return_index=True)[1]] = False
    places = np.cumsum([len(one.digests_D) for one in surveys])[:-1]
    return [_split(one, copy_D) for one, copy_D in zip(surveys, np.split(is_copy, places), strict=True)]


def _split(surveyed: Survey, copy_D: np.ndarray) -> Split:
    sizes_D = np.where(copy_D, 0, surveyed.sizes_D)
    copies = int(copy_D.sum())
    side_D = np.where(copy_D, COPY, TRAIN).astype(np.uint8)
    held_out_D = _chosen(surveyed.digests_D, sizes_D) if len(sizes_D) - copies >= MANY else np.empty(0, int)
    if len(held_out_D):
        side_D[held_out_D] = VALIDATION
        return Split(side_D, None, f"{len(held_out_D):,} held-out documents", copies)
    ends_D, whole = np.cumsum(sizes_D), int(sizes_D.sum())
    if not whole:
        return Split(side_D, None, "nothing", copies)
    left = min(round((1 - SHARE) * whole), whole - 1)  # characters to learn from
    document = int(np.searchsorted(ends_D, left, side="right"))
    side_D[document + 1 :][~copy_D[document + 1 :]] = VALIDATION
    cut = Cut(document, left - int(ends_D[document] - sizes_D[document]), whole // REACH)
    return Split(side_D, cut, "the last 10 % of the text", copies)


def _chosen(digests_D: np.ndarray, sizes_D: np.ndarray) -> np.ndarray:
    """Documents in order of their hashes, as far as they fit into the share; none if they hardly fill it."""
    wanted = SHARE * sizes_D.sum()
    fits_D = (sizes_D > 0) & (sizes_D <= wanted)
    order = np.flatnonzero(fits_D)[np.argsort(digests_D[fits_D])]
    chosen = order[np.cumsum(sizes_D[order]) <= wanted]
    enough = bool(sizes_D[chosen].sum() >= wanted / 2)
    return np.asarray(chosen if enough else chosen[:0])


def _part(piece: Piece, cut: Cut, before: int, side: int) -> Iterator[Piece]:
    """What of a piece of the document that is cut is on this side."""
    left = min(max(cut.characters - before, 0), len(piece.text))
    at = word_end(piece.text, left, cut.reach) if 0 < left < len(piece.text) else left
    text = piece.text[:at] if side == TRAIN else piece.text[at:]
    if text:
        begins = piece.first or (side == VALIDATION and left > 0)
        yield piece._replace(text=text, first=begins, nats=nan)
