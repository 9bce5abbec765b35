"""The numbers behind the merges panel: a sentence after more and more merges, what comes next, what it is worth."""

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.events import CorpusRead, MergesCounted, Started
from engine.recording import Recording
from engine.settings import Settings
from engine.tokenizer.cutting import merged, ranks_of
from engine.tokenizer.words import words
from gui.pieces import spelled, split_character
from gui.signs import bytes_of, cells, sound
from gui.special import ADDED, objective
from gui.text import shown
from gui.widgets.compression_curve import Compression
from gui.widgets.merge_rows import MergeRow
from gui.widgets.pair_bars import Pair

SMALLEST = 257  # tokens before the first merge: 256 bytes, and the end of a document
LADDER = (0, 32, 128, 512, 1024, 4096)  # merges
NEXT_PAIRS = 5
AT_ONCE = 24  # characters that fit with a cell each where the window is narrow or the type large
LONGEST = 240  # characters of the sentence; all of it is cut at every key stroke
WORDS_KEPT = 4096


class Merges(NamedTuple):
    text: str
    rows: tuple[MergeRow, ...]  # fewest merges first; one of them is chosen
    pairs: tuple[Pair, ...]  # joined next after the chosen number of merges
    compression: Compression
    merges: int  # chosen
    most: int  # merges that were counted
    own: bool  # the chosen vocabulary is that of the run

    @property
    def vocabulary(self) -> int:
        """Tokens after the chosen merges, the end of a document among them."""
        return SMALLEST + self.merges


class Growth:
    """What is known of the merges of one text; remembers how it has cut words."""

    def __init__(self, counted: MergesCounted) -> None:
        self.counted = counted
        self.most = len(counted.left)
        self._ranks = ranks_of(counted.left, counted.right)
        self._made_at: dict[str, int] = {}
        for (left, right), rank in self._ranks.items():
            self._made_at.setdefault(spelled((left, right)), rank)
        self._kept: dict[tuple[str, int], list[str]] = {}

    def pieces(self, text: str, merges: int) -> list[str]:
        """A text after so many merges, exactly as the library cuts it."""
        return [piece for word in words(text) for piece in self._cut(word, merges)]

    def origin(self, piece: str) -> str:
        """Which merge made a piece, in words; empty for a byte."""
        rank = self._made_at.get(piece)
        if rank is None:
            return ""
        left, right = (shown(part[rank]).text for part in (self.counted.left, self.counted.right))
        return f"Merge {rank + 1:,} made it of “{left}” and “{right}”, {int(self.counted.counts_M[rank]):,} times."

    def next_change(self, text: str, merges: int) -> int:
        """The fewest merges after which more of this text is joined; `most` where there are none."""
        joined = self._joined(text)
        found = bisect_right(range(merges, self.most), joined(merges), key=joined)
        return min(merges + found, self.most)

    def last_change(self, text: str, merges: int) -> int:
        """The most merges after which less of this text is joined; 0 where there are none."""
        joined = self._joined(text)
        found = bisect_right(range(merges), joined(merges) - 1, key=joined)
        return max(0, found - 1)

    def _joined(self, text: str) -> Callable[[int], int]:
        """What never falls as merges are added: minus the pieces that are left."""
        return lambda merges: -len(self.pieces(text, merges))

    def _cut(self, word: str, merges: int) -> list[str]:
        key = word, merges
        if key not in self._kept:
            if len(self._kept) >= WORDS_KEPT:
                self._kept.clear()
            self._kept[key] = merged(word, self._ranks, merges)
        return self._kept[key]


def merges(recording: Recording, growth: Growth, typed: str | None, wanted: int | None) -> Merges:
    """`typed` is None for the sentence of the run, `wanted` for the vocabulary of the run."""
    text = sentence_of(recording) if typed is None else sound(typed)[:LONGEST]
    own = min(own_merges(recording), growth.most)
    chosen = own if wanted is None else min(wanted, growth.most)
    rungs = ladder(chosen, growth.most)
    return Merges(
        text=text,
        rows=tuple(MergeRow(rung, cells(growth.pieces(text, rung)), rung == chosen) for rung in rungs),
        pairs=next_pairs(growth.counted, chosen),
        compression=compression(growth.counted, chosen),
        merges=chosen,
        most=growth.most,
        own=chosen == own,
    )


def sentence_of(recording: Recording) -> str:
    """The first words of the run's probe text, as many as are seen at once."""
    started = recording.latest(Started)
    text = sound(str(started.settings.get("probe", "")) if started else "")[:LONGEST]
    return text if len(text) <= AT_ONCE else text[:AT_ONCE].rpartition(" ")[0] or text[:AT_ONCE]


def own_merges(recording: Recording) -> int:
    """How many merges the vocabulary of the run has room for; of another tokenizer, that of its size."""
    corpus, started = recording.latest(CorpusRead), recording.latest(Started)
    settings = started.settings if started else {}
    if corpus and settings.get("tokenizer") == "bpe":
        return max(0, len(corpus.vocabulary) - ADDED.get(objective(recording), 0) - SMALLEST)
    return max(0, int(settings.get("vocabulary", Settings().vocabulary)) - SMALLEST)


def ladder(chosen: int, most: int) -> tuple[int, ...]:
    """Numbers of merges to show; the chosen one takes the place of the nearest, by its factor, where there are many."""
    rungs = [*[rung for rung in LADDER if rung < most][: len(LADDER) - 1], most]
    if len(rungs) < len(LADDER):
        return tuple(sorted({*rungs, chosen}))
    nearest = int(np.argmin(np.abs(np.log1p(rungs) - np.log1p(chosen))))
    return tuple(sorted({*rungs[:nearest], chosen, *rungs[nearest + 1 :]}))


def next_pairs(counted: MergesCounted, after: int) -> tuple[Pair, ...]:
    """What BPE joins next, first first."""
    places = range(after, min(after + NEXT_PAIRS, len(counted.left)))
    return tuple(
        Pair(shown(counted.left[at]), shown(counted.right[at]), int(counted.counts_M[at]), at + 1) for at in places
    )


def compression(counted: MergesCounted, chosen: int) -> Compression:
    """Bytes of the sample by its tokens, without any merge and after each."""
    tokens_P = np.concatenate([[counted.size], counted.tokens_M])
    return Compression(SMALLEST, counted.size / np.maximum(tokens_P, 1), chosen)


def told(growth: Growth, row: MergeRow, place: int) -> str:
    """A piece in words: its bytes, and the merge that made it."""
    piece = row.cells[place].piece
    name, size = shown(piece).text, len(bytes_of(piece).split())
    whole = split_character([cell.piece for cell in row.cells], place)
    half = f", one of {whole[0]} bytes of {shown(whole[1]).text}" if whole and size == 1 else ""
    if size == 1:
        return f"“{name}” is one byte, {bytes_of(piece)}{half}: it needs no merge."
    return f"“{name}” is {size} bytes, {bytes_of(piece)}{half}. {growth.origin(piece)}"
