"""One run on show: what is recorded of it, and where more of it comes from. Knows no Qt."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from engine import annotations
from engine.annotations import Change
from engine.commands import Command
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
from engine.runfile import FILE_NAME, Reader
from engine.settings import Settings
from engine.trouble import Trouble

WORDS_SECONDS = 0.5  # between two looks at what is written on a run that trains


class Origin(NamedTuple):
    """Where a run that is compared with others begins: at a kept step of its parent, or at its own first step."""

    settings: Settings  # of the run that is to be; of its parent, where it has one
    parent: Path | None = None  # folder; None: from the first step
    step: int = 0
    changes: Mapping[str, Any] = {}
    group: str = ""  # runs that are begun as one action have the same


class Lane:
    """`place` decides its line; one that was put aside does not hear what is said to all."""

    def __init__(
        self,
        settings: Settings,
        run: Run | None = None,
        folder: Path | None = None,
        recording: Recording | None = None,
        reader: Reader | None = None,
        group: str = "",
    ) -> None:
        self.settings, self.run, self.folder, self.group = settings, run, folder, group
        self.recording = recording or Recording()
        self._reader = self._shelf = reader
        self._read_at = 0.0  # when it was looked what is written on the run
        self.place = 0
        self.ticked = self.aside = False
        self.playing = False  # as the engine said, not as it was asked
        self.stopped = False  # by an error; only a new run goes on, or going back
        self.prepared = False  # the model is there, and has been looked at
        self.warning: Warned | None = None  # the newest of this run
        self.failure: Failed | None = None  # while it was on show here

    @property
    def running(self) -> bool:
        """There is a run that can be talked to, be it still reading its corpus."""
        return self.run is not None and self.run.alive

    @property
    def followed(self) -> bool:
        """Another program trains it, and this one looks on."""
        return self.run is None and self._reader is not None and self._reader.being_written

    @property
    def warnings(self) -> tuple[str, ...]:
        """What of its file cannot be shown."""
        return self._reader.warnings if self._reader else ()

    @property
    def recorded(self) -> bool:
        """There is something to look at, and nobody trains it."""
        return self.run is None and self.recording.last_step > 0 and not self.followed

    @property
    def trains(self) -> bool:
        """Together with the others of this window."""
        return self.running and not self.aside

    @property
    def grows(self) -> bool:
        """It trains, and has begun to; one that is only made ready is nothing to look at yet."""
        return self.trains and (self.playing or self.recording.last_step > 0)

    @property
    def name(self) -> str:
        """As it was called by the person, or as its folder."""
        started = self.recording.latest(Started)
        return self.recording.name or (self.folder.name if self.folder else started.name if started else "")

    @property
    def key(self) -> str:
        return str(self.folder) if self.folder else f"run {id(self)}"

    def send(self, command: Command) -> None:
        if self.run:
            self.run.send(command)

    def annotate(self, folder: Path, change: Change) -> None:
        """By the one who writes its file. Raises Trouble where it cannot be kept."""
        if self.run and self.run.alive:
            self.run.annotate(change)
        else:
            annotations.write(folder, change)
            self.recording.annotate(annotations.read(folder))

    def tick(self) -> None:
        """Take in what happened."""
        for event in self.run.receive() if self.run else ():
            self.recording.add(event)
            self._note(event)
        if self.run is None and self._reader:
            self._reader.take_in(self.recording)
        if self.recording.shelf is None and self.folder and self.recording.last_step:
            self._open_shelf(self.folder)
        if self.running and self._shelf and perf_counter() - self._read_at > WORDS_SECONDS:
            self._take_in_words(self._shelf)

    def leave(self) -> Run | None:
        """Nothing more is waited for; what was recorded stays. The run that has to end by itself."""
        left, self.run, self.playing = self.run, None, False
        if left:
            last = self.recording.latest(Stepped)
            self.recording.add(Ended(self.recording.last_step, last.time if last else 0.0))
        return left

    def stop_following(self) -> None:
        """What comes from now on is told by a run of this window."""
        self._reader = None
        self._close_shelf()

    def forget(self) -> None:
        """Let go of its file."""
        self.stop_following()
        self.folder = None

    def _take_in_words(self, file: Reader) -> None:
        """They are written by the run's own writer, in its own time."""
        self._read_at = perf_counter()
        with suppress(Trouble):
            self.recording.annotate(file.annotations())

    def _open_shelf(self, folder: Path) -> None:
        """What memory has no room for is found on disk again, once it is there."""
        if (folder / FILE_NAME).is_file():
            with suppress(Trouble):
                self._shelf = self.recording.shelf = Reader(folder)

    def _close_shelf(self) -> None:
        if self._shelf:
            self._shelf.close()
        self._shelf = self.recording.shelf = None

    def _note(self, event: Event) -> None:
        self.prepared |= isinstance(event, SentencePredicted | Resumed | Stepped)
        match event:
            case Resumed():
                self.playing, self.stopped = True, False
            case Rewound():
                self.stopped = False
            case Failed():
                self.playing, self.stopped, self.failure = False, True, event
            case Paused() | Finished():
                self.playing = self.stopped = False
            case Warned():
                self.warning = event
            case Started() if self.folder:
                self.settings = Settings(**event.settings)  # as turned when it was saved


def opened(folder: Path) -> Lane:
    """A recorded run, or one that another program is recording. Raises Trouble."""
    folder = folder.resolve()
    reader = Reader(folder)
    recording = reader.recording()
    return Lane(
        settings_of(recording), folder=folder, recording=recording, reader=reader, group=reader.annotations().group
    )


def settings_of(recording: Recording) -> Settings:
    """Those it began with last."""
    started = recording.latest(Started)
    return settings_known(started) if started else Settings()


def settings_known(started: Started) -> Settings:
    """The usual ones where they are of another version, or of another program."""
    try:
        return Settings(**started.settings)
    except Trouble:
        return Settings()
