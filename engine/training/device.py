"""Where it computes, with how many threads, and whether the model fits there."""

from typing import NamedTuple

import psutil
import torch

from engine.fitting import what_fits
from engine.processor import usable_cores
from engine.settings import Settings
from engine.size import memory
from engine.trouble import Trouble

SPARE = 0.9  # of the free memory may be used


class Device(NamedTuple):
    torch: torch.device
    name: str

    @property
    def description(self) -> str:
        """For people, as it is now: "CPU, 2 threads"."""
        if self.torch.type != "cpu":
            return self.name
        count = torch.get_num_threads()
        return f"{self.name}, {count} thread{'s' if count > 1 else ''}"


def choose_device(settings: Settings) -> Device:
    """The one asked for, or the fastest there is; sets torch's number of threads. Trouble if it is not there."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if settings.device != "auto" and not there[settings.device]:
        raise Trouble(
            f"This machine has no {settings.device.upper()} device that torch can use.", "Choose the device “auto”."
        )
    kind = settings.device if settings.device != "auto" else next(name for name, present in there.items() if present)
    torch.get_num_threads()  # a thread that has not asked yet would take over the number of another run
    torch.set_num_threads(settings.threads or usable_cores())
    names = {"cpu": "CPU", "mps": "Apple GPU"}
    return Device(torch.device(kind), torch.cuda.get_device_name() if kind == "cuda" else names[kind])


def require_memory(settings: Settings, vocabulary: int, device: Device, held: int = 0) -> None:
    """Raises Trouble with the number of gigabytes, and what would fit, when the run would not; it has `held` bytes."""
    needed, free = memory(settings, vocabulary), free_memory(device)
    if needed - held > SPARE * free:
        raise Trouble(
            f"This model needs about {needed / 1e9:.1f} GB of memory, and {(free + held) / 1e9:.1f} GB are free.",
            what_fits(settings, vocabulary, int(SPARE * free) + held),
        )


def free_memory(device: Device) -> int:
    """Bytes."""
    if device.torch.type == "cuda":
        return int(torch.cuda.mem_get_info()[0])
    return int(psutil.virtual_memory().available)
