"""Which fonts draw a text: the wished-for one, others that stand in for it, and U+… for what no font can draw."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gui.export.page.drawing import quiet
from gui.theme import INTERFACE, MODEL_TEXT

if TYPE_CHECKING:
    from matplotlib.font_manager import FontPath

LAST = "DejaVu Sans"  # comes with matplotlib
LAST_MONO = "DejaVu Sans Mono"
WEIGHTS = {False: 400, True: 600}
FEATURES = ("tnum", "-calt", "-liga", "-clig")  # digits keep their places, `->` stays two characters
BOXES = "Last Resort"  # a family that draws every character as a box


class Legible(NamedTuple):
    """Text of which every character can be drawn, and the families that do it."""

    text: str
    families: tuple[str, ...]


@lru_cache(maxsize=1)
def installed() -> frozenset[str]:
    """Families that can be drawn with."""
    from matplotlib.font_manager import fontManager

    return frozenset(entry.name for entry in fontManager.ttflist if not entry.name.startswith(BOXES))


@lru_cache(maxsize=64)
def families(wanted: str, mono: bool = False) -> tuple[str, ...]:
    """The family that is wanted for words, or the model's own, if it is here; and what stands in for it."""
    chain = (*MODEL_TEXT, LAST_MONO, LAST) if mono else (wanted, *INTERFACE, LAST)
    return tuple(dict.fromkeys(name for name in chain if name in installed()))


def stand_in(wanted: str) -> str:
    """A sentence where the family that is wanted is not here; else empty."""
    return "" if wanted in installed() else f"There is no font “{wanted}” here: {families(wanted)[0]} stands in."


@lru_cache(maxsize=8192)  # the same few words again and again
def legible(text: str, wanted: str, mono: bool = False) -> Legible:
    """What no font can draw becomes U+…; families are added only for the characters that need them."""
    chain = families(wanted, mono)
    rest = {character for character in text if character not in " \n"} - covered(chain, text)
    for family in others():
        if not rest:
            break
        found = {character for character in rest if ord(character) in characters(family)}
        chain, rest = (*chain, family) if found else chain, rest - found
    return Legible("".join(f"U+{ord(one):04X}" if one in rest else one for one in text), chain)


def covered(chain: Iterable[str], text: str) -> set[str]:
    """Characters that one of the families draws."""
    return {one for one in set(text) if any(ord(one) in characters(family) for family in chain)}


@lru_cache(maxsize=1)
def others() -> tuple[str, ...]:
    """Families to be asked for a character that the usual ones lack: sans first, by name."""
    return tuple(sorted(installed(), key=lambda name: ("Sans" not in name, "Mono" in name, name)))


@lru_cache(maxsize=512)
def characters(family: str) -> frozenset[int]:
    """Code points for which an upright font of the family has a glyph; none where it has no outlines."""
    from matplotlib.font_manager import get_font

    font = get_font([file_of(family)])
    return frozenset(font.get_charmap()) if font.scalable else frozenset()


@lru_cache(maxsize=512)
def file_of(family: str, bold: bool = False) -> "FontPath":
    """The font's file; its nearest weight where it lacks the one that is asked for."""
    from matplotlib.font_manager import FontProperties, findfont

    with quiet():
        return findfont(FontProperties(family=[family], weight=WEIGHTS[bold]), fallback_to_default=False)
