"""The runs that train in this window: begun all or none, at one pace, and left so that each ends by itself. No Qt."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from engine.commands import Pace
from engine.run import Run
from engine.settings import Settings
from engine.trouble import Trouble
from gui.lane import Lane, Origin, opened

Start = Callable[[Settings], Run]
Resume = Callable[[Settings, Path, bool], Run]  # the settings and folder of a run, and whether a new text will do
Branch = Callable[[Origin], Run]


class Crew:
    def __init__(self, start: Start, resume: Resume | None, branch: Branch | None) -> None:
        self._start, self._resume, self._branch = start, resume, branch
        self._leaving: list[Run] = []
        self.pace: float | None = None  # steps a second, of those that are begun from now on; None: as fast as it goes

    def begin(self, settings: Settings) -> Lane:
        """Raises Trouble."""
        run = self._paced(self._start(settings))
        return Lane(settings, run, run.folder)

    def need_resume(self) -> None:
        """Raises Trouble where no run can be resumed."""
        if self._resume is None:
            raise Trouble("Runs cannot be resumed here.", "Open the window without a benchmark.")

    def resume(self, lane: Lane, folder: Path, new_text: bool) -> None:
        """Raises Trouble."""
        assert self._resume
        lane.run = self._paced(self._resume(lane.settings, folder, new_text))

    def begin_all(self, origins: Sequence[Origin]) -> list[Lane]:
        """All of them or none. Raises Trouble."""
        if self._branch is None:
            raise Trouble("Runs cannot be branched here.", "Open the window without a benchmark.")
        begun: list[Lane] = []
        try:
            for origin in origins:
                begun.append(_lane_of(origin, self._paced(self._branch(origin))))
        except Trouble:
            self.leave(begun)
            for lane in begun:
                lane.forget()
            raise
        return begun

    def leave(self, lanes: Iterable[Lane]) -> None:
        """Nothing more is waited for; what they recorded stays."""
        self._leaving = [run for run in self._leaving if run.alive]
        for lane in lanes:
            if run := lane.leave():
                run.leave()
                self._leaving.append(run)

    def close(self, timeout: float) -> bool:
        """Says whether all that were left have ended within about `timeout` seconds each."""
        ended = [run.close(timeout) for run in self._leaving]
        return all(ended)

    def _paced(self, run: Run) -> Run:
        if self.pace:
            run.send(Pace(self.pace))
        return run


def _lane_of(origin: Origin, run: Run) -> Lane:
    if run.folder and origin.parent:  # it has its parent's past
        lane = opened(run.folder)
        lane.stop_following()
    else:
        lane = Lane(origin.settings, folder=run.folder)
    lane.run, lane.group, lane.ticked = run, origin.group, True
    return lane
