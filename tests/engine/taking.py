"""What a generator of progress comes to."""

from collections.abc import Generator
from typing import TypeVar

from engine.events import Progressed

R = TypeVar("R")


def taken(work: Generator[Progressed, None, R]) -> R:
    """The result, and nothing of the way there."""
    return told(work)[1]


def told(work: Generator[Progressed, None, R]) -> tuple[list[Progressed], R]:
    """All progress, and the result."""
    progress: list[Progressed] = []
    while True:
        try:
            progress.append(next(work))
        except StopIteration as end:
            return progress, end.value
