"""How BPE grows on a text: its merges made again one after another, counting what each of them joins.

Merges happen within words, so a word is kept once with its count, and a merge touches only words that have its pair.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from engine.tokenizer.cutting import single_bytes, together

Pair = tuple[str, str]


class Merge(NamedTuple):
    """One merge, and what it did to the text."""

    left: str
    right: str
    joins: int  # of this pair, in the whole text
    tokens: int  # of the whole text afterwards


def replayed(counts: Mapping[str, int], merges: Iterable[Pair]) -> Iterator[Merge]:
    """Each merge on a text of these words; `counts` tells how often each of them stands in it."""
    words = [single_bytes(word) for word in counts]
    times = list(counts.values())
    places: dict[Pair, set[int]] = defaultdict(set)  # of words that have a pair, or had it once
    for place, pieces in enumerate(words):
        for pair in pairwise(pieces):
            places[pair].add(place)
    tokens = sum(len(pieces) * often for pieces, often in zip(words, times, strict=True))
    for merge in merges:
        joins = 0
        for place in places.pop(merge, ()):
            pieces = everywhere(words[place], merge)
            joins += (len(words[place]) - len(pieces)) * times[place]
            words[place] = pieces
            for pair in pairwise(pieces):
                places[pair].add(place)
        tokens -= joins
        yield Merge(*merge, joins, tokens)


def everywhere(pieces: list[str], pair: Pair) -> list[str]:
    """The same pieces, every such pair of them joined, from the left."""
    both, whole = list(pair), together(*pair)
    made: list[str] = []
    at = 0
    while at < len(pieces):
        found = pieces[at : at + 2] == both
        made.append(whole if found else pieces[at])
        at += 2 if found else 1
    return made
