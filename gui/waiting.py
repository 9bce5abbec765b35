"""Letting the event loop run until something has happened, for commands that drive the window themselves."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QEventLoop, QTimer


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
