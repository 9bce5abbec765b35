"""How fast it trains: tokens a second and utilisation at three sizes, in turn with the replica of the same size."""

from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from engine.presets import PRESETS
from engine.settings import Settings
from engine.size import parameters, training_flops
from engine.training.device import Device
from engine.training.learner import Learner
from engine.training.rehearsal import matrix_peak

VOCABULARY = 65
TEXT = (
    np.random.default_rng(1).integers(VOCABULARY, size=2**20).astype(np.uint16)
)  # speed does not depend on what it says
SIZES = {  # layers, heads, width, context, batch
    "0.8M": (4, 4, 128, 64, 24),
    "10M": (6, 6, 384, 256, 32),
    "30M": (8, 8, 576, 256, 16),
}
SIDES = {  # the replica first: the others are compared with it
    "replica fp32": {"architecture": "gpt2", "precision": "fp32"},
    "modern fp32": {"architecture": "modern", "precision": "fp32"},
    "modern bf16": {"architecture": "modern", "precision": "bf16", "attention": "plain"},
}
DEVICE = Device(torch.device("cpu"), "CPU")
PASS = 2048  # tokens of a batch that we work through at a time: they stay near the processor
SECONDS = 1.0  # a turn lasts, or one step


class TimedLearner(Learner):
    """Knows how much of its time went forward and back."""

    inside = 0.0  # seconds

    def gradients(self, inputs_BT: Tensor, targets_BT: Tensor) -> Tensor:
        began = perf_counter()
        loss = super().gradients(inputs_BT, targets_BT)
        self.inside += perf_counter() - began
        return loss


class Turn(NamedTuple):
    """One measurement of one side."""

    tokens_per_second: float
    outside: float  # share of a step that is neither forward nor back


def throughput(rounds: int, threads: int) -> dict[str, Any]:
    """The figures of the benchmark, by the keys of its JSON line."""
    torch.set_num_threads(threads or torch.get_num_threads())
    rows = [row for size in SIZES for row in measured(size, rounds)]
    return {"rows": rows, "threads": torch.get_num_threads(), "rounds": rounds}


def measured(size: str, rounds: int) -> list[dict[str, Any]]:
    """All sides of one size in turn; ratios are medians over the rounds, so a drifting machine cancels out."""
    learners = {name: learner(size, changes) for name, changes in SIDES.items()}
    for one in learners.values():
        one.correct()  # the first step makes the optimizer's memory
    peaks: dict[str, list[float]] = {"fp32": [], "bf16": []}
    turns: dict[str, list[Turn]] = {name: [] for name in SIDES}
    for _ in range(rounds):
        for precision, found in peaks.items():
            found.append(matrix_peak(precision, torch.get_num_threads(), DEVICE))
        for name, one in learners.items():
            turns[name].append(turn(one))
    return [row(size, name, one.settings, turns, peaks) for name, one in learners.items()]


def row(
    size: str, name: str, settings: Settings, turns: dict[str, list[Turn]], peaks: dict[str, list[float]]
) -> dict[str, Any]:
    """One line of the table."""
    speeds = np.array([turn.tokens_per_second for turn in turns[name]])
    replica = np.array([turn.tokens_per_second for turn in turns[next(iter(SIDES))]])
    flops = speeds * training_flops(settings, VOCABULARY)
    return {
        "size": size,
        "side": name,
        "parameters": parameters(settings, VOCABULARY),
        "tokens_per_s": round(float(np.median(speeds))),
        "of_replica": round(float(np.median(speeds / replica)), 3),
        "gflops": round(float(np.median(flops)) / 1e9, 1),
        "peak_gflops": round(median(peaks[settings.precision]) / 1e9, 1),
        "utilisation": round(float(np.median(flops / np.array(peaks[settings.precision]))), 3),
        "outside": round(median(turn.outside for turn in turns[name]), 3),
    }


def learner(size: str, changes: dict[str, Any]) -> TimedLearner:
    """Of this size, with the replica's optimizer."""
    layers, heads, width, context, batch = SIZES[size]
    shape = {"layers": layers, "heads": heads, "width": width, "context": context, "batch_size": batch}
    parts = 1 if changes["architecture"] == "gpt2" else max(1, batch * context // PASS)
    here = {**shape, "attention": "fused", "micro_batches": parts, **changes}
    settings = PRESETS["nanogpt-cpu"].model_copy(update=here)
    return TimedLearner(settings, [TEXT], VOCABULARY, 0, DEVICE.torch)


def turn(one: TimedLearner) -> Turn:
    """Train for about SECONDS, and time what is forward and back apart."""
    began, inside, steps = perf_counter(), one.inside, 0
    while not steps or perf_counter() - began < SECONDS:
        one.correct()
        steps += 1
    spent = perf_counter() - began
    tokens = steps * one.settings.batch_size * one.settings.context
    return Turn(tokens / spent, 1 - (one.inside - inside) / spent)
