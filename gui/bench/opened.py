"""Opening a recorded run and scrubbing through it, in a process of its own; prints its figures as JSON.

`python -m gui.bench.opened RUN`
"""

import json
import sys
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import psutil
from PySide6.QtCore import QCoreApplication

from engine.settings import Settings
from gui.screen import draw_in_memory_without_one
from gui.shell import Shell

SIZE = 1600, 900
LOOKED_AT = 60  # steps
MB = 1e6


def opened(folder: Path) -> dict[str, Any]:
    """Seconds until the run's overview is painted, memory above the empty window, and milliseconds a scrub."""
    draw_in_memory_without_one()
    with TemporaryDirectory() as place:
        shell = Shell(Settings(), Path(place) / "settings.ini", "light")
        shell.window.resize(*SIZE)
        shell.window.show()
        paint(shell)
        empty = memory()
        began = perf_counter()
        shell.session.open(folder)
        paint(shell)
        figures = {"open_s": perf_counter() - began, "open_mb": (memory() - empty) / MB, **scrubbed(shell)}
        shell.close()
    return figures


def scrubbed(shell: Shell) -> dict[str, float]:
    """Steps nobody has looked at yet come from the disk; looked at once more, from memory."""
    random, last = Random(1), shell.session.recording.last_step
    disk, kept = [], []
    for _ in range(LOOKED_AT):
        step = int(last ** random.random())  # looks are as dense as that
        disk.append(sought(shell, step))
        sought(shell, last)
        kept.append(sought(shell, step))
    return {"scrub_disk_ms": median(disk), "scrub_ms": median(kept), "scrub_worst_ms": max(disk)}


def sought(shell: Shell, step: int) -> float:
    """Milliseconds from the wish to the picture."""
    began = perf_counter()
    shell.session.playhead.seek(step, shell.session.recording)
    paint(shell)
    return 1000 * (perf_counter() - began)


def paint(shell: Shell) -> None:
    """One frame, down to the pixels."""
    shell.pump.tick()
    QCoreApplication.processEvents()


def memory() -> int:
    """Bytes this process holds."""
    return int(psutil.Process().memory_info().rss)


if __name__ == "__main__":
    print(json.dumps(opened(Path(sys.argv[1]))))
