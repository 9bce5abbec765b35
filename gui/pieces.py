"""Tokens are pieces of bytes: what several of them spell, and where a word or a character lies in them."""

import re
from collections.abc import Sequence

from gui.text import UNKNOWN, shown

FIRST_BYTES = ((0xC2, 0xDF, 2), (0xE0, 0xEF, 3), (0xF0, 0xF4, 4))  # from, to, and the bytes of such a character
HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # that stand for no byte
MOST_BEFORE = 3  # bytes of a character that can stand before its last
NOT_KNOWN = "a character that is not among the tokens"


def as_bytes(text: str) -> bytes:
    """UTF-8, where a stray byte is a lone surrogate (PEP 383); any other half of a character is not known."""
    return HALVES.sub(UNKNOWN, text).encode("utf-8", "surrogateescape")


def spelled(pieces: Sequence[str]) -> str:
    """The pieces joined; stray bytes that make a character together become it."""
    return as_bytes("".join(pieces)).decode("utf-8", "surrogateescape")


def split_character(pieces: Sequence[str], place: int) -> tuple[int, str] | None:
    """(2, "é") where the piece at `place` holds only some of the 2 bytes of é; None where it holds whole characters."""
    inside = next((at for at, sign in enumerate(pieces[place]) if is_stray(sign)), None)
    if inside is None:
        return None
    wanted = len(as_bytes("".join(pieces[:place]) + pieces[place][:inside]))
    at = 0
    for character in spelled(pieces):
        size = len(as_bytes(character))
        if at <= wanted < at + size:
            return (size, character) if size > 1 else None
        at += size
    return None


def piece_note(before: Sequence[str], piece: str, after: Sequence[str] = ()) -> str:
    """What is to be said about a piece that holds no whole character, in words; nothing about any other."""
    if piece == UNKNOWN:
        return NOT_KNOWN
    near = before[-MOST_BEFORE:]
    whole = split_character([*near, piece, *after[:MOST_BEFORE]], len(near))
    if whole:
        return f"one of {whole[0]} bytes of {shown(whole[1]).text}"
    stray = [ord(sign) - 0xDC00 for sign in spelled([piece]) if is_stray(sign)]
    if not stray:
        return ""
    size = character_size(stray[0])
    return f"a byte that begins a character of {size}" if size else "a byte that is no character by itself"


def text_note(text: str) -> str:
    """What is to be said about a text in which a character is cut or not known, in sentences; "" about any other."""
    whole, said = spelled([text]), []
    cut = whole[len(whole.rstrip("".join(map(chr, range(0xDC80, 0xDD00))))) :]
    size = character_size(ord(cut[0]) - 0xDC00) if cut else 0
    if size > len(cut):
        said.append(f"It ends inside a character of {size} bytes: {shown(cut).text} is how that begins.")
    elif any(map(is_stray, whole)):
        said.append("Two digits in angles are a byte that is no character by itself.")
    if UNKNOWN in whole:
        said.append(f"{shown(UNKNOWN).text} is {NOT_KNOWN}.")
    return " ".join(said)


def is_stray(sign: str) -> bool:
    """Whether it stands for a byte that is no character by itself (PEP 383)."""
    return "\udc80" <= sign <= "\udcff"


def character_size(first: int) -> int:
    """How many bytes a character has that begins with this one; 0 where none does."""
    return next((size for low, high, size in FIRST_BYTES if low <= first <= high), 0)


def last_word(pieces: Sequence[str]) -> int:
    """Where the last word begins, whether the space before it is a piece of its own or not; 0 without any."""
    for place in range(len(pieces) - 1, 0, -1):
        after_space = pieces[place][:1].isspace() or pieces[place - 1][-1:].isspace()
        if after_space and pieces[place].strip()[:1].isalnum():
            return place
    return 0
