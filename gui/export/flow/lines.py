"""Where the lines of a text end: at spaces, around signs of scripts without spaces, and inside what is too long."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from gui.export.flow.look import HAIR, Look, wide
from gui.export.page.ink import Ink

BROKEN_ANYWHERE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60"  # Chinese, Japanese, Korean
PARTS = re.compile(rf"\n|[^\S\n]+|[{BROKEN_ANYWHERE}]|[^\s{BROKEN_ANYWHERE}]+")
NARROWEST = 0.15  # em of a character, on average


class Span(NamedTuple):
    """The characters of one line, without the spaces at its end."""

    start: int
    end: int


class Part(NamedTuple):
    """A word, spaces or a line end, in millimetres."""

    start: int
    end: int
    width: float


def lines(text: str, width: float, ink: Ink, look: Look) -> list[Span]:
    """Each is at most `width` millimetres wide. The text is as it can be drawn: see gui.text.prose."""
    text = text.rstrip()
    made, line, x = list[Span](), Span(0, 0), 0.0
    for part in _parts(text, width, ink, look):
        if text[part.start] == "\n":
            made.append(line)
            line, x = Span(part.end, part.end), 0.0
        elif text[part.start].isspace():
            x += part.width
        elif x + part.width <= width + HAIR:
            line, x = Span(line.start, part.end), x + part.width
        else:
            if line.end > line.start:
                made.append(line)
            line, x = Span(part.start, part.end), part.width
    return [*made, line] if text else []


def _parts(text: str, width: float, ink: Ink, look: Look) -> Iterator[Part]:
    """None is wider than a line, unless one letter is."""
    known = dict[str, float]()
    for found in PARTS.finditer(text):
        word, start = found.group(), found.start()
        if word not in known:
            known[word] = 0.0 if word == "\n" else wide(word, ink, look)
        if known[word] <= width or word.isspace():
            yield Part(start, found.end(), known[word])
            continue
        for piece in broken(word, width, ink, look):
            yield Part(start, start + len(piece), wide(piece, ink, look))
            start += len(piece)


def broken(word: str, width: float, ink: Ink, look: Look) -> Iterator[str]:
    """A word in pieces that are no wider; a letter keeps the marks that stand on it."""
    while word:
        count = _letters_that_fit(word, width, ink, look)
        while count < len(word) and unicodedata.combining(word[count]):
            count += 1
        yield word[:count]
        word = word[count:]


def _letters_that_fit(word: str, width: float, ink: Ink, look: Look) -> int:
    """How many characters of the word's beginning; at least one."""
    low, high = 1, min(len(word), 2 + int(width / (ink.em * look.size * NARROWEST)))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wide(word[:middle], ink, look) <= width + HAIR else (low, middle - 1)
    return low
