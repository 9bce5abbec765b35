"""What a film is of: a panel, whose sheets are drawn on paper, or the whole window, which is shown at each step."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from gui.export.film.choices import Film
from gui.export.film.frames import fitted, picture, sheets
from gui.export.sheet import Sheet
from gui.frame.film.window import SETTLED, grabbed, show_step
from gui.panels.panel import Panel
from gui.session import Session

if TYPE_CHECKING:
    from gui.window import Window

Taken = Sheet | np.ndarray  # what the window gives for a step; pixels are of shape YX3


class Stage(Protocol):
    """Belongs to the thread of the window."""

    settles: float  # seconds from aiming until there is something to take

    def aim(self, step: int) -> None: ...

    def take(self, step: int, film: Film) -> Taken: ...

    def leave(self) -> None: ...


class Shot(NamedTuple):
    title: str  # as a person calls it
    panel: str  # its title; empty for the whole window
    stage: Stage


class PanelStage:
    """A panel as it is on screen, with its options and its range; it is on screen at another step meanwhile."""

    settles = 0.0

    def __init__(self, session: Session, panel: Panel) -> None:
        self._session, self._panel = session, panel

    def aim(self, step: int) -> None:
        """It needs no time."""

    def take(self, step: int, film: Film) -> Sheet:
        return next(sheets(self._at, (step,), film, self._session.main.name))

    def leave(self) -> None:
        """Nothing was touched."""

    def _at(self, step: int) -> Sheet:
        return self._panel.on_paper(self._session.recording, step)


class WindowStage:
    """Moves the playhead; `leave` puts it back."""

    settles = SETTLED

    def __init__(self, window: "Window") -> None:
        self._window = window
        self._before: tuple[bool, int] | None = None  # whether it followed, and its step

    def aim(self, step: int) -> None:
        playhead = self._window.session.playhead
        if self._before is None:
            self._before = playhead.following, playhead.step
            playhead.stop()
        show_step(self._window, step)

    def take(self, step: int, film: Film) -> np.ndarray:
        return grabbed(self._window, film)

    def leave(self) -> None:
        if self._before is None:
            return
        (followed, step), self._before = self._before, None
        session = self._window.session
        if followed:
            session.playhead.follow(session.recording)
        else:
            session.playhead.seek(step, session.recording)
        show_step_on_show(self._window)


def show_step_on_show(window: "Window") -> None:
    """All panels, where the playhead stands."""
    for panel in window.panels:
        panel.refresh(window.session.recording, window.session.playhead.step)
    window.take_in()


class Frames:
    """Draws, in another thread, what was taken: pixels YX3, all as large as the first."""

    def __init__(self, taken: Iterable[Taken], film: Film) -> None:
        self._taken, self._film = taken, film
        self.newest: np.ndarray | None = None
        self.made = 0

    def __iter__(self) -> Iterator[np.ndarray]:
        for one in self._taken:
            drawn_YX3 = drawn(one, self._film)
            size = drawn_YX3 if self.newest is None else self.newest
            self.newest = fitted(drawn_YX3, size.shape[1], size.shape[0])
            self.made += 1
            yield self.newest


def drawn(taken: Taken, film: Film) -> np.ndarray:
    """Pixels of shape YX3."""
    return taken if isinstance(taken, np.ndarray) else picture(taken, film)
