"""Work that takes a while, in a thread of its own: an iterator of shares that are done. Knows no Qt; it is polled."""

from collections.abc import Generator
from threading import Event, Thread
from threading import enumerate as threads
from typing import Generic, TypeVar

T = TypeVar("T")
NAME = "work"  # of its threads


class Work(Generic[T]):
    """Begins at once. The work touches nothing that belongs to the window."""

    def __init__(self, work: Generator[float, None, T]) -> None:
        self.share = 0.0  # that is done
        self._work, self._called_off = work, Event()
        self._made: list[T] = []
        self._error: Exception | None = None
        self._thread = Thread(target=self._do, name=NAME)  # no daemon: the program ends when it has tidied up
        self._thread.start()

    @property
    def over(self) -> bool:
        """There is a result, or there will be none."""
        return not self._thread.is_alive()

    def result(self) -> T:
        """What was made. Raises what went wrong; to be called once it is over."""
        self._thread.join()
        if self._error:
            raise self._error
        return self._made[0]

    def call_off(self) -> None:
        """It stops before its next share and tidies up; nobody waits for that."""
        self._called_off.set()

    def _do(self) -> None:
        try:
            while not self._called_off.is_set():
                self.share = next(self._work)
        except StopIteration as done:
            self._made.append(done.value)
        except Exception as error:  # the fence of this thread: said by whoever asks for the result
            self._error = error
        finally:
            self._work.close()


def wait_for_all() -> None:
    """Until nothing is done in the background any more; what was called off ends before its next share."""
    for thread in threads():
        if thread.name == NAME:
            thread.join()
