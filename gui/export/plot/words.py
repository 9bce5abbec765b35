"""Words in a plot: cut to the room there is, and labels that stand at a place of it."""

from gui.export.page.drawing import Call
from gui.export.page.ink import Ink
from gui.export.plot.frame import Box, Frame
from gui.export.plot.space import Space
from gui.export.sheet import Axis, Label

SMALL = 0.85  # of the type: what is said beside


def title_of(axis: Axis) -> str:
    """“Loss (nats per token)”."""
    return f"{axis.title} ({axis.unit})" if axis.unit else axis.title


def fitting(words: str, room: float, ink: Ink, bold: bool = False, mono: bool = False) -> str:
    """Cut with … where it does not fit; never empty."""
    if ink.width(words, bold=bold, mono=mono) <= room:
        return words
    low, high = 1, max(1, len(words))
    while low < high:
        middle = (low + high + 1) // 2
        fits = ink.width(f"{words[:middle]}…", bold=bold, mono=mono) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return f"{words[:low].rstrip()}…"


def words_box(words: str, x: float, base: float, ink: Ink, size: float = SMALL) -> Box:
    """The place words take whose base line begins at `x`."""
    return Box(x, base - 0.25 * size * ink.em, ink.width(words, size), 1.05 * size * ink.em)


def label_calls(label: Label, frame: Frame, space: Space) -> list[Call]:
    """Words at their place, kept between the axes; none where the place is not on show."""
    x, y, ink = frame.x.pixel(label.x), frame.y.pixel(label.y), frame.ink
    if not frame.holds(x, y):
        return []
    wide = ink.width(label.words, bold=label.bold)
    x = max(frame.box.left, min(x, frame.box.right - wide))
    space.take_box(words_box(label.words, x, y - ink.capital / 2, ink, 1.0))
    return [ink.words(label.words, x, y - ink.capital / 2, label.colour, bold=label.bold)]
