"""Where it computes, with how many threads, and whether the model fits there."""

from typing import NamedTuple

import psutil
import torch

from engine.processor import usable_threads
from engine.settings import Settings
from engine.size import memory
from engine.trouble import Trouble

SPARE = 0.9  # of the free memory may be used


class Device(NamedTuple):
    torch: torch.device
    description: str  # for people: "CPU, 2 threads"


def choose_device(settings: Settings) -> Device:
    """The one asked for, or the fastest there is; sets torch's number of threads. Trouble if it is not there."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if settings.device != "auto" and not there[settings.device]:
        raise Trouble(
            f"This machine has no {settings.device.upper()} device that torch can use.", "Choose the device “auto”."
        )
    kind = settings.device if settings.device != "auto" else next(name for name, present in there.items() if present)
    torch.set_num_threads(settings.threads or usable_cores())
    if kind == "cpu":
        count = torch.get_num_threads()
        return Device(torch.device(kind), f"CPU, {count} thread{'s' if count > 1 else ''}")
    name = torch.cuda.get_device_name() if kind == "cuda" else "Apple GPU"
    return Device(torch.device(kind), name)


def usable_cores() -> int:
    """Physical cores this process may use; the second thread of a core only gets in the way."""
    return min(usable_threads(), psutil.cpu_count(logical=False) or usable_threads())


def require_memory(settings: Settings, vocabulary: int, device: Device) -> None:
    """Raises Trouble with the number of gigabytes when the run would not fit."""
    needed, free = memory(settings, vocabulary), free_memory(device)
    if needed > SPARE * free:
        raise Trouble(
            f"This model needs about {needed / 1e9:.1f} GB of memory, and {free / 1e9:.1f} GB are free.",
            "Choose fewer layers, a smaller width, context or batch.",
        )


def free_memory(device: Device) -> int:
    """Bytes."""
    if device.torch.type == "cuda":
        return int(torch.cuda.mem_get_info()[0])
    return int(psutil.virtual_memory().available)
