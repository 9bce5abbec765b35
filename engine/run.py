"""A trainer in a thread of its own, with a mailbox each way.

Being paused is being asleep in `commands.take(wait=True)`: no flag, no polling, no processor time.
"""

import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Protocol

from engine.commands import Command, Look, Pace, Pause, Play, Step, Stop
from engine.events import Ended, Event, Failed, Finished, Paced, Paused, Resumed, Warned
from engine.mailbox import Closed, Mailbox
from engine.settings import Settings
from engine.trouble import Trouble

NO_MEMORY = "There is not enough memory.", "Choose a smaller model, batch or text."
OWN_ERROR = "The engine met an error of its own.", "What was recorded is kept; restart the run."
LOST = "What comes from here on is not kept; restart to record again."


class Trainer(Protocol):
    """What the run drives. Each call does its work as the events are taken from it."""

    time: float

    @property
    def step(self) -> int: ...

    def start(self) -> Iterator[Event]: ...
    def advance(self) -> Iterator[Event]: ...
    def obey(self, command: Command) -> Iterator[Event]: ...


class Journal(Protocol):
    """Where events are written down; the run file is one."""

    def add(self, event: Event) -> None: ...
    def close(self) -> None: ...


def drive(trainer: Trainer, commands: Mailbox[Command]) -> Generator[Event, None, None]:
    """Obey between steps, step while playing, wait while paused."""
    playing, owed = False, 0  # owed: single steps still to do
    pause_between, due = 0.0, 0.0  # seconds, for slow motion
    yield from trainer.start()
    while True:
        idle = not playing and not owed
        early = max(0.0, due - perf_counter()) if playing else 0.0
        for command in commands.take(wait=idle or early > 0, timeout=None if idle else early):
            match command:
                case Stop():
                    yield Ended(trainer.step, trainer.time)
                    return
                case Play():
                    playing = True
                    yield Resumed(trainer.step, trainer.time)
                case Pause():
                    playing, owed = False, 0
                    yield from trainer.obey(Look())  # what is on show is what stands still
                    yield Paused(trainer.step, trainer.time)
                case Step(count):
                    owed += count
                case Pace(steps_per_second):
                    pause_between = 1 / steps_per_second if steps_per_second else 0.0
                    due = perf_counter()
                    yield Paced(trainer.step, trainer.time, steps_per_second)
                case _:
                    yield from trainer.obey(command)
        if owed or (playing and perf_counter() >= due):
            watched = owed == 1 or pause_between > 0  # a person follows step by step
            owed = max(0, owed - 1)
            due = perf_counter() + pause_between
            for event in trainer.advance():
                yield event
                playing = playing and not isinstance(event, Finished | Failed)
                if isinstance(event, Failed):
                    owed, watched = 0, False
            if watched:
                yield from trainer.obey(Look())


def start(settings: Settings, name: str, journal: Journal | None, cache: Path | None) -> "Run":
    """A run of the real trainer; torch is imported in the new thread, not here."""

    def make_trainer() -> Trainer:
        from engine.training.trainer import Trainer as RealTrainer

        return RealTrainer(settings, name, cache)

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
            with closing(drive(trainer, self._commands)) as events:
                for event in events:
                    self._emit(event)
        except Closed:
            pass
        except Trouble as trouble:
            self._fail(trainer, trouble.message, trouble.advice, "")
        except Exception as error:
            self._fail(trainer, *(NO_MEMORY if out_of_memory(error) else OWN_ERROR), traceback.format_exc())
        finally:
            self._commands.close()
            if self._journal:
                self._recorded(trainer, self._journal.close)

    def _fail(self, trainer: Trainer | None, message: str, advice: str, details: str) -> None:
        with suppress(Closed):
            self._emit(Failed(*_when(trainer), message, advice, details))

    def _emit(self, event: Event) -> None:
        if self._journal:
            self._recorded(event, partial(self._journal.add, event))
        self._events.put(event)

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
