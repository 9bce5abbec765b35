"""A tiny world to train on: a few sentences again and again, so that a tiny model learns them in seconds."""

from pathlib import Path

import pytest
import torch

from engine.settings import Settings

SENTENCES = (
    "the cat sat on the mat.\n",
    "a dog ran to the old mill.\n",
    "the hen had a red hat.\n",
    "we saw the sun set.\n",
)


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "sentences.txt"
    path.write_text("".join(SENTENCES[(i * i + i // 3) % 4] for i in range(400)), encoding="utf-8")
    return path


@pytest.fixture
def tiny(text_file: Path) -> Settings:
    return Settings(
        corpus=str(text_file), tokenizer="character", layers=2, heads=2, width=32, context=32, batch_size=8,
        learning_rate=1e-2, warmup=5, horizon=200, validate_every=20, sample_every=20, sample_length=12,
        probe="the cat sat", prompt="the", threads=1, device="cpu",
    )  # fmt: skip
