"""Hours of training in minutes: a scripted trainer, every panel drawing, memory and None's references watched."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from PySide6.QtCore import QCoreApplication, QEvent

from engine.bench.scripted import ScriptedTrainer
from engine.run import Run
from engine.settings import Settings
from gui.shell import Shell

STEPS_PER_SECOND = 15  # of the default model on two cores
STEPS_PER_FRAME = 6
WARM_UP = 0.2  # of the time, in which caches fill


def soak(hours: float) -> dict[str, Any]:
    """Growth of memory (MB an hour), of None's reference count and of what is kept, after the warm-up."""
    with TemporaryDirectory() as folder:
        config = Path(folder) / "settings.ini"
        shell = Shell(Settings(), config, "light", lambda settings: Run(lambda: ScriptedTrainer(settings)))
        shell.window.resize(1600, 900)
        shell.window.show()
        readings = list(frames(shell, round(hours * 3600 * STEPS_PER_SECOND)))
        shell.close()
    warm = readings[int(len(readings) * WARM_UP) :]
    span = hours * (len(warm) - 1) / len(readings)
    return {
        "hours": hours,
        "steps": round(hours * 3600 * STEPS_PER_SECOND),
        "mb_per_hour": round((warm[-1]["mb"] - warm[0]["mb"]) / span, 2),
        "none_references": warm[-1]["none"] - warm[0]["none"],
        "objects": warm[-1]["objects"] - warm[0]["objects"],
        "mb": round(warm[-1]["mb"], 1),
    }


def frames(shell: Shell, steps: int) -> Iterator[dict[str, float]]:
    """Draw every STEPS_PER_FRAME steps; a reading at each fiftieth of the way."""
    trainer = ScriptedTrainer()
    for event in trainer.start():
        shell.session.recording.add(event)
    for step in range(1, steps + 1):
        for event in trainer.advance():
            shell.session.recording.add(event)
        if step % STEPS_PER_FRAME == 0:
            shell.pump.tick()
            QCoreApplication.processEvents()
        if step % max(1, steps // 50) == 0:
            yield reading()


def reading() -> dict[str, float]:
    """Megabytes of the process, references to None, objects alive."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return {
        "mb": psutil.Process().memory_info().rss / 1e6,
        "none": sys.getrefcount(None),
        "objects": len(gc.get_objects()),
    }
