"""What the window talks to: a recording, a playhead on it, and the run that extends it. Knows no Qt."""

from collections.abc import Callable

from engine.commands import Command, Pause, Play, Step
from engine.events import Event, Failed, Finished, Paused, Resumed
from engine.recording import Recording
from engine.run import Run
from engine.settings import Settings
from gui.playhead import Playhead


class Session:
    """Starting anew makes a new run and a new recording; the old run ends by itself."""

    def __init__(self, start: Callable[[Settings], Run], settings: Settings) -> None:
        self._start = start
        self._run: Run | None = None
        self._leaving: list[Run] = []
        self.settings = settings
        self.recording = Recording()
        self.playhead = Playhead()
        self.playing = False  # as the engine said, not as it was asked
        self.stopped = False  # by an error; only a new run goes on

    @property
    def running(self) -> bool:
        """There is a run that can be talked to, be it still reading its corpus."""
        return self._run is not None and self._run.alive

    def begin(self, settings: Settings | None = None, play: bool = False) -> None:
        """Start a run from its first step, with these settings or the present ones."""
        self.cancel()
        self.settings = settings or self.settings
        self.recording, self.playhead = Recording(), Playhead()
        self.playing = self.stopped = False
        self._run = self._start(self.settings)
        if play:
            self.play()

    def cancel(self) -> None:
        """Leave the present run; what it recorded stays on show."""
        self._leaving = [run for run in self._leaving if run.alive]
        if self._run:
            self._run.leave()
            self._leaving.append(self._run)
        self._run, self.playing = None, False

    def play(self) -> None:
        self.send(Play())

    def pause(self) -> None:
        self.send(Pause())

    def step(self, count: int = 1) -> None:
        self.send(Step(count))

    def send(self, command: Command) -> None:
        if self._run:
            self._run.send(command)

    def tick(self) -> None:
        """Take in what happened, then move the playhead."""
        for event in self._run.receive() if self._run else ():
            self.recording.add(event)
            self._note(event)
        self.playhead.tick(self.recording)

    def close(self, timeout: float) -> bool:
        """End every run; says whether all threads have ended within about `timeout` seconds."""
        self.cancel()
        ended = [run.close(timeout) for run in self._leaving]
        return all(ended)

    def _note(self, event: Event) -> None:
        if isinstance(event, Resumed):
            self.playing, self.stopped = True, False
        elif isinstance(event, Paused | Finished | Failed):
            self.playing = False
            self.stopped = isinstance(event, Failed)
