"""Spoils a clean text on purpose: copies, mistyped words, shuffled words, and lines that say nothing.

A passage is a document, or up to 2,000 characters of a long one. Each passage has random numbers of its own for each
way to spoil it: the same text is spoiled the same way again, and more typos leave the other words as they were.
"""

import re
from collections.abc import Iterator, Mapping
from math import ceil, nan
from random import Random
from typing import Any, NamedTuple

from engine.corpus.document import Piece
from engine.corpus.mistyped import mistyped
from engine.settings import Settings

PASSAGE = 2000  # characters
POOL = 256  # earlier passages that may be copied, half of the times nearly
SMALL_CHANGE = 100  # words of a near copy for each that is left out
WORD = re.compile(r"(\w+)")
CLEAN, TYPO, SHUFFLED, DUPLICATE, BOILERPLATE = "", "typo", "shuffled", "duplicate", "boilerplate"
LINES = (
    "Share this page with your friends!",
    "Click here to read more.",
    "All rights reserved.",
    "Subscribe to our newsletter and never miss a story.",
    "We use cookies to give you the best experience.",
    "Home | About us | Contact | Terms of use",
    "Sign in to leave a comment.",
    "This page is best viewed in a modern browser.",
)


class Spoiling(NamedTuple):
    """Shares, 0 to 0.9."""

    duplicates: float = 0.0  # of the passages
    typos: float = 0.0  # of the words
    shuffled: float = 0.0  # of the words
    boilerplate: float = 0.0  # of the passages

    @classmethod
    def of(cls, settings: Settings) -> "Spoiling":
        return cls(settings.duplicates, settings.typos, settings.shuffled, settings.boilerplate)

    @classmethod
    def recorded(cls, settings: Mapping[str, Any]) -> "Spoiling":
        """That of a run, from its record; older runs spoil nothing."""
        return cls(*(float(settings.get(name, 0.0)) for name in cls._fields))

    @property
    def any(self) -> bool:
        return any(self)


class Span(NamedTuple):
    """A stretch of spoiled text and what was done to it."""

    kind: str  # "", "typo", "shuffled", "duplicate" or "boilerplate"
    text: str


def spoiled(pieces: Iterator[Piece], spoiling: Spoiling, seed: int) -> Iterator[Piece]:
    """The same pieces, spoiled, about as long; the very same ones where nothing is to be done."""
    if not spoiling.any:
        yield from pieces
        return
    spoiler = Spoiler(spoiling, seed)
    for piece in pieces:
        text = "".join(span.text for passage in passages(piece.text) for span in spoiler.spoil(passage))
        yield piece._replace(text=text, nats=nan)


def spans(text: str, spoiling: Spoiling, seed: int = 0) -> list[Span]:
    """What becomes of a short text, in which each paragraph stands for a document."""
    spoiler = Spoiler(spoiling, seed)
    end = r"(?<=\n\n)" if "\n\n" in text.strip() else r"(?<=\n)"
    return [span for paragraph in re.split(end, text) for span in spoiler.spoil(paragraph)]


def passages(text: str) -> Iterator[str]:
    """Parts about equally long, which end after a paragraph, else after a line, else after a word, else anywhere."""
    length = ceil(len(text) / max(1, ceil(len(text) / PASSAGE)))
    while len(text) > length:
        places = (text.rfind(sign, length // 2, length) + len(sign) for sign in ("\n\n", "\n", " "))
        cut = next((place for place in places if place > length // 2), length)
        yield text[:cut]
        text = text[cut:]
    yield text


class Spoiler:
    """Spoils one passage after the other; the same seed and passages give the same."""

    def __init__(self, spoiling: Spoiling, seed: int) -> None:
        self._spoiling, self._seed = spoiling, seed
        self._number = 0  # of the passage
        self._pool: list[str] = []  # passages as they were given out

    def spoil(self, passage: str) -> list[Span]:
        """The white space around a passage stays as it is."""
        body = passage.strip()
        if not body:
            return [Span(CLEAN, passage)] if passage else []
        start = passage.index(body)
        found = self._body(body)
        self._number += 1
        edges = Span(CLEAN, passage[:start]), Span(CLEAN, passage[start + len(body) :])
        return [span for span in (edges[0], *found, edges[1]) if span.text]

    def _body(self, text: str) -> list[Span]:
        chance, place = self._random(DUPLICATE), self._random("place").random()
        if self._pool and chance.random() < self._spoiling.duplicates:
            copy = self._pool[int(place * len(self._pool))]
            return [Span(DUPLICATE, _nearly(copy, chance) if chance.random() < 0.5 else copy)]
        found = [*self._words(text), *self._line()]
        slot = int(place * POOL)
        self._pool[slot : slot + 1] = ["".join(span.text for span in found)]  # appended until it is full
        return found

    def _words(self, text: str) -> list[Span]:
        parts = WORD.split(text)  # a word at each odd place
        kinds = _shuffle(parts, self._spoiling.shuffled, self._random(SHUFFLED))
        kinds |= _mistype(parts, self._spoiling.typos, self._random(TYPO))
        found, done = [], 0
        for place in sorted(kinds):
            found += [Span(CLEAN, "".join(parts[done:place])), Span(kinds[place], parts[place])]
            done = place + 1
        return [*found, Span(CLEAN, "".join(parts[done:]))]

    def _line(self) -> list[Span]:
        chance = self._random(BOILERPLATE)
        if chance.random() >= self._spoiling.boilerplate:
            return []
        return [Span(BOILERPLATE, "\n" + chance.choice(LINES))]

    def _random(self, way: str) -> Random:
        return Random(f"{self._seed} {self._number} {way}")


def _shuffle(parts: list[str], share: float, chance: Random) -> dict[int, str]:
    """Each of the chosen words goes to the place of the next of them, in a random order."""
    if not share:
        return {}
    drawn = [(chance.random(), chance.random(), place) for place in range(1, len(parts), 2)]
    chosen = [place for _, place in sorted((order, place) for moves, order, place in drawn if moves < share)]
    if len(chosen) == 1:  # one cannot move alone: half as often, two do
        other = 1 + 2 * chance.randrange(len(drawn))
        chosen = [chosen[0], other] if other != chosen[0] and chance.random() < 0.5 else []
    words = [parts[place] for place in chosen]
    for place, word in zip(chosen, words[1:] + words[:1], strict=True):
        parts[place] = word
    return dict.fromkeys(chosen, SHUFFLED)


def _mistype(parts: list[str], share: float, chance: Random) -> dict[int, str]:
    if not share:
        return {}
    drawn = [(chance.random(), chance.random(), chance.random(), place) for place in range(1, len(parts), 2)]
    chosen = [(way, letter, place) for mistypes, way, letter, place in drawn if mistypes < share]
    for way, letter, place in chosen:
        parts[place] = mistyped(parts[place], way, letter)
    return {place: TYPO for *_, place in chosen}


def _nearly(text: str, chance: Random) -> str:
    """With one word in a hundred left out, and the sign after it."""
    parts = WORD.split(text)
    words = len(parts) // 2
    for _ in range(ceil(words / SMALL_CHANGE) if words > 1 else 0):
        place = 1 + 2 * chance.randrange(words)
        parts[place : place + 2] = "", ""
    return "".join(parts)
