"""The benchmark against nanoGPT once more with the window open: how soon `fast` is there while every panel draws."""

from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from engine.bench.nanogpt import FAST, TARGET
from engine.bench.shakespeare import score_saved
from engine.checkpoints import newest
from engine.events import Event, Finished, Resumed
from engine.folders import cache_folder
from engine.presets import PRESETS
from engine.run import Run, start
from engine.runfile import RunFile
from engine.settings import Settings
from gui.shell import Shell
from gui.waiting import wait_until

SIZE = 1600, 900


class Stopwatch(RunFile):
    """Notes when training began and when it was done, on the wall clock."""

    began = ended = 0.0

    def add(self, event: Event) -> None:
        if isinstance(event, Resumed):
            self.began = perf_counter()
        elif isinstance(event, Finished):
            self.ended = perf_counter()
        super().add(event)


def live(corpus: Path, seeds: int, replica_seconds: float) -> dict[str, Any]:
    """Seconds from play to the last step, looks and drawing included; and the losses of the models that were saved."""
    times, losses = zip(*(once(corpus, seed) for seed in range(1, seeds + 1)), strict=True)
    return {
        "live_s": round(median(times), 2),
        "live_loss": round(mean(losses), 4),
        "live_reached": max(losses) <= TARGET,
        "speedup_live": round(replica_seconds / median(times), 2),
    }


def once(corpus: Path, seed: int) -> tuple[float, float]:
    """One run in a window, from the same text file as a person would open."""
    changes = {"corpus": str(corpus.resolve()), "seed": seed}
    settings = Settings(**{**PRESETS[FAST].model_dump(), **changes})
    with TemporaryDirectory() as home:
        folder, journals = Path(home) / "run", []

        def recorded(settings: Settings) -> Run:
            journals.append(Stopwatch(folder))
            return start(settings, "bench", journals[-1], cache_folder(), folder)

        shell = Shell(recorded, settings, Path(home) / "settings.ini", "light")
        shell.window.resize(*SIZE)
        shell.window.show()
        shell.begin(play=True)
        wait_until(lambda: shell.session.recording.latest(Finished) is not None)
        shell.close()
        saved = newest(folder)
        assert saved is not None
        return journals[-1].ended - journals[-1].began, score_saved(saved, corpus)
