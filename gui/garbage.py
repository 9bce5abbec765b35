"""Python's cycle collector, kept to the GUI thread.

By itself it runs in whichever thread allocates, which would destroy Qt objects from the training thread.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000
SETTLED_SECONDS = 5  # by then torch is loaded


class Garbage(QObject):
    """Collects the young every second, the middle-aged every ten, everything every minute."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._seconds = 0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def settle(self) -> None:
        """Never look again at what is there now: libraries, mostly, which take a tenth of a second to walk."""
        gc.collect()
        gc.freeze()

    def collect(self) -> None:
        self._seconds += 1
        if self._seconds == SETTLED_SECONDS:
            self.settle()
        gc.collect(2 if self._seconds % 60 == 0 else 1 if self._seconds % 10 == 0 else 0)

    def stop(self) -> None:
        """Everything is as it was."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
