"""The race against nanoGPT once more with the window open: how soon `fast` is there while every panel draws."""

import subprocess
import sys
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import Any

from engine.bench.nanogpt import FAST, TARGET, Side, settled
from engine.bench.shakespeare import read, score_saved
from engine.checkpoints import newest
from engine.presets import PRESETS


def live(corpus: Path, seeds: int, threads: int, speedup: float) -> dict[str, Any]:
    """Each run in a window beside one without; losses are those of the models that were saved.

    `speedup_live` is `speedup` times the median of the ratios of their times.
    """
    text = read(corpus)
    plain = settled(PRESETS[FAST], text.alphabet, threads)
    runs, ratios = [], []
    for seed in range(1, seeds + 1):
        runs.append(once(corpus, seed))
        alone = Side(plain.model_copy(update={"seed": seed}), text)
        alone.train()
        ratios.append(alone.seconds / runs[-1][0])
    times, losses = zip(*runs, strict=True)
    return {
        "live_s": round(median(times), 2),
        "live_loss": round(mean(losses), 4),
        "live_reached": max(losses) <= TARGET,
        "live_ratio": round(median(ratios), 3),
        "speedup_live": round(speedup * median(ratios), 2),
    }


def once(corpus: Path, seed: int) -> tuple[float, float]:
    """Seconds and loss of one run in a window."""
    with TemporaryDirectory() as home:
        folder = Path(home) / "run"
        words = [sys.executable, "-m", "gui.bench.watched", str(corpus), str(seed), str(folder)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        saved = newest(folder)
        assert saved is not None
        return float(done.stdout.splitlines()[-1]), score_saved(saved, corpus)
