"""Letting the event loop run, and hearing how long it was away."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, QTimer

BEAT_MS = 5  # how finely pauses of the event loop are seen


def wait(seconds: float) -> None:
    """Run the event loop for so long."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def wait_until(done: Callable[[], bool], timeout: float = 600.0) -> None:
    """Run the event loop until `done()`; raises TimeoutError."""
    limit = perf_counter() + timeout
    while not done():
        if perf_counter() > limit:
            raise TimeoutError("The run did not get as far as it should have.")
        wait(0.02)


class Heartbeat(QObject):
    """The longest time the event loop did not come round, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self.longest_ms = 0

    def start(self) -> None:
        self.longest_ms = 0
        self._clock.start()
        self._timer.start()

    def stop(self) -> int:
        self._beat()
        self._timer.stop()
        return self.longest_ms

    def _beat(self) -> None:
        self.longest_ms = max(self.longest_ms, self._clock.restart())
