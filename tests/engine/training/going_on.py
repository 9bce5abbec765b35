"""Trainers that are saved, left and resumed, for the tests of checkpoints."""

from pathlib import Path

from engine.checkpoints import checkpoints, newest
from engine.commands import Command, Save
from engine.events import Event, Stepped
from engine.settings import Settings
from engine.training.trainer import Trainer


def exact(settings: Settings, **changes: object) -> Settings:
    """Nothing is auto, and nothing is saved unless it is asked for."""
    fixed = {"precision": "fp32", "attention": "fused", "threads": 1, "save_every": 0, "milestones": False}
    return Settings(**{**settings.model_dump(), **fixed, **changes})


def begun(settings: Settings, folder: Path | None = None, resume: Path | None = None, **how: object) -> Trainer:
    trainer = Trainer(settings, "test", None, folder, resume, **how)
    list(trainer.start())
    return trainer


def again(settings: Settings, folder: Path, **how: object) -> Trainer:
    """A trainer that goes on from the newest checkpoint."""
    return begun(settings, folder, newest(folder), **how)


def steps(trainer: Trainer, count: int) -> list[Event]:
    return [event for _ in range(count) for event in trainer.advance()]


def told(trainer: Trainer, command: Command) -> list[Event]:
    return list(trainer.obey(command))


def only(kind: type, events: list[Event]) -> list:
    return [event for event in events if isinstance(event, kind)]


def losses(events: list[Event]) -> list[tuple[int, float, float, int]]:
    """All that the next number depends on, bit for bit."""
    return [(e.step, e.loss, e.gradient_norm, e.tokens) for e in only(Stepped, events)]


def saved(settings: Settings, folder: Path, count: int = 3) -> Path:
    """A checkpoint after so many steps."""
    trainer = begun(settings, folder)
    steps(trainer, count)
    told(trainer, Save())
    return checkpoints(folder)[count]
