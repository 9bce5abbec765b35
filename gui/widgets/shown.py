"""How the line of a run on show is drawn: by its place among them, everywhere alike."""

from math import lcm
from typing import NamedTuple

from gui.shown import Shown
from gui.theme import LIGHT, Theme

__all__ = ["Line", "Shown", "line_named", "line_of"]

COLOURS = "line1", "line2", "line3", "line4"
DASHES = ((), (9, 5), (2, 4), (9, 4, 2, 4), (4, 3), (12, 3, 2, 3, 2, 3))  # all six before one again


class Line(NamedTuple):
    colour: str
    dash: tuple[float, ...]  # in pixels; empty: solid


def line_named(place: int) -> Line:
    """Colour by its name in the theme, dash in pixels at reading size."""
    turn = place // lcm(len(COLOURS), len(DASHES))  # so long each has both of its own
    return Line(COLOURS[place % len(COLOURS)], DASHES[(place + turn) % len(DASHES)])


def line_of(place: int, theme: Theme) -> Line:
    """Told apart by colour and by dash; more than four runs get the next dash, never a fifth hue.

    Dashes are as long as a line of a run is thick.
    """
    name, dash = line_named(place)
    thick = theme.lines.curve / LIGHT.lines.curve
    return Line(getattr(theme, name), tuple(part * thick for part in dash))
