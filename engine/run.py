"""A trainer in a thread of its own, with a mailbox each way.

Being paused is being asleep in `commands.take(wait=True)`: no flag, no polling, no processor time.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Literal, Protocol

from engine.alternation import Alternation, Member
from engine.annotations import Change
from engine.commands import Command, Look, Stop
from engine.events import (
    Ended,
    Event,
    Failed,
    Paused,
    Stalled,
    Stepped,
    Warned,
)
from engine.failure import failure
from engine.mailbox import Closed, Mailbox
from engine.player import Player, Trainer
from engine.settings import Settings
from engine.trouble import Trouble

ERRAND_BEAT = 0.1  # seconds a paused run sleeps while something is found out aside
LOST = "What comes from here on is not kept; restart to record again."


class Journal(Protocol):
    """Where events are written down; the run file is one."""

    def add(self, event: Event) -> None: ...
    def news(self) -> list[Trouble]: ...  # what a person should know about the writing
    def annotate(self, change: Change) -> None: ...
    def close(self) -> None: ...


def drive(
    trainer: Trainer, commands: Mailbox[Command], turns: Alternation | None = None
) -> Generator[Event, None, None]:
    """Obey between steps, step while playing, wait while paused or while it is the turn of another."""
    player, turn = Player(), (turns or Alternation()).join(commands.nudge)
    try:
        yield from trainer.start()
        while True:
            turn.tell(trainer.step, wants=not player.idle)
            for command in commands.take(*_waiting(trainer, player, turn)):
                yield from player.obey(trainer, command)
                if isinstance(command, Stop):
                    yield Ended(trainer.step, trainer.time)
                    return
            yield from trainer.arrived()
            turn.tell(trainer.step, wants=not player.idle)
            if player.ready and turn.due:
                trainer.alone = turn.alone
                yield from stepped(trainer, player)
    finally:
        turn.leave()
        trainer.close()


def _waiting(trainer: Trainer, player: Player, turn: Member) -> tuple[bool, float | None]:
    """Whether to wait for commands, and for how many seconds at most; None: until something comes."""
    early = player.early
    if player.idle or not (early or turn.due):
        return True, ERRAND_BEAT if trainer.busy else None
    return early > 0, early


def stepped(trainer: Trainer, player: Player) -> Iterator[Event]:
    """One step, and a look after it if somebody watches step by step, or it is where to wait."""
    watched, fine = player.begin_step(), True
    for event in trainer.advance():
        yield from player.note(trainer, event)
        fine = fine and not isinstance(event, Failed | Stalled)
    arrived = fine and player.arrived(trainer.step)
    if fine and (watched or arrived):
        yield from trainer.obey(Look())
    if arrived:
        yield Paused(trainer.step, trainer.time)


def start(
    settings: Settings,
    name: str,
    journal: Journal | None,
    cache: Path | None,
    folder: Path | None = None,
    resume: Path | None = None,
    on_changed_text: Literal["refuse", "go-on"] = "refuse",
    turns: Alternation | None = None,
) -> "Run":
    """A run of the real trainer, saved in `folder`; torch is imported in the new thread, not here."""

    def make_trainer() -> Trainer:
        from engine.training.trainer import Trainer as RealTrainer

        return RealTrainer(settings, name, cache, folder, resume, on_changed_text)

    return Run(make_trainer, journal, folder, turns)


class Run:
    """Both ends hold it: the window sends and receives, the thread works."""

    def __init__(
        self,
        make_trainer: Callable[[], Trainer],
        journal: Journal | None = None,
        folder: Path | None = None,
        turns: Alternation | None = None,
    ) -> None:
        """`folder` is where it is saved; with those it shares `turns` with, it trains by turns."""
        self.folder = folder
        self._make_trainer, self._turns = make_trainer, turns
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

    def annotate(self, change: Change) -> None:
        """Write on the run while it is recorded, which nobody else may do. Raises Trouble where it is not."""
        journal = self._journal
        if journal is None:
            raise Trouble("This run is not recorded.", "Start one that is.")
        journal.annotate(change)

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
        except Exception as error:
            self._fail(failure(error, *_when(trainer)))
        finally:
            self._commands.close()
            if self._journal:
                self._recorded(trainer, self._journal.close)

    def _obey_until_left(self, trainer: Trainer) -> None:
        try:
            with closing(drive(trainer, self._commands, self._turns)) as events:
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
        if isinstance(event, Stepped):
            for news in self._journal.news() if self._journal else ():
                self._emit(Warned(event.step, event.time, news.message, news.advice))

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


def _when(at: Trainer | Event | None) -> tuple[int, float]:
    return (at.step, at.time) if at else (0, 0.0)
