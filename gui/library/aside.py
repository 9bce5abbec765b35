"""Work on the disk beside the window: one piece after the other, each fetched by a timer here when it is done."""

from collections import deque
from collections.abc import Callable, Generator
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer

from engine.trouble import Trouble
from gui.work import Work

POLL_MS = 20


class Task(NamedTuple):
    do: Callable[[], Any]  # aside; may raise Trouble
    then: Callable[[Any], None]  # here, with what it gave
    failed: Callable[[Trouble], None]


class Aside(QObject):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Task] = deque()
        self._now: tuple[Task, Work[Any]] | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._fetch)

    @property
    def busy(self) -> bool:
        return self._now is not None

    def begin(self, task: Task) -> None:
        """After all that was begun before."""
        self._waiting.append(task)
        self._next()

    def _next(self) -> None:
        if self._now is None and self._waiting:
            task = self._waiting.popleft()
            self._now = task, Work(_at_once(task.do))
            self._timer.start()

    def _fetch(self) -> None:
        if self._now is None or not self._now[1].over:
            return
        (task, work), self._now = self._now, None
        self._timer.stop()
        self._next()
        try:
            made = work.result()
        except Trouble as trouble:
            task.failed(trouble)
        else:
            task.then(made)


def _at_once(do: Callable[[], Any]) -> Generator[float, None, Any]:
    """Work that cannot say how far it is."""
    yield 0.0
    return do()
