"""How long the event loop was away."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

BEAT_MS = 5  # how finely pauses of the event loop are seen


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
