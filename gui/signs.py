"""A text that was cut into pieces, as signs over its bytes: so that a cut through a character can be seen. No Qt."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gui.pieces import as_bytes, spelled
from gui.text import shown, stands_on_a_letter


class Sign(NamedTuple):
    """A letter with the marks that stand on it, a byte of a character that was cut, or what else is drawn as one."""

    text: str  # as it can be drawn; of a byte, two hexadecimal digits
    start: int  # its first byte in the text
    end: int  # the byte after its last
    warn: bool = False  # could mislead if it were drawn as it is
    byte: bool = False


class Cell(NamedTuple):
    """One piece of a text."""

    piece: str
    start: int
    end: int
    signs: tuple[Sign, ...]

    @property
    def halves(self) -> bool:
        """Whether it holds bytes of a character that began, or goes on, in another piece."""
        return any(sign.byte for sign in self.signs)


def cells(pieces: Iterable[str]) -> tuple[Cell, ...]:
    """The pieces of a text in their order. A byte that is no character by itself is a lone surrogate (PEP 383)."""
    made, start = list[Cell](), 0
    for piece in pieces:
        end = start + len(as_bytes(piece))
        made.append(Cell(piece, start, end, signs(piece, start)))
        start = end
    return tuple(made)


def signs(text: str, start: int = 0) -> tuple[Sign, ...]:
    """All of a text that begins at byte `start`."""
    made = []
    for group in _groups(spelled([text])):
        end = start + len(as_bytes(group))
        stray = ord(group[0]) - 0xDC00
        if 0x80 <= stray <= 0xFF:
            made.append(Sign(f"{stray:02X}", start, end, byte=True))
        else:
            made.append(Sign(shown(group).text, start, end, shown(group).warn))
        start = end
    return tuple(made)


def bytes_of(piece: str) -> str:
    """As they are written: C3 A9."""
    return as_bytes(piece).hex(" ").upper()


def _groups(text: str) -> Iterator[str]:
    """Characters; marks stay with the letter they stand on."""
    group = ""
    for place, character in enumerate(text):
        marked = unicodedata.combining(character) and stands_on_a_letter(text, place)
        if group and not marked:
            yield group
            group = ""
        group += character
    if group:
        yield group


def sound(text: str) -> str:
    """What a person typed, in which halves of characters that a clipboard left alone have become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
