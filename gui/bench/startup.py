"""How long a person waits: until the window is on screen, until the model is ready, until the first loss is drawn.

Measured in a process of its own, from the moment it was started.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil


def startup() -> dict[str, float]:
    """Seconds: `window_s` and `ready_s` after the process began, `first_loss_s` after play was pressed in it."""
    done = subprocess.run([sys.executable, "-m", "gui.bench.startup"], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def child() -> dict[str, float]:
    """One start, as a person would make it, with play pressed at once."""
    born = psutil.Process().create_time()
    from PySide6.QtCore import QCoreApplication

    from engine.events import Started
    from engine.settings import Settings
    from gui.bench.heartbeat import Heartbeat
    from gui.shell import Shell
    from gui.waiting import wait_until

    with TemporaryDirectory() as folder:
        shell = Shell(Settings(), Path(folder) / "settings.ini", "light")
        shell.window.show()
        QCoreApplication.processEvents()
        window = time.time() - born
        torch_was_there = "torch" in sys.modules
        heartbeat = Heartbeat()
        heartbeat.start()
        pressed = time.time()
        shell.begin(play=True)
        wait_until(lambda: shell.session.recording.latest(Started) is not None)
        ready = time.time() - born
        wait_until(lambda: shell.session.recording.last_step >= 1)
        first_loss = time.time() - pressed
        pause = heartbeat.stop()
        shell.close()
    return {
        "window_s": round(window, 2),
        "torch_before_window": torch_was_there,
        "ready_s": round(ready, 2),
        "first_loss_s": round(first_loss, 2),
        "startup_gap_ms": pause,
    }


if __name__ == "__main__":
    print(json.dumps(child()))
