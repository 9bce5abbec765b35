"""The names of rows of tokens: beside them where there is room, else above, with a sample of each run's line."""

from collections.abc import Iterator
from typing import NamedTuple

from gui.export.flow.look import PLAIN, wide
from gui.export.flow.strip import AFTER_SAMPLE, BASE, SAMPLE, Mark, Strip, Text, clipped, lowered, sample
from gui.export.page.ink import Ink
from gui.export.sheet import Dash, Tiles
from gui.text import one_line

ABOVE, AFTER = 1.35, 1.0  # em: height of a name above its row; room after one beside it
WIDEST = 0.3  # of the paper, to stand beside a row


class Names(NamedTuple):
    """All names of a block; `beside` is what they take from its width, in millimetres: nothing where they are above."""

    names: tuple[str, ...]
    lines: tuple[tuple[str, Dash], ...]
    width: float
    beside: float
    ink: Ink

    @property
    def above(self) -> bool:
        return bool(self.names or self.lines) and not self.beside

    def added(self, strip: Strip, row: int, base: float, space: float) -> Strip:
        """A row's first line with its name, the base line of which is `base` down, and `space` millimetres above it."""
        em = self.ink.em
        down = space + (ABOVE * em if self.above else 0.0)
        named = self._marks(row, space + (BASE * em if self.above else base))
        return Strip(strip.height + down, (*named, *(lowered(mark, down) for mark in strip.marks)), strip.holds)

    def _marks(self, row: int, base: float) -> Iterator[Mark]:
        left = (SAMPLE + AFTER_SAMPLE) * self.ink.em if self.lines else 0.0
        if row < len(self.lines) and self.lines[row][0]:
            yield sample(0.0, base, *self.lines[row], self.ink)
        if row < len(self.names) and all(name.replace(",", "").isdigit() for name in self.names) and self.beside:
            yield Text(self.beside - AFTER * self.ink.em, base, self.names[row], PLAIN, "ink2", "right")
        elif row < len(self.names):
            yield Text(left, base, clipped(self.names[row], self.width - left, self.ink), PLAIN, "ink2")


def names(block: Tiles, width: float, ink: Ink) -> Names:
    """For a block `width` millimetres wide."""
    left = (SAMPLE + AFTER_SAMPLE) * ink.em if block.lines else 0.0
    widest = max((wide(one_line(name), ink) for name in block.names), default=0.0) + left
    beside = widest + AFTER * ink.em if 0 < widest <= WIDEST * width else 0.0
    return Names(block.names, block.lines, width, beside, ink)
