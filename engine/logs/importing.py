"""Makes a run of a log: from then on nothing knows the difference.

Other programs know steps and numbers, and little else. Steps that go back mean that training was resumed from an
earlier checkpoint, which is an event here; numbers that no event has a place for are kept by their name.
"""

import os
import re
import shutil
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

from engine.corpus.place import shown
from engine.events import Ended, Event, Started, Warned
from engine.folders import runs_folder
from engine.logs.log import Log
from engine.logs.names import loss_in
from engine.logs.order import ordered
from engine.logs.told import told
from engine.runfile import RunFile
from engine.runfile.lock import locked
from engine.trouble import Trouble

ANOTHER = "another program"  # where a run was trained, for people
LONGEST_NAME = 60  # characters
ASIDE = ".aside"  # ending of a folder that is not ready
SHOWN = 20  # names listed in a message
OFTEN = 4096  # events between two words about how far it is


def make_run(log: Log, loss: str = "", name: str = "", folder: Path | None = None) -> Generator[float, None, Path]:
    """Yields the share that is done, and gives the folder of the run; a new one among the others if left out.

    `loss` is the series that is the training loss. Raises Trouble; closing it leaves nothing behind.
    """
    loss = loss or loss_in(log.series)
    require_loss(log, loss)
    folder = folder or free_folder(name or log.name)
    aside = free_aside(folder)
    try:
        yield from write(log, loss, name or folder.name, aside)
        os.rename(aside, folder)
    except OSError as error:
        raise Trouble(f"No run can be made in {folder}: {error.strerror}.", "Free some space and try again.") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


def free_aside(folder: Path) -> Path:
    """Hidden beside the folder to be, and nobody else's; what a killed import left there is removed."""
    asides = (folder.with_name(f".{folder.name}-{number}{ASIDE}") for number in count(1))
    aside = next(one for one in asides if not locked(one))
    shutil.rmtree(aside, ignore_errors=True)
    return aside


def require_loss(log: Log, loss: str) -> None:
    """Trouble where it is not in the log, or was not told."""
    names = shown(", ".join(sorted(log.series)[:SHOWN]) + (" …" if len(log.series) > SHOWN else ""))
    if not loss:
        raise Trouble(f"Which of these is the training loss cannot be told: {names}.", "Name it with --loss.")
    if loss not in log.series:
        raise Trouble(f"There is no {loss} in {shown(log.name)}, only {names}.", "Choose one of these.")


def write(log: Log, loss: str, name: str, folder: Path) -> Iterator[float]:
    """Record all events of the log in an empty folder."""
    file = RunFile(folder)
    numbers = sum(len(series.steps) for series in log.series.values())
    try:
        for done, event in enumerate(events(log, loss, name)):
            file.add(event)
            if done % OFTEN == 0:
                yield min(1.0, done / numbers)
    finally:
        file.close()


def events(log: Log, loss: str, name: str) -> Iterator[Event]:
    """All that the log tells."""
    yield Started(step=0, time=0.0, name=name, settings={}, parameters=0, device=ANOTHER)
    if log.left_out:
        yield Warned(step=0, time=0.0, message=" ".join(log.left_out), advice="The rest of the log was imported.")
    event: Event | None = None
    for event in told(ordered(log.series, loss), loss):
        yield event
    if event:
        yield Ended(step=event.step, time=event.time)


def free_folder(name: str) -> Path:
    """One in the runs folder that nobody has used yet; its name is as near as a folder's may be."""
    plain = re.sub(r"[^\w-]+", "-", name).strip("-_")[:LONGEST_NAME] or "log"
    folders = (runs_folder() / (plain if number == 1 else f"{plain}-{number}") for number in count(1))
    return next(folder for folder in folders if not folder.exists())
