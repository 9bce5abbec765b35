"""The runs that a panel compares: what is told of all of them only decides whether to draw when it is time to."""

from engine.events import Event, Started
from engine.recording import Recording
from gui.shown import Shown


class RunsOnShow:
    """`watches` are the kinds of events that change the picture; perhaps the step itself does, too."""

    def __init__(self, watches: tuple[type[Event], ...], says_step: bool) -> None:
        self._watches, self._says_step = watches, says_step
        self._runs: tuple[Shown, ...] = ()
        self._happened: object = None

    def show(self, runs: tuple[Shown, ...]) -> None:
        """The first is the one the other panels show; none: that one alone."""
        self._runs = runs

    def of(self, recording: Recording) -> tuple[Shown, ...]:
        """Those of which `recording` is the first; it alone where they belong to another one."""
        if self._runs and self._runs[0].recording is recording:
            return self._runs
        return (alone(recording),) if recording.count(Started) else ()

    def look(self, step: int, early: bool) -> None:
        """To be called before each refresh: while it is too early, nothing has happened."""
        if not early:
            stamps = tuple(run.recording.stamp(self._watches, step) for run in self._runs)
            self._happened = step if self._says_step else None, stamps, tuple(run.live for run in self._runs)

    @property
    def stamp(self) -> object:
        """Equal stamps, equal pictures."""
        return tuple((run.key, run.name, run.place, run.group) for run in self._runs), self._happened


def alone(recording: Recording) -> Shown:
    """A run that nothing is compared with."""
    started = recording.latest(Started)
    return Shown("", recording.name or (started.name if started else ""), recording, 0)
