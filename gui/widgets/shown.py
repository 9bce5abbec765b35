"""How the line of a run on show is drawn: by its place among them, everywhere alike."""

from typing import NamedTuple

from gui.shown import Shown
from gui.theme import LIGHT, Theme

__all__ = ["Line", "Shown", "line_of"]

DASHES = ((), (9, 5), (2, 4), (9, 4, 2, 4), (4, 3), (12, 3, 2, 3, 2, 3))  # after four colours the next one


class Line(NamedTuple):
    colour: str
    dash: tuple[float, ...]  # in pixels; empty: solid


def line_of(place: int, theme: Theme) -> Line:
    """Told apart by colour and by dash; more than four runs get the next dash, never a fifth hue.

    Dashes are as long as a line of a run is thick.
    """
    colours = theme.line1, theme.line2, theme.line3, theme.line4
    turn, which = divmod(place, len(colours))
    thick, dash = theme.lines.curve / LIGHT.lines.curve, DASHES[(which + turn) % len(DASHES)]
    return Line(colours[which], tuple(part * thick for part in dash))
