"""One text on paper: its head, what was given, what the model wrote, and how it ends where there is no room for all."""

from collections.abc import Iterator
from typing import NamedTuple

from gui.export.flow.lines import Span, lines
from gui.export.flow.look import MODEL, PLAIN, SMALL, SMALL_BOLD, Look, mixed, wide
from gui.export.flow.strip import AFTER_SAMPLE, BASE, SAMPLE, Counted, Mark, Text, clipped, more, sample
from gui.export.page.ink import Ink
from gui.export.sheet import Paragraph
from gui.text import prose

LINE, HEAD, REMARK = 1.35, 1.35, 1.25  # em: heights of its lines
FAINT = 0.38  # of what comes after the step on show
ENOUGH = 4  # lines, of which one may be spent on counting the rest
LINES = Counted("line", "lines")


class Laid(NamedTuple):
    """A paragraph in a column `width` millimetres wide: `lines` lie in `text`; the model's own words between `own`."""

    paragraph: Paragraph
    width: float
    text: str
    own: tuple[int, int]
    lines: tuple[Span, ...]
    look: Look
    ink: Ink

    def high(self, most: int) -> float:
        """Millimetres with so many lines at most."""
        head = HEAD if self.paragraph.head or self.paragraph.aside else 0.0
        remark = REMARK if self.paragraph.remark else 0.0
        return (head + remark + LINE * min(len(self.lines), most)) * self.ink.em

    def colour(self, name: str) -> str:
        return mixed(self.ink, name, FAINT) if self.paragraph.faint else name


def laid(paragraph: Paragraph, width: float, ink: Ink) -> Laid:
    """Broken into lines."""
    lead, own, after = (prose(part) for part in (paragraph.lead, paragraph.text, paragraph.after))
    text, look = lead + own + after, MODEL if paragraph.model else PLAIN
    bounds = len(lead), len(lead) + len(own)
    return Laid(paragraph, width, text, bounds, tuple(lines(text, width, ink, look)), look, ink)


def paragraph_marks(laid: Laid, most: int, own: str) -> Iterator[Mark]:
    """With so many lines at most; `own` is the colour of the model's words."""
    paragraph, em = laid.paragraph, laid.ink.em
    base = BASE * em
    if paragraph.head or paragraph.aside:
        yield from _head(laid, base)
        base += HEAD * em
    shown, rest = _shown(laid, most)
    for number, line in enumerate(shown, start=1):
        yield from _line(laid, line, base, own, dots=number == len(shown) < len(laid.lines) and not rest)
        base += LINE * em
    if rest:
        yield Text(0.0, base, more(rest, LINES, laid.width, laid.ink), SMALL, laid.colour("ink3"))
        base += LINE * em
    if paragraph.remark:
        yield Text(0.0, base, clipped(paragraph.remark, laid.width, laid.ink, SMALL), SMALL, laid.colour("ink3"))


def _head(laid: Laid, base: float) -> Iterator[Mark]:
    paragraph, ink, left = laid.paragraph, laid.ink, 0.0
    if paragraph.line and paragraph.line[0]:
        yield sample(0.0, base, *paragraph.line, ink)
        left = (SAMPLE + AFTER_SAMPLE) * ink.em
    look, colour = (SMALL_BOLD, "accent") if paragraph.strong else (SMALL, "ink3")
    aside = clipped(paragraph.aside, laid.width / 2, ink, SMALL)
    room = laid.width - left - (wide(aside, ink, SMALL) + ink.em if aside else 0.0)
    yield Text(left, base, clipped(paragraph.head, room, ink, look), look, laid.colour(colour))
    if aside:
        yield Text(laid.width, base, aside, SMALL, laid.colour("ink3"), "right")


def _shown(laid: Laid, most: int) -> tuple[tuple[Span, ...], int]:
    """Its lines, and how many more a line of their own tells of; where that is too dear, dots at the end must do."""
    if len(laid.lines) <= most:
        return laid.lines, 0
    if most < ENOUGH:
        return laid.lines[:most], 0
    return laid.lines[: most - 1], len(laid.lines) - most + 1


def _line(laid: Laid, line: Span, base: float, own: str, dots: bool) -> Iterator[Text]:
    """Given words are fainter than the model's own."""
    first, last = laid.own
    x, before = 0.0, ""
    if dots and line.start == line.end:
        yield Text(0.0, base, "…", laid.look, laid.colour(own))
    for start, stop, colour in ((0, first, "ink3"), (first, last, own), (last, len(laid.text), "ink3")):
        words = laid.text[max(start, line.start) : min(stop, line.end)]
        if words:
            x += wide(before, laid.ink, laid.look)
            cut = dots and line.end <= stop
            shown = clipped(words, laid.width - x, laid.ink, laid.look, dots=True) if cut else words
            yield Text(x, base, shown, laid.look, laid.colour(colour))
            before = words
