"""A trainer in a thread of its own, with a mailbox each way.

Being paused is being asleep in `commands.take(wait=True)`: no flag, no polling, no processor time.
"""

import traceback
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Literal, Protocol

from engine.commands import Command, Look, Pace, Pause, Play, Step, Stop
from engine.corpus.encoding import UnsureEncoding
from engine.events import EncodingUnsure, Ended, Event, Failed, Finished, Paced, Paused, Resumed, Stalled, Warned
from engine.mailbox import Closed, Mailbox
from engine.settings import Settings
from engine.trouble import Trouble

NO_MEMORY = "There is not enough memory.", "Choose a smaller model, batch or text."
OWN_ERROR = "The engine met an error of its own.", "What was recorded is kept; restart the run."
ERRAND_BEAT = 0.1  # seconds a paused run sleeps while something is found out aside
LOST = "What comes from here on is not kept; restart to record again."


class Trainer(Protocol):
    """What the run drives. Each call does its work as the events are taken from it."""

    time: float
    stops: Collection[int]  # steps that are told at once, for commands may follow

    @property
    def step(self) -> int: ...
    @property
    def busy(self) -> bool: ...  # something is being found out aside

    def start(self) -> Iterator[Event]: ...
    def advance(self) -> Iterator[Event]: ...
    def obey(self, command: Command) -> Iterator[Event]: ...
    def arrived(self) -> Iterator[Event]: ...
    def close(self) -> None: ...


class Journal(Protocol):
    """Where events are written down; the run file is one."""

    def add(self, event: Event) -> None: ...
    def close(self) -> None: ...


class Player:
    """When to step: while playing at a pace, or for the single steps that are still owed."""

    def __init__(self) -> None:
        self.playing, self.owed = False, 0
        self.pause_between, self.due = 0.0, 0.0  # seconds, for slow motion

    @property
    def idle(self) -> bool:
        return not self.playing and not self.owed

    @property
    def early(self) -> float:
        """Seconds until the next step is due."""
        return max(0.0, self.due - perf_counter()) if self.playing else 0.0

    def begin_step(self) -> bool:
        """Whether a person follows step by step, and wants to see what this one makes."""
        watched = self.owed == 1 or self.pause_between > 0
        self.owed = max(0, self.owed - 1)
        self.due = perf_counter() + self.pause_between
        return watched

    def halt(self) -> None:
        self.playing, self.owed = False, 0

    def note(self, trainer: Trainer, event: Event) -> Iterator[Event]:
        """The event, and what follows from it for playing."""
        yield event
        if isinstance(event, Finished):
            self.playing = False
        elif isinstance(event, Failed | Stalled):
            self.halt()
        if isinstance(event, Stalled):
            yield Paused(trainer.step, trainer.time)

    def obey(self, trainer: Trainer, command: Command) -> Iterator[Event]:
        """What is about playing is done here, all else by the trainer."""
        match command:
            case Play():
                self.playing = True
                yield Resumed(trainer.step, trainer.time)
            case Pause():
                self.halt()
                yield from trainer.obey(Look())  # what is on show is what stands still
                yield Paused(trainer.step, trainer.time)
            case Step(count):
                self.owed += count
            case Pace(steps_per_second):
                self.pause_between = 1 / steps_per_second if steps_per_second else 0.0
                self.due = perf_counter()
                yield Paced(trainer.step, trainer.time, steps_per_second)
            case _:
                for event in trainer.obey(command):
                    yield from self.note(trainer, event)


def drive(trainer: Trainer, commands: Mailbox[Command]) -> Generator[Event, None, None]:
    """Obey between steps, step while playing, wait while paused."""
    player = Player()
    try:
        yield from trainer.start()
        while True:
            idle = ERRAND_BEAT if trainer.busy else None
            early = player.early
            for command in commands.take(wait=player.idle or early > 0, timeout=idle if player.idle else early):
                yield from player.obey(trainer, command)
                if isinstance(command, Stop):
                    yield Ended(trainer.step, trainer.time)
                    return
            yield from trainer.arrived()
            if player.owed or (player.playing and perf_counter() >= player.due):
                yield from stepped(trainer, player)
    finally:
        trainer.close()


def stepped(trainer: Trainer, player: Player) -> Iterator[Event]:
    """One step, and a look after it if somebody watches step by step."""
    watched = player.begin_step()
    for event in trainer.advance():
        yield from player.note(trainer, event)
        watched = watched and not isinstance(event, Failed | Stalled)
    if watched:
        yield from trainer.obey(Look())


def start(
    settings: Settings,
    name: str,
    journal: Journal | None,
    cache: Path | None,
    folder: Path | None = None,
    resume: Path | None = None,
    on_changed_text: Literal["refuse", "go-on"] = "refuse",
) -> "Run":
    """A run of the real trainer, saved in `folder`; torch is imported in the new thread, not here."""

    def make_trainer() -> Trainer:
        from engine.training.trainer import Trainer as RealTrainer

        return RealTrainer(settings, name, cache, folder, resume, on_changed_text)

    return Run(make_trainer, journal)


class Run:
    """Both ends hold it: the window sends and receives, the thread works."""

    def __init__(self, make_trainer: Callable[[], Trainer], journal: Journal | None = None) -> None:
        self._make_trainer = make_trainer
        self._journal = journal
        self._commands: Mailbox[Command] = Mailbox()
        self._events: Mailbox[Event] = Mailbox()
        self._thread = Thread(target=self._work, name="trainer", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def send(self, command: Command) -> None:
        """Dropped when the run has ended: there is nobody left to obey."""
        with suppress(Closed):
            self._commands.put(command)

    def receive(self) -> list[Event]:
        try:
            return self._events.take()
        except Closed:
            return []

    def leave(self) -> None:
        """Ask the thread to end after what it is doing; returns at once."""
        self._commands.close()
        self._events.close()

    def close(self, timeout: float | None = None) -> bool:
        """Leave, and wait for the thread; says whether it has ended."""
        self.leave()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        trainer: Trainer | None = None
        try:
            trainer = self._make_trainer()
            self._obey_until_left(trainer)
        except UnsureEncoding as unsure:
            told = unsure.message, unsure.advice, "", unsure.source, unsure.encoding, unsure.preview
            self._fail(EncodingUnsure(*_when(trainer), *told))
        except Trouble as trouble:
            self._fail(Failed(*_when(trainer), trouble.message, trouble.advice))
        except Exception as error:
            words = NO_MEMORY if out_of_memory(error) else OWN_ERROR
            self._fail(Failed(*_when(trainer), *words, traceback.format_exc()))
        finally:
            self._commands.close()
            if self._journal:
                self._recorded(trainer, self._journal.close)

    def _obey_until_left(self, trainer: Trainer) -> None:
        try:
            with closing(drive(trainer, self._commands)) as events:
                for event in events:
                    self._emit(event)
        except Closed:  # nobody listens any more: what there is, is saved
            for event in trainer.obey(Stop()):
                self._note(event)

    def _fail(self, event: Failed) -> None:
        with suppress(Closed):
            self._emit(event)

    def _emit(self, event: Event) -> None:
        self._note(event)
        self._events.put(event)

    def _note(self, event: Event) -> None:
        if self._journal:
            self._recorded(event, partial(self._journal.add, event))

    def _recorded(self, at: Trainer | Event | None, write: Callable[[], None]) -> None:
        """Write; a full disk, or any other trouble there, ends the recording and not the training."""
        try:
            write()
        except Exception as error:
            self._journal = None
            trouble = error if isinstance(error, Trouble) else Trouble(f"The run cannot be recorded: {error!r}.", LOST)
            with suppress(Closed):  # at the end nobody may be left to hear it
                self._events.put(Warned(*_when(at), trouble.message, trouble.advice))


def out_of_memory(error: Exception) -> bool:
    """Python says so by a type of error; torch by another on a GPU, and only in words on a processor."""
    said = any(words in str(error) for words in ("allocate memory", "not enough memory"))
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError" or said


def _when(at: Trainer | Event | None) -> tuple[int, float]:
    return (at.step, at.time) if at else (0, 0.0)
