"""When to look into the model: often while everything changes, seldom later, and never for long."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

DENSITY = 100  # the pause between two looks is this fraction of the step
BUDGET = 0.06  # share of the training time for looks; with validation and samples it stays below a tenth


class Looks:
    """Times its own work. What it decides never touches the training itself."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds  # of everything that is no training: looks, validation, samples
        self._looking = 0.0  # of looks alone, which have a budget
        self._next = 0

    def due(self, step: int, time: float) -> bool:
        """Whether to look after `step` steps and `time` seconds of training."""
        return step >= self._next and self._looking <= BUDGET * time

    @contextmanager
    def timed(self, look_at: int | None = None) -> Iterator[None]:
        """Count the time of the block; `look_at` is the step when it is a look."""
        began = perf_counter()
        yield
        spent = perf_counter() - began
        self.seconds += spent
        if look_at is not None:
            self._looking += spent
            self._next = look_at + max(1, look_at // DENSITY)


def validation_due(step: int, every: int) -> bool:
    """Every `every` steps, and before that at 1, 2, 4, 8, 16 … so that a logarithmic axis has its points."""
    return step % every == 0 or (step < every and step.bit_count() == 1)
