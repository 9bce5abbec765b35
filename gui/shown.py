"""A run as the panels that compare see it. Knows no Qt."""

from typing import NamedTuple

from engine.events import Branched
from engine.recording import Recording


class Shown(NamedTuple):
    """The first of several is the one the other panels show."""

    key: str  # its folder, or what else is its alone
    name: str
    recording: Recording
    place: int  # decides its line
    group: str = ""  # runs that were begun as one action have the same
    live: bool = False

    @property
    def fork(self) -> int | None:
        """The step from which it is a run of its own."""
        branched = self.recording.latest(Branched)
        return branched.step if branched else None
