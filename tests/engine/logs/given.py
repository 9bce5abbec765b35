"""Logs and runs to test with."""

from collections.abc import Iterable
from math import nan
from pathlib import Path

from engine.events import Ended, Event, Stepped
from engine.logs.command import worked
from engine.logs.importing import make_run
from engine.logs.log import Gathering, Log
from engine.logs.reading import read_log
from engine.recording import Recording
from engine.runfile import RunFile, read_events


def log_of(numbers: Iterable[tuple[str, int, float] | tuple[str, int, float, float]], name: str = "given") -> Log:
    """Name, step, value and perhaps a time of each number, in the order they were logged."""
    gathering = Gathering()
    for number in numbers:
        gathering.add(*number)
    return gathering.log(name)


def read(path: Path) -> Log:
    """The log in a file or folder."""
    return worked(read_log(path), "")


def columns(log: Log) -> dict[str, dict[int, float]]:
    """Each series of a log as its values by step."""
    return {n: dict(zip(s.steps.tolist(), s.values.tolist(), strict=True)) for n, s in log.series.items()}


def imported(log: Log, loss: str = "") -> Recording:
    """The recording of the run that is made of a log."""
    made = Recording()
    for event in read_events(worked(make_run(log, loss), "")):
        made.add(event)
    return made


def recorded(folder: Path, events: Iterable[Event]) -> Path:
    """A run folder with these events."""
    file = RunFile(folder)
    for event in events:
        file.add(event)
    file.close()
    return folder


def stepped(step: int, loss: float, time: float = 0.0, learning_rate: float = nan) -> Stepped:
    return Stepped(step, time, loss, learning_rate, nan, 0, nan, 0.0)


def ended(step: int) -> Ended:
    return Ended(step, 0.0)
