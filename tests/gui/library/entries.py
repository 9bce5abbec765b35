"""Entries as a library would tell them, without a disk."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from engine.library import Entry
from engine.recording import Recording
from gui.widgets.shown import Shown

RUNS = Path("/runs")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(name: str, loss: float = 2.0, /, hours: float = 0.0, **told: Any) -> Entry:
    """Begun so many hours before noon."""
    usual = {
        "folder": RUNS / name,
        "name": name,
        "state": "recorded",
        "settings": {"width": 128, "layers": 4, "seed": 1},
        "seed": 1,
        "corpus": "Stories",
        "corpus_bytes": 4_000_000,
        "parameters": 918_000,
        "steps": 5000,
        "loss": loss,
        "curve_steps": np.array([1.0, 2500.0, 5000.0]),
        "curve": np.array([8.0, loss + 0.5, loss]),
        "date": NOON - timedelta(hours=hours),
        "bytes": 41_000_000,
        "heavy_bytes": 9_000_000,
    }
    return Entry(**usual | told)


def seeds(count: int = 3, group: str = "five seeds", **told: Any) -> list[Entry]:
    """Runs that were begun as one action."""
    return [
        entry(f"s{seed}", 2.0 + seed / 10, group=group, seed=seed, settings={"width": 128, "seed": seed}, **told)
        for seed in range(1, count + 1)
    ]


def shown(*names: str) -> tuple[Shown, ...]:
    """On show in this order."""
    return tuple(Shown(str(RUNS / name), name, Recording(), place) for place, name in enumerate(names))
