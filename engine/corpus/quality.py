"""What the documents of a text are like, found out while they are read: some of everything, spread over all of it."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.corpus.document import Piece, word_end
from engine.corpus.languages import language
from engine.corpus.near_copies import NearCopies
from engine.corpus.scripts import scripts
from engine.corpus.spread import Spread

PASSAGES, PASSAGE, APART = 512, 1000, 20_000  # how many; characters of one; characters from one to the next
SAMPLES, SAMPLE = 8, 400  # characters
CHARACTERS = 64  # different ones that are told of
LATIN, UNKNOWN = "Latin", "Latin, language unknown"


class Quality(NamedTuple):
    """As in SourceExamined."""

    examined: int
    near_copies: int
    scripts: tuple[str, ...]
    script_shares: tuple[float, ...]
    lengths: tuple[int, ...]
    characters: tuple[str, ...]
    character_shares: tuple[float, ...]
    samples: tuple[str, ...]


class Examiner:
    """Sees every piece once, and keeps little of it: about 10 MB."""

    def __init__(self) -> None:
        self._near_copies = NearCopies()
        self._passages: Spread[str] = Spread(PASSAGES)
        self._beginnings: Spread[str] = Spread(2 * SAMPLES)
        self._lengths: Counter[int] = Counter()
        self._length = 0  # of the document so far

    def add(self, piece: Piece) -> None:
        """The next piece of the text."""
        if piece.first:
            self._close()
            self._near_copies.add(piece.text)
            if self._beginnings.wants():
                self._beginnings.kept.append(piece.text[: 2 * SAMPLE])
        self._length += len(piece.text)
        for place in range(0, len(piece.text), APART):
            if self._passages.wants():
                start = word_end(piece.text, place, PASSAGE)
                self._passages.kept.append(piece.text[start : start + PASSAGE])

    def result(self) -> Quality:
        """Of all pieces so far."""
        self._close()
        passages = self._passages.kept
        characters = _characters(passages)
        common = characters.most_common(CHARACTERS)
        written = _written(characters, passages).most_common()
        lengths = tuple(self._lengths[power] for power in range(max(self._lengths, default=-1) + 1))
        return Quality(
            *self._near_copies.counted(),
            tuple(name for name, _ in written),
            _shares(written, sum(count for _, count in written)),
            lengths,
            tuple(character for character, _ in common),
            _shares(common, characters.total()),
            self._samples(),
        )

    def _close(self) -> None:
        if self._length:
            self._lengths[self._length.bit_length() - 1] += 1
        self._length = 0

    def _samples(self) -> tuple[str, ...]:
        """How some documents begin; of few documents, passages besides."""
        beginnings = self._beginnings.kept
        found = beginnings if len(beginnings) >= SAMPLES else beginnings[:1] + self._passages.kept[1:]
        chosen = np.unique(np.linspace(0, len(found) - 1, min(SAMPLES, len(found))).round().astype(int))
        return tuple(_shortened(found[place]) for place in chosen)


def _characters(passages: Sequence[str]) -> Counter[str]:
    codes = np.frombuffer("".join(passages).encode("utf-32-le", "surrogatepass"), "<u4")
    kinds, counts = np.unique(codes, return_counts=True)
    return Counter(dict(zip(map(chr, kinds.tolist()), counts.tolist(), strict=True)))


def _written(characters: Counter[str], passages: Sequence[str]) -> Counter[str]:
    """Characters of each script; those of Latin letters divided among the languages of the passages."""
    found = scripts(characters)
    latin, letters = found.pop(LATIN, 0), Counter[str]()
    for passage in passages:
        name, count = language(passage)
        letters[name or UNKNOWN] += count
    for name, count in letters.items():
        found[name] += round(latin * count / max(1, letters.total()))
    return +found


def _shares(counted: Sequence[tuple[str, int]], whole: int) -> tuple[float, ...]:
    return tuple(count / whole for _, count in counted)


def _shortened(text: str) -> str:
    text = text.strip()
    return text if len(text) <= SAMPLE else text[: word_end(text, SAMPLE, SAMPLE // 4)].rstrip()
