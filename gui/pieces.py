"""Tokens are pieces of bytes: what several of them spell, and where a word or a character lies in them."""

from collections.abc import Sequence


def as_bytes(text: str) -> bytes:
    """UTF-8, where a stray byte is a lone surrogate (PEP 383)."""
    return text.encode("utf-8", "surrogateescape")


def spelled(pieces: Sequence[str]) -> str:
    """The pieces joined; stray bytes that make a character together become it."""
    return as_bytes("".join(pieces)).decode("utf-8", "surrogateescape")


def split_character(pieces: Sequence[str], place: int) -> tuple[int, str] | None:
    """(2, "é") where the piece at `place` holds only some of the 2 bytes of é; None where it holds whole characters."""
    inside = next((at for at, sign in enumerate(pieces[place]) if "\udc80" <= sign <= "\udcff"), None)
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


def last_word(pieces: Sequence[str]) -> int:
    """Where the last word begins, whether the space before it is a piece of its own or not; 0 without any."""
    for place in range(len(pieces) - 1, 0, -1):
        after_space = pieces[place][:1].isspace() or pieces[place - 1][-1:].isspace()
        if after_space and pieces[place].strip()[:1].isalnum():
            return place
    return 0
