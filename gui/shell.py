"""The window with everything that keeps it alive: session, pump, garbage collector. Made and ended in one place."""

import os
import sys
from pathlib import Path
from typing import Literal

from engine.checkpoints import checkpoint_meant
from engine.folders import cache_folder, new_run_folder
from engine.run import Run, start
from engine.runfile import RunFile
from engine.settings import Settings
from gui.app import make_application, tell_errors
from gui.garbage import Garbage
from gui.pump import Pump
from gui.session import Session, Start
from gui.window import Window

CLOSE_SECONDS = 2.0
SWITCH_SECONDS = 0.0005  # for so long at most the window keeps the trainer from Python's lock, and the other way round


class Shell:
    """Order matters at the end: the clock stops, the window goes, the training ends, and only then Qt."""

    def __init__(self, start: Start, settings: Settings, config: Path, theme: str | None) -> None:
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin starve each other beside a browser
        self.application = make_application(sys.argv[:1])
        self.session = Session(start, settings, resume_run)
        self.window = Window(self.session, config, theme)
        self.pump = Pump(self.session, self.window, self.window)
        self.garbage = Garbage(self.window)
        self._before = sys.excepthook, sys.getswitchinterval()
        tell_errors(self.window.head.notice.tell)
        sys.setswitchinterval(SWITCH_SECONDS)

    def begin(self, play: bool = False) -> None:
        """Make the model ready, and train at once with `play`."""
        self.session.begin(play=play)
        self.pump.start()

    def close(self) -> bool:
        """Says whether every thread has ended."""
        self.pump.stop()
        self.window.close()
        ended = self.session.close(CLOSE_SECONDS)
        self.garbage.stop()
        sys.excepthook, interval = self._before
        sys.setswitchinterval(interval)
        return ended


def start_run(settings: Settings) -> Run:
    """A new run, recorded and saved in a folder of its own."""
    folder = new_run_folder()
    return start(settings, folder.name, RunFile(folder), cache_folder(), folder)


def resume_run(settings: Settings, folder: Path, new_text: bool) -> Run:
    """The run in `folder` from its last checkpoint, with another text only if that is wanted. Raises Trouble."""
    checkpoint, file = checkpoint_meant(str(folder)), RunFile(folder, go_on=True)
    changed: Literal["go-on", "refuse"] = "go-on" if new_text else "refuse"
    return start(settings, folder.name, file, cache_folder(), folder, checkpoint, changed)
