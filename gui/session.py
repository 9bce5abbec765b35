"""What the window talks to: a recording, a playhead on it, and the run that extends it. Knows no Qt."""

from collections.abc import Callable
from pathlib import Path

from engine.checkpoints import checkpoint_meant, run_of
from engine.commands import Command, Pause, Play, Step
from engine.events import (
    Ended,
    Event,
    Failed,
    Finished,
    Paused,
    Resumed,
    Rewound,
    SentencePredicted,
    Started,
    Stepped,
    Warned,
)
from engine.recording import Recording
from engine.run import Run
from engine.runfile import read_events
from engine.settings import Settings
from engine.trouble import Trouble
from gui.playhead import Playhead

LEAVE_SECONDS = 2.0

Start = Callable[[Settings], Run]
Resume = Callable[[Settings, Path, bool], Run]  # the settings and folder of a run, and whether a new text will do


class Session:
    """Starting anew makes a new run and a new recording; the old run ends by itself."""

    def __init__(self, start: Start, settings: Settings, resume: Resume | None = None) -> None:
        self._start, self._resume = start, resume
        self._run: Run | None = None
        self._leaving: list[Run] = []
        self.settings = settings
        self.recording = Recording()
        self.playhead = Playhead()
        self.playing = False  # as the engine said, not as it was asked
        self.stopped = False  # by an error; only a new run goes on, or going back
        self.prepared = False  # the model is there, and has been looked at
        self.warning: Warned | None = None  # the newest of this run
        self.folder: Path | None = None  # of the run that was resumed

    @property
    def running(self) -> bool:
        """There is a run that can be talked to, be it still reading its corpus."""
        return self._run is not None and self._run.alive

    def begin(self, settings: Settings | None = None, play: bool = False) -> None:
        """Start a run from its first step, with these settings or the present ones."""
        self._clear()
        self.settings = settings or self.settings
        self._run = self._start(self.settings)
        if play:
            self.play()

    def resume(self, folder: Path, new_text: bool = False) -> None:
        """Go on with a recorded run from its last checkpoint, after all that it recorded. Raises Trouble."""
        if self._resume is None:
            raise Trouble("Runs cannot be resumed here.", "Open the window without a benchmark.")
        folder = run_of(checkpoint_meant(str(folder)))
        recorded(folder)  # what cannot be read must not cost the present run
        self.close(LEAVE_SECONDS)  # it may be that very run, which is saved as it ends
        recording = recorded(folder)
        started = recording.latest(Started)
        if started is None:
            raise Trouble(f"The run in {folder} never started.", "Choose another run.")
        self._clear()
        self.recording, self.folder, self.settings = recording, folder, Settings(**started.settings)
        self._run = self._resume(self.settings, folder, new_text)

    def cancel(self) -> None:
        """Leave the present run; what it recorded stays on show, and nothing more is waited for."""
        if self._run:
            last = self.recording.latest(Stepped)
            self.recording.add(Ended(self.recording.last_step, last.time if last else 0.0))
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

    def _clear(self) -> None:
        """Leave what there was."""
        self.cancel()
        self.recording, self.playhead = Recording(), Playhead()
        self.playing = self.stopped = self.prepared = False
        self.warning = self.folder = None

    def _note(self, event: Event) -> None:
        self.prepared |= isinstance(event, SentencePredicted | Resumed | Stepped)
        match event:
            case Resumed():
                self.playing, self.stopped = True, False
            case Rewound():
                self.stopped = False
            case Paused() | Finished() | Failed():
                self.playing = False
                self.stopped = isinstance(event, Failed)
            case Warned():
                self.warning = event
            case Started() if self.folder:
                self.settings = Settings(**event.settings)  # as turned when it was saved


def recorded(folder: Path) -> Recording:
    """All that a run wrote down. Raises Trouble."""
    made = Recording()
    for event in read_events(folder):
        made.add(event)
    return made
