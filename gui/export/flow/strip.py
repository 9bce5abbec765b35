"""Strips of marks that are stacked down the paper: what is never cut in two, whatever room there is."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gui.export.flow.look import BOLD, HAIR, PLAIN, SMALL, Align, Look, wide
from gui.export.page.ink import Ink
from gui.export.sheet import Dash
from gui.text import one_line

TITLE, MORE, BASE = 1.75, 1.45, 1.0  # em: height of a title, of the last line; from a top to a base line
MORE_BASE = 1.1  # em
SAMPLE, AFTER_SAMPLE, THICK = 1.6, 0.5, 2.25  # em of a sample of a line and after it; its pixels


class Text(NamedTuple):
    """Words on one line; `base` is millimetres from the top of the strip down to the line they stand on."""

    x: float
    base: float
    words: str
    look: Look = PLAIN
    colour: str = "ink"
    align: Align = "left"


class Box(NamedTuple):
    """Filled; `top` is counted downward from the top of the strip, `corner` is a radius, all in millimetres."""

    left: float
    top: float
    width: float
    height: float
    colour: str
    corner: float = 0.0


class Stroke(NamedTuple):
    """From point to point, each (x, millimetres down); `pixels` wide, dashes in pixels too."""

    points: tuple[tuple[float, float], ...]
    colour: str
    pixels: float = 1.0
    dash: Dash = ()


class Image(NamedTuple):
    """Red, green and blue, uint8."""

    left: float
    top: float
    width: float
    height: float
    pixels_YX3: np.ndarray


Mark = Text | Box | Stroke | Image


class Strip(NamedTuple):
    """So high, in millimetres; `holds` things are on it that are counted where they are left out."""

    height: float
    marks: tuple[Mark, ...]
    holds: int = 0


class Counted(NamedTuple):
    """What is counted: one of them, and several."""

    one: str
    several: str


def title_strip(title: str, width: float, ink: Ink, aside: str = "") -> tuple[Strip, ...]:
    """The first line of a block; none where it has neither a title nor anything at its right."""
    if not title and not aside:
        return ()
    em, right = ink.em, wide(aside, ink, SMALL) + ink.em if aside else 0.0
    marks = [Text(0.0, BASE * em, clipped(title, width - right, ink, BOLD), BOLD)] if title else []
    if aside:
        marks.append(Text(width, BASE * em, aside, SMALL, "ink3", "right"))
    return (Strip(TITLE * em, tuple(marks)),)


def fitting(strips: Sequence[Strip], width: float, room: float, counted: Counted, ink: Ink) -> tuple[Strip, ...]:
    """All, or as many as leave room for a last line that counts the rest; nothing where not even that has room."""
    if sum(strip.height for strip in strips) <= room + HAIR:
        return tuple(strips)
    room -= MORE * ink.em
    if room < -HAIR:
        return ()
    kept = list[Strip]()
    for strip in strips:
        room -= strip.height
        if room < -HAIR:
            break
        kept.append(strip)
    return (*kept, more_strip(sum(strip.holds for strip in strips[len(kept) :]), counted, width, ink))


def more_strip(count: int, counted: Counted, width: float, ink: Ink) -> Strip:
    """The last line of what was cut."""
    return Strip(MORE * ink.em, (Text(0.0, MORE_BASE * ink.em, more(count, counted, width, ink), SMALL, "ink3"),))


def more(count: int, counted: Counted, width: float, ink: Ink) -> str:
    """What is left out, in words; where it is narrow only how much."""
    told = f"… and {count:,} more {counted.one if count == 1 else counted.several}"
    return told if wide(told, ink, SMALL) <= width + HAIR else f"… +{count:,}"


def clipped(text: str, width: float, ink: Ink, look: Look = PLAIN, dots: bool = False) -> str:
    """One line that is no wider. It ends in `dots`, and loses its own end, where need be or where that is wished."""
    text = one_line(text)
    if not dots and wide(text, ink, look) <= width + HAIR:
        return text
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        fits = wide(_dotted(text[:middle]), ink, look) <= width + HAIR
        low, high = (middle, high) if fits else (low, middle - 1)
    return _dotted(text[:low])


def _dotted(text: str) -> str:
    return f"{text.rstrip()}…"


def sample(left: float, base: float, colour: str, dash: Dash, ink: Ink) -> Stroke:
    """A short piece of a run's line, at half the height of the small letters that follow on its base line."""
    middle = base - 0.27 * ink.em
    return Stroke(((left, middle), (left + SAMPLE * ink.em, middle)), colour, THICK, dash)


def lowered(mark: Mark, down: float) -> Mark:
    """The same so many millimetres further down."""
    match mark:
        case Text():
            return mark._replace(base=mark.base + down)
        case Stroke():
            return mark._replace(points=tuple((x, y + down) for x, y in mark.points))
        case _:
            return mark._replace(top=mark.top + down)


def moved(mark: Mark, right: float) -> Mark:
    """The same so many millimetres further right."""
    match mark:
        case Text():
            return mark._replace(x=mark.x + right)
        case Stroke():
            return mark._replace(points=tuple((x + right, y) for x, y in mark.points))
        case _:
            return mark._replace(left=mark.left + right)
