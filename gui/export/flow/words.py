"""Paragraphs in columns, in the order they are read: where there is too much, all end early before one is left out."""

from bisect import bisect_right
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from gui.export.flow.look import HAIR
from gui.export.flow.paragraph import Laid, laid, paragraph_marks
from gui.export.flow.strip import MORE, Counted, Mark, Strip, Stroke, lowered, more_strip, moved, title_strip
from gui.export.page.ink import Ink
from gui.export.sheet import Words

BETWEEN = 0.9  # em between two paragraphs
RULE, RULE_PIXELS = 0.5, 2.0  # em above a paragraph, for the rule over the one on show
COLUMN, GUTTER = 13.0, 2.0  # em: the narrowest column, and what lies between two
LEAST = 2  # lines of each paragraph
TEXTS = Counted("text", "texts")


class Rows(NamedTuple):
    """All paragraphs, as many to a row as there are columns, `pitch` millimetres apart."""

    rows: tuple[tuple[Laid, ...], ...]
    pitch: float
    ink: Ink

    @property
    def strong(self) -> int | None:
        """The row of what belongs to the step on show."""
        return next((at for at, row in enumerate(self.rows) if any(one.paragraph.strong for one in row)), None)

    @property
    def longest(self) -> int:
        """Lines of the longest paragraph."""
        return max((len(one.lines) for row in self.rows for one in row), default=0)

    def part(self, first: int, count: int) -> "Rows":
        return self._replace(rows=self.rows[first : first + count])

    def high(self, most: int) -> float:
        """Millimetres with so many lines to a paragraph at most."""
        return sum(self.row_high(row, most) for row in self.rows) + BETWEEN * self.ink.em * max(0, len(self.rows) - 1)

    def row_high(self, row: Sequence[Laid], most: int) -> float:
        return max(one.high(most) for one in row) + self.rule

    @property
    def rule(self) -> float:
        """Millimetres above each paragraph."""
        return 0.0 if self.strong is None else RULE * self.ink.em


def strips(block: Words, width: float, room: float, ink: Ink) -> tuple[Strip, ...]:
    """From the top, in `room` millimetres."""
    title = title_strip(block.title, width, ink)
    room -= sum(strip.height for strip in title)
    rows = _rows(block, width, ink)
    kept, most = _kept(rows, room)
    left_out = len(block.paragraphs) - sum(len(row) for row in kept.rows)
    last = (more_strip(left_out, TEXTS, width, ink),) if left_out and room >= MORE * ink.em - HAIR else ()
    return (*title, *(_strip(kept, place, most) for place in range(len(kept.rows))), *last)


def _rows(block: Words, width: float, ink: Ink) -> Rows:
    gutter, count = GUTTER * ink.em, max(1, min(block.columns, len(block.paragraphs)))
    while count > 1 and (width - (count - 1) * gutter) / count < COLUMN * ink.em:
        count -= 1
    rows = ceil(len(block.paragraphs) / count) if block.paragraphs else 1
    count = max(1, ceil(len(block.paragraphs) / rows))  # rows that are equally full
    column = (width - (count - 1) * gutter) / count
    all_laid = [laid(paragraph, column, ink) for paragraph in block.paragraphs]
    return Rows(
        tuple(tuple(all_laid[first : first + count]) for first in range(0, len(all_laid), count)), column + gutter, ink
    )


def _kept(rows: Rows, room: float) -> tuple[Rows, int]:
    """Which rows, and how many lines of each paragraph. What belongs to the step on show is left out last."""
    total, longest = len(rows.rows), rows.longest
    if rows.high(longest) <= room + HAIR:
        return rows, longest
    for count in range(total, 0, -1):
        first = min(max(0, (rows.strong or 0) - count // 2), total - count)
        kept, least = rows.part(first, count), LEAST if count > 1 else 1
        left = room - (0.0 if count == total else MORE * rows.ink.em)
        fitting = bisect_right(range(least, longest + 1), left + HAIR, key=kept.high)
        if fitting:
            return kept, least + fitting - 1
    return rows.part(0, 0), 0


def _strip(rows: Rows, place: int, most: int) -> Strip:
    """Paragraphs beside each other, with hairlines between them."""
    row, marks = rows.rows[place], list[Mark]()
    high = rows.row_high(row, most)
    for column, one in enumerate(row):
        left = column * rows.pitch
        own = "ink" if one.paragraph.strong or rows.strong is None else "ink2"
        marks += (moved(lowered(mark, rows.rule), left) for mark in paragraph_marks(one, most, own))
        if one.paragraph.strong:
            marks.append(Stroke(((left, 0.0), (left + one.width, 0.0)), "accent", RULE_PIXELS))
        if column:
            middle = left - (rows.pitch - one.width) / 2
            marks.append(Stroke(((middle, 0.0), (middle, high)), "line"))
    return Strip(high + (BETWEEN * rows.ink.em if place < len(rows.rows) - 1 else 0.0), tuple(marks), len(row))
