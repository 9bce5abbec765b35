"""Kills training processes at random moments while they save, and looks whether each run can go on, bit for bit.

A parent that has loaded torch forks a process for each attempt, so that one takes a moment and not seconds. Each saves
every other step, so that most of its time is saving, and tells through a pipe which step it has made.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from random import Random
from select import select
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import torch

from engine.bench.forks import ended_well, forked, require_forks
from engine.checkpoints import ASIDE, FOLDER, checkpoints, newest
from engine.events import Stepped
from engine.runfile import RunFile, read_events
from engine.settings import Settings
from engine.train import until
from engine.training.trainer import Trainer
from engine.trouble import Trouble

INTERVAL = 2  # steps between two saves
LONGEST = 0.2  # seconds from the first step to the end
KILLS = 2  # of each run: a new one, and one that goes on
KNOWN = 400  # steps whose losses are known beforehand; nobody gets so far
AFTER = INTERVAL + 1  # steps made by a run that goes on
PATIENCE = 60.0  # seconds a process has for its first step
WORD = 8  # bytes of a number in the pipe

Tell = Callable[[int], None]


class Outcome(NamedTuple):
    """Of one attempt."""

    goes_on: bool
    lost: int  # steps
    while_saving: bool


def kill(times: int) -> dict[str, Any]:
    """How many runs can be loaded and go on after all that, and how many steps were lost at most."""
    require_forks()
    torch.set_num_threads(1)  # what is forked must have no other threads
    random = Random(1)
    with TemporaryDirectory() as place:
        settings = tiny(Path(place))
        losses = known_losses(settings)
        folders = [Path(place) / f"run-{number}" for number in range(times)]
        outcomes = [attempt(settings, folder, losses, random) for folder in folders]
    return {
        "times": times,
        "loadable": sum(outcome.goes_on for outcome in outcomes),
        "most_steps_lost": max((outcome.lost for outcome in outcomes), default=0),
        "interval": INTERVAL,
        "killed_while_saving": sum(outcome.while_saving for outcome in outcomes),
    }


def tiny(place: Path) -> Settings:
    """A run of which most is saving."""
    text = place / "text.txt"
    text.write_text("".join(f"{number} and {number * number} are two numbers.\n" for number in range(200)), "utf-8")
    return Settings(
        corpus=(str(text),), tokenizer="byte", layers=1, heads=1, width=16, context=16, batch_size=2, average=0.9,
        validate_every=100_000, sample_every=100_000, sample_length=1, horizon=KNOWN, threads=1, device="cpu",
        precision="fp32", attention="fused", save_every=INTERVAL,
    )  # fmt: skip


def known_losses(settings: Settings) -> list[float]:
    """Of a run that nobody disturbs."""
    events = until(Trainer(settings, "whole"), KNOWN)
    return [event.loss for event in events if isinstance(event, Stepped)]


def attempt(settings: Settings, run: Path, losses: list[float], random: Random) -> Outcome:
    """Train, kill, go on, kill again, look at what is there each time, and go on to an end."""
    lost, while_saving = [], False
    for _ in range(KILLS):
        reached = killed(lambda tell: trained(settings, run, tell), random.uniform(0, LONGEST))
        while_saving = while_saving or any((run / FOLDER).glob(f"*{ASIDE}*"))
        lost.append(max(0, reached - max(checkpoints(run), default=0)))
    return Outcome(ended_well(lambda: gone_on(settings, run, losses)), max(lost), while_saving)


def trained(settings: Settings, run: Path, tell: Tell) -> None:
    """From where it stands, until it is killed."""
    file = RunFile(run, go_on=True)
    for event in until(Trainer(settings, run.name, None, run, newest(run)), KNOWN):
        file.add(event)
        if isinstance(event, Stepped):
            tell(event.step)


def gone_on(settings: Settings, run: Path, losses: list[float]) -> None:
    """Raises whatever is wrong with the run, or with the numbers it goes on with."""
    step, checkpoint = list(checkpoints(run).items())[-1]
    file = RunFile(run, go_on=True)
    made = []
    for event in until(Trainer(settings, run.name, None, run, checkpoint), step + AFTER):
        file.add(event)
        made += [event.loss] if isinstance(event, Stepped) else []
    file.close()
    if made != losses[step : step + AFTER]:
        raise ValueError(f"after step {step} the losses were {made}")
    list(read_events(run))


def killed(work: Callable[[Tell], None], seconds: float) -> int:
    """Do it in a process that is killed so long after its first word; its last word."""
    hears, tells = os.pipe()
    process = forked(lambda: work(lambda step: _tell(tells, step)))
    os.close(tells)
    if not select([hears], [], [], PATIENCE)[0]:
        raise Trouble("A training process does not begin.", "Try again when the machine is idle.")
    select([], [], [], seconds)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with open(hears, "rb") as pipe:
        words = pipe.read()
    whole = len(words) // WORD * WORD
    return int.from_bytes(words[whole - WORD : whole], "little")


def _tell(pipe: int, step: int) -> None:
    os.write(pipe, step.to_bytes(WORD, "little"))
