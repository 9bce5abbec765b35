"""Between the window, which makes what a film shows, and the thread that writes it: a few pictures at a time."""

from collections.abc import Iterator
from queue import Full, Queue
from typing import Generic, TypeVar

from engine.trouble import Trouble

T = TypeVar("T")
WAITING = 4  # pictures that may wait for the writer


class Reel(Generic[T]):
    """Filled by one thread, run through by another."""

    def __init__(self) -> None:
        self._queue: Queue[T | None] = Queue(WAITING + 1)  # one place is kept for the end
        self._torn: Trouble | None = None

    @property
    def full(self) -> bool:
        """To be asked before `put`."""
        return self._queue.qsize() >= WAITING

    def put(self, picture: T) -> None:
        self._queue.put_nowait(picture)

    def end(self) -> None:
        """No more will come; whoever waits is let go."""
        try:
            self._queue.put_nowait(None)
        except Full:
            return  # it was said before

    def tear(self, trouble: Trouble) -> None:
        """No more will come, and what there is makes no film: whoever waits is told by this."""
        self._torn = trouble
        self.end()

    def __iter__(self) -> Iterator[T]:
        while (picture := self._queue.get()) is not None and self._torn is None:
            yield picture
        if self._torn:
            raise self._torn
