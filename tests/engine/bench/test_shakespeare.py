"""The common score: which characters are held out, and that every one of their places counts once."""

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.bench.shakespeare import CONTEXT, halves, read, score
from engine.settings import Settings
from engine.training.batches import held_out_windows
from engine.training.model import Model
from engine.trouble import Trouble


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text("".join(chr(97 + (i * i // 7) % 26) for i in range(3000)), encoding="utf-8")
    return path


def test_the_last_tenth_is_held_out_without_a_gap(text):
    whole = text.read_text(encoding="utf-8")
    train, held_out = halves(text)
    assert train + held_out == whole
    assert len(train) == 2700
    found = read(text)
    assert found.alphabet == len(set(whole))
    letters = sorted(set(whole))
    assert "".join(letters[number] for number in found.held_out) == held_out


def test_tiny_shakespeare_has_the_windows_others_score():
    held_out = np.zeros(1_115_394 - int(0.9 * 1_115_394), np.uint16)
    assert held_out_windows(held_out, 64, most=len(held_out)).shape == (1742, 65)


def test_the_score_is_the_mean_over_every_place_of_every_window(text):
    found = read(text)
    model = Model(Settings(layers=1, heads=2, width=16, context=CONTEXT, attention="fused"), found.alphabet).eval()
    with torch.no_grad():
        for weight in model.parameters():
            weight.mul_(8.0)
    nats = []
    for first in range(0, len(found.held_out) - CONTEXT, CONTEXT):
        window = torch.from_numpy(found.held_out[first : first + CONTEXT + 1].astype(np.int64))
        chances = model(window[None, :-1])[0].softmax(-1)
        nats += [-chances[place, token].log().item() for place, token in enumerate(window[1:])]
    assert len(nats) == 4 * CONTEXT
    assert score(model, found.held_out) == pytest.approx(sum(nats) / len(nats), rel=1e-4)


def test_what_is_no_text_is_refused(tmp_path):
    (tmp_path / "short.txt").write_text("too short", encoding="utf-8")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for name, words in (("short.txt", "only 9 characters"), ("binary", "cannot be read"), ("none", "cannot be read")):
        with pytest.raises(Trouble, match=words):
            read(tmp_path / name)
