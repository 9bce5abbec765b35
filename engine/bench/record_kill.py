"""Kills recording processes at random moments while a reader watches, and looks what is left of each run.

What a process has added, when, and what it was told to be on disk, it notes in memory that outlives it. A run is
killed several times, while it is begun, written, closed and gone on with, and is made whole by no one in between.
"""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from mmap import mmap
from pathlib import Path
from random import Random
from select import select
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from engine.bench.forks import ended_well, forked, require_forks
from engine.bench.scripted import ScriptedTrainer
from engine.events import Event, Saved, Stepped
from engine.runfile import FILE_NAME, Reader, RunFile, last_recorded_step, read_events
from engine.runfile.place import address
from engine.trouble import Trouble

PROMISED_MS = 250  # what may be missing
KILLS = 4  # of each run
LONGEST = 0.8  # seconds from the first event to the end
CLOSES = 0.3  # seconds after which a process closes its run and goes on with it, again and again
STEP_SECONDS = 0.0003
AFTER = 3  # steps made by who goes on
ROOM, HEADS = 100_000, 3  # events that one run can have, and words before them


class Ledger:
    """Memory that a process shares with the one that kills it."""

    def __init__(self) -> None:
        self._words = np.frombuffer(mmap(-1, 8 * (HEADS + ROOM)), np.float64)

    def note(self, number: int, recorded: int) -> None:
        """Event `number` was added now, and `recorded` is the last one that is on disk."""
        self._words[HEADS + number] = perf_counter()
        self._words[:2] = number, recorded

    def between(self, yes: bool) -> None:
        """The file is being closed or opened."""
        self._words[2] = yes

    def clear(self) -> None:
        self._words[:] = 0

    @property
    def added(self) -> int:
        return int(self._words[0])

    @property
    def recorded(self) -> int:
        return int(self._words[1])

    @property
    def is_between(self) -> bool:
        return bool(self._words[2])

    def age_ms(self, number: int, moment: float) -> float:
        """Of an event, at that moment; 0 for one that was not added any more."""
        return 1000 * (moment - float(self._words[HEADS + number])) if number <= self.added else 0.0


class Outcome(NamedTuple):
    """Of one kill."""

    opened: bool  # whole, with every event up to its last one
    gone_on: bool
    watched: bool  # a reader was attached
    misread: bool  # and saw something that was never so
    between: bool  # it was being closed or opened
    acknowledged_lost: int  # events
    missing_ms: float  # age of the oldest event that is not there


def record_kill(times: int) -> dict[str, Any]:
    """What was lost in so many kills."""
    require_forks()
    random, ledger = Random(1), Ledger()
    with TemporaryDirectory() as place:
        folders = [Path(place) / f"run-{number // KILLS}" for number in range(times)]
        outcomes = [attempt(folder, ledger, random) for folder in folders]
    missing = [outcome.missing_ms for outcome in outcomes]
    counted = ("opened", "gone_on", "watched", "misread", "between", "acknowledged_lost")
    return {
        "times": times,
        **{name: sum(getattr(outcome, name) for outcome in outcomes) for name in counted},
        "missing_ms_median": round(median(missing), 1),
        "missing_ms_most": round(max(missing), 1),
        "promised_ms": PROMISED_MS,
    }


def attempt(run: Path, ledger: Ledger, random: Random) -> Outcome:
    """Record, kill, look at what is there, and go on."""
    ledger.clear()
    process = forked(lambda: record(run, ledger))
    while not ledger.added:
        rest()
    ends = perf_counter() + random.uniform(0, LONGEST)
    while perf_counter() < ends and not (run / FILE_NAME).exists():
        rest()
    watched, misread = perf_counter() < ends, False
    if watched:
        with Reader(run) as reader:
            moment, misread = watch_and_kill(process, reader, ends)
    else:
        moment = kill(process)
    events = kept(run)
    last = max(0, events)
    lost, missing = max(0, ledger.recorded - last), ledger.age_ms(last + 1, moment)
    return Outcome(
        events >= 0, ended_well(lambda: go_on(run, last)), watched, misread, ledger.is_between, lost, missing
    )


def record(run: Path, ledger: Ledger) -> None:
    """Until it is killed."""
    trainer = ScriptedTrainer()
    trainer.step = last_recorded_step(run)
    while True:
        file = RunFile(run, go_on=True)
        ends, before = perf_counter() + CLOSES, kept(run)
        for number, event in enumerate(events_of(trainer), before + 1):
            file.add(event)
            ledger.note(number, file.recorded)
            ledger.between(not file.recorded)
            if perf_counter() > ends:
                break
            rest()
        ledger.between(True)
        file.close()
        ledger.note(number, number)


def events_of(trainer: ScriptedTrainer) -> Iterator[Event]:
    """Steps and looks, for ever; no checkpoints, for what comes with one is on disk at once."""
    if not trainer.step:
        yield from trainer.start()
    while True:
        yield from (event for event in trainer.advance() if not isinstance(event, Saved))


def watch_and_kill(process: int, reader: Reader, ends: float) -> tuple[float, bool]:
    """When it was killed; whether the reader ever saw less than before, or steps that do not follow each other."""
    recording, seen, misread = reader.recording(), 0, False
    while True:
        steps, _ = recording.curve(Stepped, "loss")
        misread = misread or len(steps) < seen or bool((np.diff(steps) != 1).any())
        seen = len(steps)
        if perf_counter() >= ends:
            return kill(process), misread
        rest()
        reader.take_in(recording)


def kill(process: int) -> float:
    """The moment it was."""
    os.kill(process, signal.SIGKILL)
    moment = perf_counter()
    os.waitpid(process, 0)
    return moment


def kept(run: Path) -> int:
    """How many events are in the file; -1 where it is not whole."""
    if not (run / FILE_NAME).exists():
        return 0
    try:
        number = sum(1 for _ in read_events(run))
        with closing(sqlite3.connect(address(run / FILE_NAME, "mode=ro"), uri=True)) as file:
            whole = file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except (Trouble, sqlite3.Error):
        return -1
    return number if whole else -1


def go_on(run: Path, last: int) -> None:
    """Raises whatever is wrong with a run that is added to; no event before its last one may be missing."""
    trainer = ScriptedTrainer()
    trainer.step = last_recorded_step(run)
    file = RunFile(run, go_on=True)
    for _ in range(AFTER):
        file.add(next(event for event in trainer.advance() if isinstance(event, Stepped)))
    file.close()
    left = [path.name for path in run.iterdir()]
    if (file.recorded, kept(run), left) != (last + AFTER, last + AFTER, [FILE_NAME]):
        raise ValueError(f"after {last} events {file.recorded} are numbered, {kept(run)} are kept, and {left} is left")


def rest() -> None:
    """A moment, as between two steps."""
    select([], [], [], STEP_SECONDS)
