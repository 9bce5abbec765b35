"""How words look in flowing blocks, how wide they are so, and which ink can be read on which ground."""

from typing import Literal, NamedTuple

from gui.export.page.ink import Ink
from gui.theme import mix

READABLE = 4.5  # WCAG contrast that words need
HAIR = 0.01  # millimetres that rounding may cost
Align = Literal["left", "center", "right"]


class Look(NamedTuple):
    """`size` is a share of the paper's type."""

    size: float = 1.0
    mono: bool = False
    bold: bool = False


PLAIN, BOLD, MODEL = Look(), Look(bold=True), Look(mono=True)
SMALL, SMALL_BOLD = Look(0.85), Look(0.85, bold=True)  # 6.8 points beside 8: the least that is read with ease


def wide(text: str, ink: Ink, look: Look = PLAIN) -> float:
    """Millimetres of one line."""
    return ink.width(text, look.size, look.bold, look.mono)


def mixed(ink: Ink, name: str, share: float) -> str:
    """So much of a colour on the page, as #rrggbb."""
    return mix(ink.page, ink.colour(name), min(max(share, 0.0), 1.0)).name()


def ink_on(ground: str, name: str, ink: Ink) -> str:
    """The colour of that name, or what can be read on a ground (#rrggbb) where it cannot."""
    wished = ink.colour(name)
    if contrast(wished, ground) >= READABLE:
        return wished
    return max((wished, ink.colour("ink"), ink.page), key=lambda colour: contrast(colour, ground))


def pale(ink: Ink, name: str, words: str) -> str:
    """A colour laid on the page as strongly as words of another colour on it can bear, as #rrggbb."""
    shades = (mixed(ink, name, share / 10) for share in range(10, 1, -1))
    return next((shade for shade in shades if contrast(ink.colour(words), shade) >= READABLE), mixed(ink, name, 0.1))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two #rrggbb, from 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2 relative luminance of #rrggbb."""
    parts = (part / 255 for part in bytes.fromhex(colour[1:]))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
