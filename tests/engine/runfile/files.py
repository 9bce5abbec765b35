"""Run files for tests: written by the one writer, then harmed by hand."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from engine.events import Event, Stepped
from engine.recording import Recording
from engine.runfile import FILE_NAME, RunFile


def step(number: int, loss: float = 1.0) -> Stepped:
    return Stepped(number, number * 0.1, loss, 1e-3, 0.5, number * 10, 0.1, 0.0)


def record(folder: Path, events: Sequence[Event], go_on: bool = False) -> Path:
    """The folder, with a run file of all these."""
    file = RunFile(folder, go_on)
    for event in events:
        file.add(event)
    file.close()
    return folder


def lived(events: Sequence[Event]) -> Recording:
    made = Recording()
    for event in events:
        made.add(event)
    return made


@contextmanager
def harmed(folder: Path) -> Iterator[sqlite3.Connection]:
    """Its run file, to be written to by a stranger."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as file, file:
        yield file
