"""Small words at the foot of a page: what is a mean, what was left out, which values were no numbers."""

from collections.abc import Iterator, Sequence

from gui.export.flow.lines import lines
from gui.export.flow.look import SMALL
from gui.export.page.drawing import Call
from gui.export.page.gaps import said
from gui.export.page.ink import Ink
from gui.export.plot.frame import Box
from gui.export.sheet import Sheet
from gui.text import prose

NOTE_LINE, NOTE_GAP = 1.2, 0.7  # em of their type from line to line, and em above them
MOST = 0.4  # of the page


def note_lines(sheet: Sheet, box: Box, ink: Ink) -> list[str]:
    """Each note begins a new line; not more than there is room for."""
    told = [prose(note) for note in (*sheet.notes, *said(sheet, ink.paper))]
    made = [note[line.start : line.end] for note in told for line in lines(note, box.width, ink, SMALL)]
    most = int(MOST * box.height / (NOTE_LINE * SMALL.size * ink.em))
    return made if len(made) <= most else [*made[: max(0, most - 1)], "…"]


def note_height(notes: Sequence[str], ink: Ink) -> float:
    """Millimetres, with what is left free above them."""
    return (len(notes) * NOTE_LINE * SMALL.size + NOTE_GAP) * ink.em if notes else 0.0


def note_calls(notes: Sequence[str], box: Box, ink: Ink) -> Iterator[Call]:
    """At the foot of the box."""
    for place, words in enumerate(reversed(notes)):
        base = box.bottom + (0.2 + place * NOTE_LINE) * SMALL.size * ink.em
        yield ink.words(words, box.left, base, "ink3", size=SMALL.size)
