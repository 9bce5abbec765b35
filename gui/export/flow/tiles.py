"""Tokens on their tints, in lines that end where the paper does, with what was measured of each below it."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from gui.export.flow.lines import broken
from gui.export.flow.look import HAIR, MODEL, PLAIN, SMALL, SMALL_BOLD, Look, ink_on, mixed, wide
from gui.export.flow.names import names
from gui.export.flow.strip import Box, Counted, Mark, Strip, Text, fitting, title_strip
from gui.export.page.ink import Ink
from gui.export.sheet import Tile, Tiles
from gui.text import SIGNS, one_line

TALL, LEADING, CORNER = 1.75, 0.4, 0.2  # em: of a tile, from it to the next line, of its round corners
PAD, GAP = 0.36, 0.3  # em: beside its words, and to the next tile
JOINED_TALL, SEAM = 1.55, 0.05  # em, where tiles join without a gap
PROSE_TALL, PROSE_LEADING = 1.25, 0.2  # em, where they are the words of a text
BELOW, ROW = 1.15, 0.5  # em: a number below a tile; more between two rows that have them
MIDDLE = 0.36  # em from the middle of a tile down to its base line
RING = 2.0  # pixels
TOKENS, WORDS = Counted("token", "tokens"), Counted("word", "words")
QUIET = frozenset(SIGNS.values())  # signs that stand for spaces: fainter than letters


class Shape(NamedTuple):
    """What all tiles of a block have in common, in millimetres. `told`: with numbers below them."""

    joined: bool
    told: bool
    ink: Ink
    prose: bool = False

    @property
    def look(self) -> Look:
        return PLAIN if self.prose else MODEL

    @property
    def tall(self) -> float:
        return (PROSE_TALL if self.prose else JOINED_TALL if self.joined else TALL) * self.ink.em

    @property
    def line(self) -> float:
        """From one line of tiles to the next."""
        leading = PROSE_LEADING if self.prose else LEADING
        return self.tall + (leading + (BELOW if self.told else 0.0)) * self.ink.em

    @property
    def base(self) -> float:
        """From the top of a tile to its base line."""
        return self.tall / 2 + MIDDLE * self.ink.em

    @property
    def pad(self) -> float:
        return 0.0 if self.joined else PAD * self.ink.em

    @property
    def gap(self) -> float:
        return 0.0 if self.joined else GAP * self.ink.em


class Placed(NamedTuple):
    """A tile, or a part of one that is longer than a line, with its left edge and its width in millimetres."""

    tile: Tile
    left: float
    width: float
    first: bool = True  # of its parts


def strips(block: Tiles, width: float, room: float, ink: Ink) -> tuple[Strip, ...]:
    """From the top, in `room` millimetres."""
    shape = Shape(block.joined, any(tile.under for row in block.rows for tile in row), ink, block.prose)
    named = names(block, width, ink)
    made = list(title_strip(block.title, width, ink, f"numbers in {block.unit}" if shape.told and block.unit else ""))
    for place, row in enumerate(block.rows):
        for number, line in enumerate(_lines(row, width - named.beside, shape)):
            marks = tuple(mark for placed in line for mark in _tile(placed, named.beside, shape))
            strip = Strip(shape.line, marks, sum(placed.first for placed in line))
            space = ROW * ink.em if shape.told and place else 0.0
            made.append(strip if number else named.added(strip, place, shape.base, space))
    return fitting(made, width, room, WORDS if block.prose else TOKENS, ink)


def _lines(row: Sequence[Tile], width: float, shape: Shape) -> Iterator[list[Placed]]:
    """The row's tiles, as many on each line as it holds; at least one line."""
    line, x = list[Placed](), 0.0
    for part, first in chain.from_iterable(_parts(tile, width, shape) for tile in row):
        needed = _width(part, shape)
        if line and x + needed > width + HAIR:
            yield line
            line, x = [], 0.0
        line.append(Placed(part, x, needed, first))
        x += needed + shape.gap
    yield line


def _parts(tile: Tile, width: float, shape: Shape) -> Iterator[tuple[Tile, bool]]:
    """The tile, or pieces of one that is longer than a line: what stands under it stands under the first."""
    text, room = one_line(tile.text), max(width - 2 * shape.pad, shape.ink.em)
    for number, piece in enumerate(broken(text, room, shape.ink, shape.look) if text else ("",)):
        letters = tile.letters if piece == text else 0.0
        yield tile._replace(text=piece, letters=letters, under="" if number else tile.under), not number


def _width(tile: Tile, shape: Shape) -> float:
    letters = max(wide(tile.text, shape.ink, shape.look), tile.letters * wide("0", shape.ink, shape.look))
    return max(letters + 2 * shape.pad, wide(tile.under, shape.ink, SMALL_BOLD))


def _tile(placed: Placed, start: float, shape: Shape) -> Iterator[Mark]:
    """Its ground, a ring around the chosen one, its words, and its number below."""
    tile, left, width, ink = placed.tile, start + placed.left, placed.width, shape.ink
    seam = min(SEAM * ink.em, width / 8) if shape.joined and not shape.prose else 0.0
    corner = 0.0 if shape.prose else CORNER * ink.em
    box = Box(left + seam, 0.0, width - 2 * seam, shape.tall, _ground(tile, ink), corner)
    if tile.ring:
        half = ink.mm(RING) / 2
        yield _grown(box, half)._replace(colour="accent")
        yield _grown(box, -half)
    elif box.colour != ink.page.lower():
        yield box
    yield from _words(tile, left + width / 2, shape)
    if tile.under:
        look, colour = (SMALL_BOLD, "ink") if tile.ring else (SMALL, "ink3")
        base = shape.tall + SMALL.size * BELOW * ink.em
        yield Text(left + width / 2, base, tile.under, look, colour, "center")


def _grown(box: Box, out: float) -> Box:
    """So many millimetres on each side."""
    corner = max(0.0, box.corner + out)
    return Box(box.left - out, box.top - out, box.width + 2 * out, box.height + 2 * out, box.colour, corner)


def _ground(tile: Tile, ink: Ink) -> str:
    return ink.colour("bad_soft").lower() if tile.warn else mixed(ink, tile.colour, tile.tint)


def _words(tile: Tile, middle: float, shape: Shape) -> Iterator[Text]:
    """Signs that stand for spaces are fainter than the letters between them."""
    ink, ground = shape.ink, _ground(tile, shape.ink)
    colour = ink_on(ground, "bad" if tile.warn else "ink3" if tile.faint else "ink", ink)
    x = middle - wide(tile.text, ink, shape.look) / 2
    for quiet, signs in groupby(tile.text, key=QUIET.__contains__):
        run = "".join(signs)
        faint = quiet and not tile.warn and run != tile.text
        yield Text(x, shape.base, run, shape.look, ink_on(ground, "ink3", ink) if faint else colour)
        x += wide(run, ink, shape.look)
