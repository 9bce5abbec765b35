"""How much sooner this engine learns what nanoGPT's processor configuration learns: all sides in turn, on one text.

The replica trains its 2,000 steps; `fast-plain` and `fast` train the steps of their presets, fixed beforehand to bring
them below the replica's loss; `fast-long` reads the text once. All are scored at their ends, alike. Time counts from
building the model; what is done once in a process or on a machine, and scoring, are left out.
"""

from pathlib import Path
from statistics import mean, median
from time import perf_counter, process_time
from typing import Any

import numpy as np
import torch

from engine.bench.shakespeare import Text, read, score
from engine.folders import cache_folder
from engine.presets import PRESETS
from engine.settings import Settings
from engine.training.choices import choose
from engine.training.device import choose_device
from engine.training.learner import Learner

TARGET = 1.886  # nats a character: what nanoGPT says of itself
SLICES = 25  # turns each side gets in a round
WARM_UP = 3  # steps before any that count: the first ones load parts of torch
REPLICA, PLAIN, FAST, LONG = "nanogpt-cpu", "fast-plain", "fast", "fast-long"
SIDES = REPLICA, PLAIN, FAST, LONG
Row = dict[str, Any]


class Side:
    """One of those compared: trains in slices, and keeps the time it took."""

    def __init__(self, settings: Settings, text: Text) -> None:
        self.seconds = self.cpu_seconds = 0.0
        self.settings = settings
        with self:
            self.learner = Learner(settings, [text.train], text.alphabet, 0, torch.device("cpu"))

    def train(self, share: float = 1.0) -> None:
        """On to this share of the horizon."""
        with self:
            while self.learner.step < round(share * self.settings.horizon):
                self.learner.correct()

    def __enter__(self) -> None:
        self._began = perf_counter(), process_time()

    def __exit__(self, *_: object) -> None:
        wall, cpu = self._began
        self.seconds += perf_counter() - wall
        self.cpu_seconds += process_time() - cpu


def nanogpt(corpus: Path, seeds: int, threads: int) -> dict[str, Any]:
    """The figures of the benchmark, by the keys of its JSON line; medians of the rounds, losses are means."""
    text = read(corpus)
    presets = {name: settled(PRESETS[name], text.alphabet, threads) for name in SIDES}
    warm_up(presets, text)
    rounds = [compared(presets, text, seed) for seed in range(1, seeds + 1)]
    return {
        "rows": [row for round_ in rounds for row in round_.values()],
        "target": TARGET,
        "seeds": seeds,
        "threads": torch.get_num_threads(),
        "precision": presets[FAST].precision,
        "replica_s": middle(rounds, REPLICA, "seconds"),
        "replica_cpu_s": middle(rounds, REPLICA, "cpu_seconds"),
        "replica_loss": loss(rounds, REPLICA),
        "fast_s": middle(rounds, FAST, "seconds"),
        "fast_cpu_s": middle(rounds, FAST, "cpu_seconds"),
        "fast_loss": loss(rounds, FAST),
        "reached": all(round_[name]["loss"] <= TARGET for round_ in rounds for name in (FAST, PLAIN)),
        "speedup": ratio(rounds, FAST, "seconds"),
        "speedup_cpu": ratio(rounds, FAST, "cpu_seconds"),
        "plain_loss": loss(rounds, PLAIN),
        "speedup_plain": ratio(rounds, PLAIN, "seconds"),
        "speedup_plain_cpu": ratio(rounds, PLAIN, "cpu_seconds"),
        "loss_at_equal_time": loss(rounds, LONG),
        "share_of_equal_time": round(1 / ratio(rounds, LONG, "seconds"), 3),
    }


def middle(rounds: list[dict[str, Row]], name: str, unit: str) -> float:
    """Median over the rounds."""
    return round(float(median(round_[name][unit] for round_ in rounds)), 2)


def ratio(rounds: list[dict[str, Row]], name: str, unit: str) -> float:
    """How many times less than the replica, median over the rounds."""
    return round(float(median(round_[REPLICA][unit] / round_[name][unit] for round_ in rounds)), 2)


def loss(rounds: list[dict[str, Row]], name: str) -> float:
    """Mean over the rounds."""
    return round(float(mean(round_[name]["loss"] for round_ in rounds)), 4)


def settled(settings: Settings, alphabet: int, threads: int) -> Settings:
    """With this machine's choices, which a run would find in the cache; the replica is fp32 whatever is faster."""
    device = choose_device(settings)
    wanted = settings.model_copy(update={"threads": threads or torch.get_num_threads()})
    choices = choose(wanted, alphabet, device, cache_folder())
    while True:
        try:
            next(choices)
        except StopIteration as end:
            found: Settings = end.value.settings
            return found


def warm_up(presets: dict[str, Settings], text: Text) -> None:
    """A few steps of every kind, which count nowhere."""
    for settings in presets.values():
        learner = Learner(settings, [text.train], text.alphabet, 0, torch.device("cpu"))
        for _ in range(WARM_UP):
            learner.correct()


def compared(presets: dict[str, Settings], text: Text, seed: int) -> dict[str, Row]:
    """All sides with one seed, taking turns, each with its loss at the end."""
    sides = {name: Side(settings.model_copy(update={"seed": seed}), text) for name, settings in presets.items()}
    for number in range(SLICES):
        for one in sides.values():
            one.train((number + 1) / SLICES)
    return {name: result(name, one, text.held_out) for name, one in sides.items()}


def result(name: str, one: Side, held_out: np.ndarray) -> Row:
    """A line of the table."""
    one.learner.model.eval()
    weights = {key: weight.numel() for key, weight in one.learner.model.named_parameters()}
    return {
        "side": name,
        "seed": one.settings.seed,
        "steps": one.learner.step,
        "parameters": sum(count for key, count in weights.items() if not key.startswith("n_grams.")),
        "table_rows": sum(count for key, count in weights.items() if key.startswith("n_grams.")) // one.settings.width,
        "seconds": round(one.seconds, 3),
        "cpu_seconds": round(one.cpu_seconds, 3),
        "loss": round(score(one.learner.model, held_out), 4),
    }
