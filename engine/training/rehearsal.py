"""Steps of the real learner on made-up text, to find out how fast this machine takes them."""

from collections.abc import Callable
from functools import cached_property
from time import perf_counter, process_time

import numpy as np
import psutil
import torch

from engine.processor import usable_cores
from engine.settings import Settings
from engine.size import step_flops
from engine.training.device import Device
from engine.training.learner import Learner
from engine.training.objective import special_tokens

MOST_FLOPS = {"cpu": 3e9, "mps": 1e11, "cuda": 1e12}  # of a rehearsed step: some 50 ms
PEAK_SIDE = {"cpu": 1024, "mps": 2048, "cuda": 8192}  # of the matrices whose product is the peak
PEAK_TIMES = 8


class Rehearsal:
    """A run in small. Calling it makes one step."""

    def __init__(self, settings: Settings, vocabulary: int, device: Device) -> None:
        self._settings = in_small(settings, vocabulary, MOST_FLOPS[device.torch.type])
        self._vocabulary, self._device = vocabulary, device
        self.flops = step_flops(self._settings, vocabulary)

    def __call__(self, threads: int) -> float:
        """Seconds one step takes; reading a number waits for the device."""
        torch.set_num_threads(threads)
        learner = self._learner
        began = perf_counter()
        learner.correct().norm.item()
        return perf_counter() - began

    @cached_property
    def _learner(self) -> Learner:
        settings = self._settings
        ordinary = self._vocabulary - len(special_tokens(settings))
        count = (settings.batch_size + 2) * settings.context
        tokens = np.random.default_rng(0).integers(ordinary, size=count)
        return Learner(settings, [tokens], ordinary, 0, self._device.torch)


def in_small(settings: Settings, vocabulary: int, most: float) -> Settings:
    """As it is, or with fewer layers, windows, tokens and heads, until a step has at most `most` FLOPs."""
    part = -(-settings.batch_size // settings.micro_batches)
    small = settings.model_copy(update={"batch_size": part, "micro_batches": 1, "compiled": False, "weights": ()})
    for name, least in (("layers", 2), ("batch_size", 1), ("context", 64)):
        while step_flops(small, vocabulary) > most and getattr(small, name) > least:
            small = small.model_copy(update={name: max(least, getattr(small, name) // 2)})
    while step_flops(small, vocabulary) > most and small.heads % 2 == 0:
        halved = {name: getattr(small, name) // 2 for name in ("heads", "width")}
        small = small.model_copy(update={**halved, "key_value_heads": 0})
    return small


def matrix_peak(precision: str, threads: int, device: Device) -> float:
    """FLOP/s of a square matrix product, the best of several: what no training step can exceed."""
    torch.set_num_threads(threads)
    side, kind = PEAK_SIDE[device.torch.type], torch.bfloat16 if precision == "bf16" else torch.float32
    random = torch.Generator(device.torch).manual_seed(0)
    one_NN, other_NN = (torch.randn(side, side, generator=random, device=device.torch).to(kind) for _ in range(2))
    times = []
    for _ in range(PEAK_TIMES):
        began = perf_counter()
        torch.mm(one_NN, other_NN)[0, 0].item()
        times.append(perf_counter() - began)
    return float(2 * side**3 / min(times))


def cores_of_others() -> Callable[[], float]:
    """Begins to watch; what comes back tells how many cores other programs have used since, on average."""
    began, before = perf_counter(), _busy_with_others()
    return lambda: (_busy_with_others() - before) / max(perf_counter() - began, 1e-9)


def _busy_with_others() -> float:
    """Seconds of all cores since the machine was started."""
    times = psutil.cpu_times()
    waiting = times.idle + getattr(times, "iowait", 0.0) + getattr(times, "guest", 0.0)
    return float(sum(times) - waiting - process_time())


def thread_counts() -> list[int]:
    """All usable cores, which is what is taken without measuring, and every power of two below."""
    most = usable_cores()
    return [most, *(2**power for power in range(most.bit_length()) if 2**power < most)]
