"""How much sooner this engine learns what nanoGPT's processor configuration learns: both sides in turn, on one text.

The replica trains its 2,000 steps; `plain` and `fast` train the steps that were fixed beforehand to bring them to the
replica's loss; `long` trains as many as fit into the replica's time. All are scored once, at their ends, alike. Time
counts from building the model, scoring is left out.
"""

from pathlib import Path
from statistics import mean, median
from time import perf_counter, process_time
from typing import Any

import numpy as np
import torch

from engine.bench.shakespeare import Text, read, score
from engine.presets import PRESETS
from engine.settings import Settings
from engine.training.learner import Learner

TARGET = 1.886  # nats a character: what nanoGPT says of itself
SLICES = 25  # turns each side gets in a round
TRIAL = 20  # steps that tell how long a step of `long` takes
MARGIN = 0.97  # of the replica's time may be planned for `long`
REPLICA, PLAIN, FAST, LONG = "nanogpt-cpu", "fast-plain", "fast", "fast-long"


class Side:
    """One of those compared: trains in slices, and keeps the time it took."""

    def __init__(self, settings: Settings, text: Text) -> None:
        self.seconds = self.cpu_seconds = 0.0
        self.settings = settings
        with self:
            self.learner = Learner(settings, text.train, text.alphabet, 0, torch.device("cpu"))

    def train(self, steps: int) -> None:
        with self:
            for _ in range(steps):
                self.learner.correct()

    def train_slice(self, number: int) -> None:
        """From slice `number` of SLICES to the next."""
        wanted = self.settings.horizon * (number + 1) // SLICES
        self.train(wanted - self.learner.step)

    def __enter__(self) -> None:
        self._began = perf_counter(), process_time()

    def __exit__(self, *_: object) -> None:
        wall, cpu = self._began
        self.seconds += perf_counter() - wall
        self.cpu_seconds += process_time() - cpu


def nanogpt(corpus: Path, seeds: int, threads: int) -> dict[str, Any]:
    """The figures of the benchmark, by the keys of its JSON line."""
    torch.set_num_threads(threads)
    text = read(corpus)
    rounds = [compared(text, seed) for seed in range(1, seeds + 1)]
    rows = [row for round_ in rounds for row in round_.values()]

    def ratio(name: str, unit: str) -> float:
        return round(median(round_[REPLICA][unit] / round_[name][unit] for round_ in rounds), 2)

    def loss(name: str) -> float:
        return round(mean(round_[name]["loss"] for round_ in rounds), 4)

    return {
        "rows": rows,
        "target": TARGET,
        "threads": threads,
        "seeds": seeds,
        "replica_s": round(median(round_[REPLICA]["seconds"] for round_ in rounds), 2),
        "replica_cpu_s": round(median(round_[REPLICA]["cpu_seconds"] for round_ in rounds), 2),
        "replica_loss": loss(REPLICA),
        "fast_s": round(median(round_[FAST]["seconds"] for round_ in rounds), 2),
        "fast_loss": loss(FAST),
        "speedup": ratio(FAST, "seconds"),
        "speedup_cpu": ratio(FAST, "cpu_seconds"),
        "plain_loss": loss(PLAIN),
        "speedup_plain": ratio(PLAIN, "seconds"),
        "speedup_plain_cpu": ratio(PLAIN, "cpu_seconds"),
        "loss_at_equal_time": loss(LONG),
        "time_share": round(1 / ratio(LONG, "cpu_seconds"), 3),
    }


def compared(text: Text, seed: int) -> dict[str, dict[str, Any]]:
    """All sides with one seed, taking turns, each with its loss at the end."""
    sides = {name: side(name, text, seed) for name in (REPLICA, PLAIN, FAST)}
    sides[LONG] = Side(as_long(seed, text), text)
    for number in range(SLICES):
        for one in sides.values():
            one.train_slice(number)
    return {name: result(name, seed, one, text.held_out) for name, one in sides.items()}


def side(name: str, text: Text, seed: int) -> Side:
    """A preset with nothing left to measure."""
    return Side(PRESETS[name].model_copy(update={"seed": seed, **FIXED}), text)


FIXED = {"precision": "fp32", "attention": "fused"}


def as_long(seed: int, text: Text) -> Settings:
    """`long` with the horizon that takes the replica's time, from a trial of both."""
    trial = {name: side(name, text, seed) for name in (REPLICA, LONG)}
    costs: dict[str, list[float]] = {name: [] for name in trial}
    for _ in range(5):
        for name, one in trial.items():
            before = one.cpu_seconds
            one.train(TRIAL)
            costs[name].append(one.cpu_seconds - before)
    ratio = median(np.array(costs[REPLICA][1:]) / np.array(costs[LONG][1:]))
    steps = int(MARGIN * ratio * PRESETS[REPLICA].horizon)
    return trial[LONG].settings.model_copy(update={"horizon": steps})


def result(name: str, seed: int, one: Side, held_out: np.ndarray) -> dict[str, Any]:
    """A row of the table. Averaged weights, where there are any, are what is scored."""
    one.learner.model.eval()
    return {
        "side": name,
        "seed": seed,
        "steps": one.learner.step,
        "parameters": sum(weight.numel() for weight in one.learner.model.parameters()),
        "seconds": round(one.seconds, 3),
        "cpu_seconds": round(one.cpu_seconds, 3),
        "loss": round(score(one.learner.average or one.learner.model, held_out), 4),
    }
