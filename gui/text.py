"""Token text made visible. It comes from strangers: nothing in it is obeyed, only shown."""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

UNKNOWN = "\ufffd"  # what a character became that was not known, or could not be read
SIGNS = {" ": "·", "\n": "↵", "\t": "⇥", "\r": "␍", UNKNOWN: "‹?›"}
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Me"})


class Shown(NamedTuple):
    text: str
    warn: bool  # holds signs that could mislead: direction, zero width, control


@lru_cache(maxsize=8192)  # tokens come again and again
def shown(piece: str) -> Shown:
    """A token as it can be drawn: spaces as dots, line ends as arrows, hidden signs as U+…, stray bytes as ‹E2›.

    A sign for what was not known, which would look like a fault of ours, is ‹?›; gui.pieces says what these two mean.
    """
    parts, warn = [], False
    for place, character in enumerate(piece):
        stray = 0xDC80 <= ord(character) <= 0xDCFF
        if character in SIGNS:
            parts.append(SIGNS[character])
        elif stray:
            parts.append(f"‹{ord(character) - 0xDC00:02X}›")
        elif unicodedata.category(character) in HIDDEN and not stands_on_a_letter(piece, place):
            parts.append(f"U+{ord(character):04X}")
            warn = True
        else:
            parts.append(character)
    return Shown("".join(parts), warn)


def prose(text: str) -> str:
    """Longer text for a plain label: spaces and line ends stay, whatever hides is made visible."""
    parts = []
    for place, character in enumerate(text):
        if character in " \n" or stands_on_a_letter(text, place):
            parts.append(character)
        else:
            parts.append(" " if character in "\t\r" else shown(character).text)
    return "".join(parts)


def one_line(name: str) -> str:
    """A name of a file or a text: it may hold anything, and yet has one line."""
    return prose(name).replace("\n", SIGNS["\n"])


def stands_on_a_letter(text: str, place: int) -> bool:
    """Whether there is a combining mark that belongs to the letter before it, as in a decomposed é."""
    return place > 0 and unicodedata.category(text[place]) in ("Mn", "Me") and text[place - 1].isalpha()


def number(value: float, digits: int = 2) -> str:
    """1234.5 as 1,234.50."""
    return f"{value:,.{digits}f}"


def short(count: float) -> tuple[str, str]:
    """A count and its unit: 3710000 → ("3.71", "M"), 21400 → ("21.4", "k")."""
    for size, unit in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= 0.9995 * size:  # 999,600 is 1 M when three digits are shown
            return f"{count / size:.3g}", unit
    return f"{count:,.0f}", ""


def clock(seconds: float) -> str:
    """Elapsed time: 173 → 2:53, 3700 → 1:01:40."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def percent(chance: float) -> str:
    """0.413 as 41 %; below one percent with one digit more, never a bare 0."""
    if chance < 0.0005:
        return "<0.1 %"
    return f"{100 * chance:.0f} %" if chance >= 0.00995 else f"{100 * chance:.1f} %"
