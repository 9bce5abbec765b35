"""How each tokenizer cuts a text, in plain Python that can be read: the window cuts every key stroke with it.

The `tokenizers` library does the same, tested, a hundred times as fast. A piece is kept as text; bytes that are no
UTF-8 by themselves are lone surrogates (PEP 383), which is what `shown` makes of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import inf
from typing import NamedTuple

from engine.events import TokenizerCompared
from engine.tokenizer.character import UNKNOWN
from engine.tokenizer.tokenizer import END, shown, sound
from engine.tokenizer.words import words

GOES_ON = "##"  # begins a WordPiece piece that does not begin a word; no other piece of it begins so
LONGEST_WORD = 64  # bytes WordPiece looks at: trying all ends of a longer word takes too long


def cut(kind: str, text: str, compared: TokenizerCompared) -> list[str]:
    """The pieces of a text, as they stand in `compared.vocabulary`."""
    known = _known(compared)
    match kind:
        case "character":
            return [character if character in known.scores else UNKNOWN for character in sound(text)]
        case "byte":
            return single_bytes(sound(text))
        case "wordpiece":
            return [piece for word in _short_words(text) for piece in longest_matches(word, known.scores)]
        case "unigram":
            return [piece for word in words(sound(text)) for piece in likeliest(word, known.scores, known.longest)]
        case _:
            return [piece for word in words(sound(text)) for piece in merged(word, known.ranks)]


def single_bytes(text: str) -> list[str]:
    """The UTF-8 bytes of a text, each as a piece."""
    return [shown(bytes([byte])) for byte in text.encode()]


# BPE


def ranks_of(left: Sequence[str], right: Sequence[str]) -> dict[tuple[str, str], int]:
    """At which merge each pair is joined, from 0."""
    return {pair: rank for rank, pair in enumerate(zip(left, right, strict=True))}


def merged(word: str, ranks: Mapping[tuple[str, str], int], merges: float = inf) -> list[str]:
    """A word after so many merges: again and again the pair is joined that was learned first."""
    pieces = single_bytes(word)
    while True:
        pairs = set(pairwise(pieces))
        first = min(pairs, key=lambda pair: ranks.get(pair, inf), default=None)
        if first is None or ranks.get(first, inf) >= merges:
            return pieces
        pieces = _joined(pieces, first, ranks)


def _joined(pieces: list[str], pair: tuple[str, str], ranks: Mapping[tuple[str, str], int]) -> list[str]:
    """Every such pair, from the left; up to one whose joining makes a pair that has to come first."""
    whole = together(*pair)
    made: list[str] = []
    at = 0
    while at < len(pieces):
        if (pieces[at], *pieces[at + 1 : at + 2]) != pair:
            made.append(pieces[at])
            at += 1
            continue
        neighbours = (*made[-1:], whole), (whole, *pieces[at + 2 : at + 3])
        made.append(whole)
        at += 2
        if any(ranks.get(new, inf) < ranks[pair] for new in neighbours if len(new) == 2):
            break
    return made + pieces[at:]


def together(left: str, right: str) -> str:
    """Two pieces as one; stray bytes that make a character together become it."""
    return shown((left + right).encode("utf-8", "surrogateescape"))


# WordPiece


def longest_matches(word: bytes, vocabulary: Mapping[str, float]) -> Iterator[str]:
    """Always the longest piece there is, from the left; a single byte if there is no other."""
    start = 0
    while start < len(word):
        end = next(
            end for end in range(len(word), start, -1) if end == start + 1 or _is_piece(word, start, end, vocabulary)
        )
        yield _name(word, start, end)
        start = end


def _is_piece(word: bytes, start: int, end: int, vocabulary: Mapping[str, float]) -> bool:
    name = _name(word, start, end)
    return name in vocabulary and name.startswith(GOES_ON) == (start > 0)


def _name(word: bytes, start: int, end: int) -> str:
    return (GOES_ON if start else "") + shown(word[start:end])


def _short_words(text: str) -> Iterator[bytes]:
    for word in words(sound(text)):
        as_bytes = word.encode()
        yield from (as_bytes[at : at + LONGEST_WORD] for at in range(0, len(as_bytes), LONGEST_WORD))


# Unigram


class Way(NamedTuple):
    """The best way to cut the beginning of a word."""

    score: float  # log chance of its pieces
    last: int  # where its last piece begins


def likeliest(word: str, scores: Mapping[str, float], longest: int) -> list[str]:
    """The pieces whose chances multiply to the most (Viterbi); a single byte is always possible, if need be."""
    signs = word.encode()
    best = [Way(0.0, 0), *[Way(-inf, 0)] * len(signs)]
    for start in range(len(signs)):
        for end in range(start + 1, min(len(signs), start + longest) + 1):
            score = best[start].score + scores.get(shown(signs[start:end]), -1e9 if end == start + 1 else -inf)
            if score > best[end].score:
                best[end] = Way(score, start)
    pieces, end = [], len(signs)
    while end:
        pieces.append(shown(signs[best[end].last : end]))
        end = best[end].last
    return pieces[::-1]


# what is known of a tokenizer


class Known(NamedTuple):
    ranks: dict[tuple[str, str], int]
    scores: dict[str, float]  # of each piece; 0 where a tokenizer has none
    longest: int  # bytes of a piece


@lru_cache(maxsize=16)  # cut at every key stroke
def _known(compared: TokenizerCompared) -> Known:
    pieces = [piece for piece in compared.vocabulary if piece != END]
    scored = dict(zip(compared.vocabulary, map(float, compared.scores_V), strict=False))
    longest = max((len(piece.encode("utf-8", "surrogateescape")) for piece in pieces), default=1)
    return Known(ranks_of(compared.left, compared.right), {piece: scored.get(piece, 0.0) for piece in pieces}, longest)
