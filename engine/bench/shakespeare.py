"""The text and the score that small character models are compared by: its last tenth, in windows of 64, all places."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from engine.training.average import Average
from engine.training.batches import held_out_windows
from engine.training.model import Model, nats
from engine.training.objective import causal
from engine.trouble import Trouble

CONTEXT = 64
TRAIN = 0.9  # share of the characters that is learned from, without a gap before the rest
CHUNK = 67  # windows scored at once; 26 chunks make 1,742


class Text(NamedTuple):
    """Characters as numbers, in the order of their code points."""

    train: np.ndarray
    held_out: np.ndarray
    alphabet: int


def read(path: Path) -> Text:
    """Raises Trouble for what is no text of some length."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            f"{path} cannot be read: {error}.", "Give a UTF-8 text file: --corpus tinyshakespeare.txt."
        ) from error
    letters = {letter: number for number, letter in enumerate(sorted(set(text)))}
    tokens = np.array([letters[letter] for letter in text], np.uint16)
    cut = int(TRAIN * len(tokens))
    if len(tokens) - cut <= CONTEXT:
        raise Trouble(f"{path} has only {len(tokens):,} characters.", "Give a longer text.")
    return Text(tokens[:cut], tokens[cut:], len(letters))


@torch.inference_mode()
def score(model: Model | Average, held_out: np.ndarray) -> float:
    """Nats a character over all windows side by side, in fp32; the model must be in eval mode."""
    inputs_BT, targets_BT = causal(held_out_windows(held_out, CONTEXT, most=len(held_out)))
    pairs = zip(inputs_BT.split(CHUNK), targets_BT.split(CHUNK), strict=True)  # type: ignore[no-untyped-call]
    total = sum(nats(model(inputs), targets).item() for inputs, targets in pairs)
    return total / targets_BT.numel()
