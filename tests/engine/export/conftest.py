"""Other people's libraries look up nothing, compute with one thread, and leave no thread behind."""

from collections.abc import Iterator

import pytest
import torch
from tqdm import tqdm


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("TRANSFORMERS_OFFLINE", "1")
    monkeypatch.setattr(tqdm, "monitor_interval", 0)  # or it starts a thread that watches over bars
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
