"""What training costs: speed, arithmetic, memory, time left and energy."""

from engine.events import Metered
from engine.training.choices import Chosen

EVERY = 1.0  # seconds of training between two readings


class Meters:
    def __init__(self, chosen: Chosen, vocabulary: int) -> None:
        self._chosen, self._vocabulary = chosen, vocabulary

    def read(self, step: int, time: float, tokens: int, last_step: int) -> tuple[Metered, ...]:
        """A reading, if the last one is old enough; `tokens` and `time` are those since the run began."""
        return ()
