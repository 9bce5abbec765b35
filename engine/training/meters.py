"""What training costs: speed, arithmetic, memory, time left and energy."""

from math import nan
from time import process_time
from typing import NamedTuple

import psutil
import torch

from engine.events import Metered
from engine.size import training_flops
from engine.training.choices import Chosen
from engine.training.energy import Energy, energy

EVERY = 1.0  # seconds of training between two readings


class Mark(NamedTuple):
    """Where an interval begins."""

    step: int
    time: float
    tokens: int


class Meters:
    """After a resume the first interval begins where training goes on, and energy goes on from `joules`."""

    def __init__(self, chosen: Chosen, vocabulary: int, counter: Energy | None = None, joules: float = 0.0) -> None:
        self._peak = chosen.peak
        self._device = chosen.settings.device
        self._flops = training_flops(chosen.settings, vocabulary)  # of a token
        self._worked, self._began = 0.0, process_time()
        self._energy = counter or energy(self._device, cpu_clock=self._processor_time)
        self.joules = joules  # since the run began
        self._process = psutil.Process()
        self._last: Mark | None = None

    def begin(self, alone: bool) -> None:
        """A step begins. Of a run that is not alone, what the process did since the last one was another's work."""
        if not alone:
            self._began = process_time()

    def _processor_time(self) -> float:
        """Seconds on processor cores within the steps of this run."""
        now = process_time()
        self._worked, self._began = self._worked + now - self._began, now
        return self._worked

    def read(self, step: int, time: float, tokens: int, last_step: int) -> tuple[Metered, ...]:
        """A reading, if the last one is old enough; `tokens` and `time` are those since the run began."""
        self._processor_time()
        last = self._last
        if last is None or step < last.step:  # a rewind begins anew
            self._last = Mark(step, time, tokens)
            return ()
        seconds = time - last.time
        if seconds < EVERY:
            return ()
        self._last = Mark(step, time, tokens)
        self.joules += self._energy.spent(seconds)
        speed = (tokens - last.tokens) / seconds
        flops = speed * self._flops
        left = max(0, last_step - step) * seconds / (step - last.step)
        utilisation = flops / self._peak if self._peak else nan
        measured = int(self._energy.measured)
        return (Metered(step, time, speed, flops, utilisation, self._memory(), left, self.joules, measured),)

    def _memory(self) -> int:
        """Bytes: of the card at its highest, of the process at this moment."""
        if self._device == "cuda":
            return int(torch.cuda.max_memory_allocated())
        return int(self._process.memory_info().rss)
