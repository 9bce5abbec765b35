"""What is known about the session, and the one state that follows from it. Knows no Qt."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from engine.settings import Settings

State = Literal["ready", "loading", "training", "paused", "finished", "stopped", "recorded", "followed"]
Dot = Literal["", "accent", "warn", "good", "bad", "ink3"]
Button = Literal["play", "pause", "cancel", "restart", "replay", "hold"]
Place = Literal["", "live", "back", "continue", "train"]
LOOK: dict[State, tuple[Dot, Button]] = {
    "ready": ("", "play"), "loading": ("accent", "cancel"), "training": ("accent", "pause"),
    "paused": ("warn", "play"), "finished": ("good", "play"), "stopped": ("bad", "restart"),
    "recorded": ("ink3", "replay"), "followed": ("accent", "replay"),
}  # fmt: skip


class Beside(NamedTuple):
    """Runs that train by turns."""

    number: int
    step: int  # that they have made
    what: str = "branches"
    playing: bool = True


class Facts(NamedTuple):
    """What the session knows besides its recording."""

    settings: Settings
    running: bool  # there is a run to talk to
    playing: bool
    waited: float = 0.0  # seconds the present task was watched
    gained: float = 0.0  # share of it that was done meanwhile
    prepared: bool = True  # no model is being made or loaded
    step: int | None = None  # the one on show; None: the newest
    following: bool = True  # the newest is on show because it is the newest
    replaying: float = 0.0  # times as fast as it was recorded; 0: the playhead does not play
    recorded: bool = False  # nobody trains this run
    followed: bool = False  # another program trains it
    continues: bool = False  # there is a checkpoint at or before the step on show
    beside: Beside | None = None


@dataclass(frozen=True)
class Status:
    state: State
    step: int  # the newest
    headline: str
    detail: str = ""
    progress: float | None = None  # share of what is being waited for
    shown: int | None = None  # the step that is looked back at; None: the newest is on show
    replaying: bool = False
    place: Place = ""  # what the last place of the transport offers

    @property
    def dot(self) -> Dot:
        """Colour of the dot, by its token."""
        return LOOK[self.state][0]

    @property
    def button(self) -> Button:
        """What the big button does now."""
        button = LOOK[self.state][1]
        return "hold" if button == "replay" and self.replaying else button

    @property
    def steps(self) -> bool:
        """Whether the key for one step does something: train one, or look at the next."""
        return self.state in ("ready", "paused", "finished") or self.shown is not None
