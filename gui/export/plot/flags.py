"""What happened on the way: flags that stand on a curve, signs that hang from it, and the step looked back at."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from gui.export.page.drawing import Call
from gui.export.page.ink import FAINT, PAGE, Ink
from gui.export.plot.frame import Box, Frame
from gui.export.plot.space import Space
from gui.export.plot.words import SMALL, words_box
from gui.export.sheet import Cursor, Flag
from gui.widgets.flags import CLOTH, DIAMOND, GAP, HANG, NOTCH, POLE, SIGNS

LARGER = 1.25  # than on screen, beside the type
HEIGHTS = 4  # to try for words that would stand on something
SQUARE = ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8))
CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    **{str(name): shape for name, shape in SIGNS.items()},
    "stop": SQUARE,
}
CHIP = 0.35  # em around its words


class Sign(NamedTuple):
    """A flag where it stands: its foot on the curve, in millimetres."""

    flag: Flag
    x: float
    y: float


def signs(flags: Sequence[Flag], frame: Frame) -> list[Sign]:
    """Those on show, from left to right; what has no height stands on the axis."""
    found = []
    for flag in sorted(flags, key=lambda flag: flag.x):
        x = frame.x.pixel(flag.x)
        y = frame.y.pixel(flag.y) if np.isfinite(flag.y) else frame.box.bottom
        if np.isfinite(x) and np.isfinite(y) and frame.holds(x, y, slack=0.2):
            found.append(Sign(flag, x, y))
    return found


def flags_calls(flags: Sequence[Flag], now: float, frame: Frame, space: Space) -> Iterator[Call]:
    """All signs first, so that no words lie on one that comes later; what happened after `now` is faint."""
    placed = [_drawn(one, _tone(one.flag, now, frame.ink), frame) for one in signs(flags, frame)]
    for one in placed:
        space.take_box(one.box)
        yield from one.calls
    for one in placed:
        yield from _words(one, frame, space)


def _tone(flag: Flag, now: float, ink: Ink) -> str:
    """#rrggbb."""
    return ink.colour("bad" if flag.sign == "stop" else "ink2", 1.0 if flag.x <= now else FAINT)


class Drawn(NamedTuple):
    """A sign as calls, the place it takes, and base lines where its words could begin: left edge, or right edge."""

    calls: tuple[Call, ...]
    box: Box
    words: str
    tone: str
    rights: tuple[tuple[float, float], ...]  # left ends of words right of it
    lefts: tuple[tuple[float, float], ...]


def _drawn(sign: Sign, tone: str, frame: Frame) -> Drawn:
    return _standing(sign, tone, frame) if sign.flag.sign == "flag" else _hanging(sign, tone, frame)


def _standing(sign: Sign, tone: str, frame: Frame) -> Drawn:
    """Pole and cloth; the pole is shorter under the upper edge."""
    unit, x, y, ink = unit_of(frame.ink), sign.x, sign.y, frame.ink
    top = max(min(y + POLE * unit, frame.box.top), y + CLOTH * unit)
    cloth = ((0, 0), (CLOTH, 0), (CLOTH - NOTCH, CLOTH / 2), (CLOTH, CLOTH), (0, CLOTH))
    across, up = [x + a * unit for a, _ in cloth], [top - b * unit for _, b in cloth]
    calls = (ink.stroke((x, x), (y, top), tone), ink.area(across, up, tone))
    base = top - (CLOTH / 2) * unit - SMALL * ink.capital / 2
    bases = [base + level * ink.em for level in range(HEIGHTS)]
    right, left = x + (CLOTH + GAP) * unit, x - GAP * unit
    box = Box(x, top - CLOTH * unit, CLOTH * unit, CLOTH * unit)
    rights, lefts = (tuple((edge, at) for at in bases) for edge in (right, left))
    return Drawn(calls, box, sign.flag.words, tone, rights, lefts)


def _hanging(sign: Sign, tone: str, frame: Frame) -> Drawn:
    """A sign on a thread, which is shorter above the lower edge."""
    unit, x, ink = unit_of(frame.ink), sign.x, frame.ink
    half = DIAMOND * unit
    middle = max(sign.y - HANG * unit, frame.box.bottom + half + 0.1 * ink.em)
    corners = CORNERS[sign.flag.sign]
    across, up = [x + a * half for a, _ in corners], [middle - b * half for _, b in corners]
    calls = (
        ink.stroke((x, x), (sign.y, middle), tone),
        ink.area(across, up, ink.page),
        ink.stroke([*across, across[0]], [*up, up[0]], tone, 1.25),
    )
    base, apart = middle - SMALL * ink.capital / 2, half + GAP * unit
    box = Box(x - half, middle - half, 2 * half, 2 * half)
    return Drawn(calls, box, sign.flag.words, tone, ((x + apart, base),), ((x - apart, base),))


def _words(drawn: Drawn, frame: Frame, space: Space) -> Iterator[Call]:
    """Where they are in nobody's way; else none."""
    ink = frame.ink
    wide = ink.width(drawn.words, SMALL)
    starts = [*drawn.rights, *((x - wide, base) for x, base in drawn.lefts)]
    for x, base in starts if drawn.words else ():
        box = words_box(drawn.words, x, base, ink)
        if space.is_free(box):
            space.take_box(box)
            yield _page(box, ink)
            yield ink.words(drawn.words, x, base, drawn.tone, size=SMALL)
            return


def _page(box: Box, ink: Ink) -> Call:
    """So that no floor runs through words."""
    return ink.area((box.left, box.right, box.right, box.left), (box.bottom, box.bottom, box.top, box.top), ink.page)


def unit_of(ink: Ink) -> float:
    """Millimetres that a pixel of a sign becomes."""
    return LARGER * ink.mm(1)


def chip_box(cursor: Cursor, frame: Frame, base: float) -> Box | None:
    """Where the chip with the step stands, on the row of the axis' labels; None where the step is not on show."""
    x, ink = frame.x.pixel(cursor.x), frame.ink
    if not (np.isfinite(x) and frame.holds(x, frame.box.bottom)) or not cursor.words:
        return None
    wide = ink.width(cursor.words, SMALL) + 2 * CHIP * ink.em
    left = max(frame.box.left, min(x - wide / 2, frame.box.right - wide))
    return Box(left, base - 0.3 * ink.em, wide, ink.capital + 0.6 * ink.em)


def cursor_calls(cursor: Cursor, frame: Frame, base: float) -> Iterator[Call]:
    """A line all the way up, and a chip."""
    x, ink = frame.x.pixel(cursor.x), frame.ink
    if not (np.isfinite(x) and frame.holds(x, frame.box.bottom)):
        return
    yield ink.stroke((x, x), (frame.box.bottom, frame.box.top), "accent", 1.5)
    chip = chip_box(cursor, frame, base)
    if chip:
        yield from _chip(cursor.words, chip, base, ink)


def _chip(words: str, box: Box, base: float, ink: Ink) -> Iterator[Call]:
    inner = 0.25 * ink.em
    across = (box.left + inner, box.right - inner, box.right - inner, box.left + inner)
    up = (box.bottom + inner, box.bottom + inner, box.top - inner, box.top - inner)
    colour = ink.colour("accent")
    edge = round(2 * inner * ink.points / ink.em, 3)  # a wide edge with round corners
    named = {"facecolor": colour, "edgecolor": colour, "linewidth": edge, "joinstyle": "round"}
    yield Call(PAGE, "fill", ([round(a, 4) for a in across], [round(a, 4) for a in up]), named)
    middle = box.left + box.width / 2
    yield ink.words(words, middle, base + (1 - SMALL) * ink.capital / 2, "on_accent", "center", size=SMALL)
