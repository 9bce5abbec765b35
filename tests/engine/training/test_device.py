"""The device: named as it computes now, and a run that would not fit is refused with what would."""

import psutil
import pytest
import torch

from engine.settings import Settings
from engine.size import memory
from engine.training.device import Device, require_memory
from engine.trouble import Trouble

V = 1024
GB = 10**9
LARGE = Settings(layers=12, heads=6, width=768, context=512, batch_size=32, precision="fp32", attention="fused")


def test_the_description_has_the_threads_of_this_moment():
    device = Device(torch.device("cpu"), "CPU")
    torch.set_num_threads(2)
    assert device.description == "CPU, 2 threads"
    torch.set_num_threads(1)
    assert device.description == "CPU, 1 thread"
    assert Device(torch.device("cuda"), "A card").description == "A card"


def test_too_large_a_model_is_refused_with_gigabytes_and_what_fits(monkeypatch):
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"available": 8 * GB})())
    device = Device(torch.device("cpu"), "CPU")
    require_memory(Settings(), V, device)
    with pytest.raises(Trouble, match=r"needs about \d+\.\d GB of memory, and 8\.0 GB are free") as trouble:
        require_memory(LARGE.model_copy(update={"batch_size": 64}), V, device)
    assert "would fit, or the batch in" in trouble.value.advice


def test_what_a_run_holds_already_counts_as_its_own(monkeypatch):
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"available": 0})())
    device, held = Device(torch.device("cpu"), "CPU"), memory(Settings(), V)
    require_memory(Settings(), V, device, held)
    with pytest.raises(Trouble, match=r"and 0\.\d GB are free"):
        require_memory(LARGE, V, device, held)
