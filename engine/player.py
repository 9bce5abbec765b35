"""When a run steps: while it plays, at what pace, for single steps, and where it waits.

What a person asks about playing is obeyed here, all else by the trainer.
"""

from collections.abc import Collection, Iterator
from time import perf_counter
from typing import Protocol

from engine.commands import Command, Look, Pace, Pause, Play, Step, WaitAt
from engine.events import Event, Failed, Finished, Paced, Paused, Resumed, Stalled


class Trainer(Protocol):
    """What the run drives. Each call does its work as the events are taken from it."""

    time: float
    stops: Collection[int]  # steps that are told at once, for commands may follow
    alone: bool  # no other run trains by turns with it at this moment

    @property
    def step(self) -> int: ...
    @property
    def busy(self) -> bool: ...  # something is being found out aside

    def start(self) -> Iterator[Event]: ...
    def advance(self) -> Iterator[Event]: ...
    def obey(self, command: Command) -> Iterator[Event]: ...
    def arrived(self) -> Iterator[Event]: ...
    def close(self) -> None: ...


class Player:
    """When to step: while playing at a pace, or for the single steps that are still owed."""

    def __init__(self) -> None:
        self.playing, self.owed = False, 0
        self.pause_between, self.due = 0.0, 0.0  # seconds, for slow motion
        self.wait_at: int | None = None  # step

    @property
    def idle(self) -> bool:
        return not self.playing and not self.owed

    @property
    def ready(self) -> bool:
        """Whether a step is wanted now."""
        return self.owed > 0 or (self.playing and perf_counter() >= self.due)

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

    def arrived(self, step: int) -> bool:
        """Whether it is to wait here; not a second time."""
        here = self.wait_at is not None and step >= self.wait_at
        if here:
            self.halt()
            self.wait_at = None
        return here

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
            case WaitAt(step):
                self.wait_at = step
            case Pace(steps_per_second):
                self.pause_between = 1 / steps_per_second if steps_per_second else 0.0
                self.due = perf_counter()
                yield Paced(trainer.step, trainer.time, steps_per_second)
            case _:
                for event in trainer.obey(command):
                    yield from self.note(trainer, event)
