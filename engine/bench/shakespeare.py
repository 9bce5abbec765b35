"""The text and the score that small character models are compared by: its last tenth, in windows of 64, all places."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from engine.training import checkpoint
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
    train, held_out = halves(path)
    letters = {letter: number for number, letter in enumerate(sorted(set(train + held_out)))}
    learned, rest = (np.array([letters[letter] for letter in half], np.uint16) for half in (train, held_out))
    return Text(learned, rest, len(letters))


def halves(path: Path) -> tuple[str, str]:
    """What is learned from, and the rest."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{path} cannot be read: {error}.", "Give a UTF-8 text: --corpus tinyshakespeare.txt.") from error
    cut = int(TRAIN * len(text))
    if len(text) - cut <= CONTEXT:
        raise Trouble(f"{path} has only {len(text):,} characters.", "Give a longer text.")
    return text[:cut], text[cut:]


def score_saved(folder: Path, corpus: Path) -> float:
    """The same score for the model of a checkpoint, whose tokens are characters."""
    saved = checkpoint.read(folder)
    model = Model(saved.state.settings, len(saved.tokenizer.vocabulary)).eval()
    model.load_state_dict(saved.tensors.model)
    return score(model, saved.tokenizer.encode(halves(corpus)[1]))


@torch.inference_mode()
def score(model: Model | Average, held_out: np.ndarray) -> float:
    """Nats a character over all windows side by side, in fp32; the model must be in eval mode."""
    inputs_BT, targets_BT = causal(held_out_windows(held_out, CONTEXT, most=len(held_out)))
    pairs = zip(inputs_BT.split(CHUNK), targets_BT.split(CHUNK), strict=True)  # type: ignore[no-untyped-call]
    total = sum(nats(model(inputs), targets).item() for inputs, targets in pairs)
    return total / targets_BT.numel()
