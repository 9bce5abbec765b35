"""Work on the disk beside the window: one thread at a time, which touches no Qt and ends by itself.

Its answer is fetched by a timer here, so nothing of Qt ever crosses a thread, and nobody has to wait for its end.
"""

from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer

from engine.trouble import Trouble

POLL_MS = 20


class Work(NamedTuple):
    do: Callable[[], Any]  # in the thread; may raise Trouble
    then: Callable[[Any], None]  # here, with what it gave
    failed: Callable[[Trouble], None]


class Aside(QObject):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Work] = deque()
        self._done: SimpleQueue[tuple[Any, Exception | None]] = SimpleQueue()
        self._now: Work | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._fetch)

    @property
    def busy(self) -> bool:
        return self._now is not None

    def begin(self, work: Work) -> None:
        """After all that was begun before."""
        self._waiting.append(work)
        self._next()

    def _next(self) -> None:
        if self._now is None and self._waiting:
            self._now = self._waiting.popleft()
            Thread(target=_work, args=(self._now.do, self._done), name="library", daemon=True).start()
            self._timer.start()

    def _fetch(self) -> None:
        try:
            made, error = self._done.get_nowait()
        except Empty:
            return
        work, self._now = self._now, None
        self._timer.stop()
        self._next()
        assert work
        if isinstance(error, Trouble):
            work.failed(error)
        elif error:
            raise error  # our own fault: told like any other
        else:
            work.then(made)


def _work(do: Callable[[], Any], done: "SimpleQueue[tuple[Any, Exception | None]]") -> None:
    try:
        done.put((do(), None))
    except Exception as error:
        done.put((None, error))
