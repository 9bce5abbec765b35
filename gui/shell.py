"""The window with everything that keeps it alive: session, pump, garbage collector. Made and ended in one place."""

import os
import sys
from pathlib import Path

from engine.settings import Settings
from gui.app import make_application, tell_errors
from gui.crew import Start
from gui.garbage import Garbage
from gui.pump import Pump
from gui.session import Session
from gui.starter import Starter
from gui.window import Window
from gui.work import wait_for_all

CLOSE_SECONDS = 2.0
SWITCH_SECONDS = 0.0005  # for so long at most the window keeps the trainer from Python's lock, and the other way round


class Shell:
    """Order matters at the end: the clock stops, the window goes, the training ends, and only then Qt."""

    def __init__(self, settings: Settings, config: Path, theme: str | None, start: Start | None = None) -> None:
        """`start` begins runs in another way than a person's are begun."""
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin starve each other beside a browser
        self.application = make_application(sys.argv[:1])
        starter = Starter()
        self.session = Session(start or starter.start, settings, starter.resume, starter.branch)
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

    def show(self, folder: Path, speed: float = 0.0) -> None:
        """A recorded run, played back at once with a `speed`. Raises Trouble."""
        self.session.open(folder)
        if speed:
            self.session.playhead.seek(0, self.session.recording)
            self.session.playhead.play(speed)
        self.pump.start()

    def ask(self, path: Path) -> None:
        """Say what a set-up or a published model is, and begin with it if that is wished."""
        self.window.texts.setups.open(str(path))
        self.pump.start()

    def close(self) -> bool:
        """Says whether every thread has ended."""
        self.pump.stop()
        self.window.close()
        ended = self.session.close(CLOSE_SECONDS)
        wait_for_all()  # no half files; and it would collect what belongs to the window
        self.garbage.stop()
        sys.excepthook, interval = self._before
        sys.setswitchinterval(interval)
        return ended
