"""What each ingredient of the architecture “fast” is worth: the preset, and the preset with one thing changed."""

from pathlib import Path
from statistics import mean
from typing import Any

import torch

from engine.bench.nanogpt import FAST, PLAIN, Row, Side, settled, warm_up
from engine.bench.shakespeare import read, score
from engine.presets import PRESETS

WITHOUT: dict[str, dict[str, Any]] = {
    "as it is": {},
    "GELU instead of squared ReLU": {"relu_squared": False},
    "projections not at 0": {"zero_projections": False},
    "no token shift": {"token_shift": False},
    "first stream (x0)": {"first_stream": True},
    "value embeddings": {"value_embeddings": True},
    "soft cap 15": {"soft_cap": 15.0},
    "AdamW instead of Muon": {"optimizer": "adamw", "learning_rate": 0.004},
    "rate never falls": {"schedule": "constant"},
    "averaged weights (0.9)": {"average": 0.9},
    "one layer": {"layers": 1},
    "MLP of 4 widths": {"expansion": 4},
}
TABLES: dict[str, dict[str, Any]] = {f"n-grams up to {order}": {"n_grams": order} for order in (2, 3, 4, 6)} | {
    "no n-grams": {"n_grams": 1}
}


def ablation(corpus: Path, seeds: int, threads: int) -> dict[str, Any]:
    """Losses and processor seconds; all variants of a preset take their steps one after the other, seed by seed."""
    text = read(corpus)
    rows = []
    for preset, variants in ((FAST, WITHOUT | TABLES), (PLAIN, WITHOUT)):
        base = settled(PRESETS[preset], text.alphabet, threads)
        warm_up({preset: base}, text)
        found: dict[str, list[Row]] = {name: [] for name in variants}
        for seed in range(1, seeds + 1):
            for name, changes in variants.items():
                side = Side(base.model_copy(update={"seed": seed, **changes}), text)
                side.train()
                side.learner.model.eval()
                reading = side.learner.average or side.learner.model
                found[name].append({"loss": score(reading, text.held_out), "cpu_seconds": side.cpu_seconds})
        rows += [row(preset, name, results) for name, results in found.items()]
    return {"rows": rows, "seeds": seeds, "threads": torch.get_num_threads()}


def row(preset: str, name: str, results: list[Row]) -> Row:
    """A line of the table."""
    losses = [result["loss"] for result in results]
    return {
        "preset": preset,
        "change": name,
        "loss": round(float(mean(losses)), 4),
        "lowest": round(min(losses), 4),
        "highest": round(max(losses), 4),
        "cpu_seconds": round(float(mean(result["cpu_seconds"] for result in results)), 2),
    }
