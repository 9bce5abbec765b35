"""Recordings made by the scripted trainer: the same events a real run has, in no time."""

from engine.bench.scripted import GUESSES, HEADS, LAYERS, PIECES, SENTENCE
from engine.bench.scripted import ScriptedTrainer as FakeTrainer
from engine.commands import Command, Play, Stop
from engine.events import Event, Resumed, Stepped
from engine.mailbox import Mailbox
from engine.recording import Recording
from engine.run import drive
from engine.settings import Settings

__all__ = ["GUESSES", "HEADS", "LAYERS", "PIECES", "SENTENCE", "FakeTrainer", "events", "recording"]


def events(steps: int, settings: Settings | None = None) -> list[Event]:
    """All events of a fake run of so many steps."""
    commands: Mailbox[Command] = Mailbox()
    commands.put(Play())
    made = []
    for event in drive(FakeTrainer(settings), commands):
        made.append(event)
        if event.step == steps and isinstance(event, Stepped | Resumed):
            commands.put(Stop())
    return made


def recording(steps: int = 300, settings: Settings | None = None) -> Recording:
    made = Recording()
    for event in events(steps, settings):
        made.add(event)
    return made
