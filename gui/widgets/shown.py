"""A run as the panels that compare see it, and how its line is drawn: by its place among those on show."""

from typing import NamedTuple

from engine.events import Branched
from engine.recording import Recording
from gui.theme import Theme

DASHES = ((), (9, 5), (2, 4), (9, 4, 2, 4), (4, 3), (12, 3, 2, 3, 2, 3))  # after four colours the next one


class Shown(NamedTuple):
    """The first of several is the one the other panels show."""

    key: str  # its folder, or what else is its alone
    name: str
    recording: Recording
    place: int  # decides its line
    group: str = ""
    live: bool = False

    @property
    def fork(self) -> int | None:
        """The step from which it is a run of its own."""
        branched = self.recording.latest(Branched)
        return branched.step if branched else None


class Line(NamedTuple):
    colour: str
    dash: tuple[float, ...]  # in pixels; empty: solid


def line_of(place: int, theme: Theme) -> Line:
    """Told apart by colour and by dash; more than four runs get the next dash, never a fifth hue."""
    colours = theme.line1, theme.line2, theme.line3, theme.line4
    turn, which = divmod(place, len(colours))
    return Line(colours[which], DASHES[(which + turn) % len(DASHES)])
