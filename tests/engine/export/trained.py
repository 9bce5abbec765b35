"""Tiny models of every shape and tokenizer, as if they were trained, and run folders that hold one."""

from pathlib import Path

import torch

from engine.checkpoints import FOLDER, checkpoint_name
from engine.export.grown import Grown
from engine.settings import Settings
from engine.tokenizer.byte import ByteTokenizer
from engine.tokenizer.tokenizer import Tokenizer
from engine.training.checkpoint import write
from engine.training.model import Model
from engine.training.objective import special_tokens
from engine.training.snapshot import Snapshot
from engine.training.state import State, hash_of

SHAPES: dict[str, dict[str, object]] = {
    "modern": {"architecture": "modern"},
    "shared keys": {"architecture": "modern", "key_value_heads": 2, "tied": False},
    "one key": {"architecture": "modern", "key_value_heads": 1, "expansion": 3},
    "own heads": {"architecture": "modern", "head_width": 12, "hidden": 40, "rotation_base": 1e6},
    "gpt2": {"architecture": "gpt2"},
    "as published": {"architecture": "gpt2", "biases": True, "gelu": "tanh", "tied": False, "expansion": 2},
}


def small(**changes: object) -> Settings:
    known = {"layers": 2, "heads": 4, "width": 32, "context": 24, "threads": 1, "device": "cpu", "precision": "fp32"}
    return Settings(**{**known, **changes})


def stirred(settings: Settings, vocabulary: int) -> Model:
    """A model in which every weight does something."""
    model = Model(settings, vocabulary)
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(0.2 * torch.randn(weight.shape, generator=generator))
    return model.eval()


def trained(tokenizer: Tokenizer | None = None, **changes: object) -> Grown:
    settings, tokenizer = small(**changes), tokenizer or ByteTokenizer()
    special = special_tokens(settings)
    model = stirred(settings, len(tokenizer.vocabulary) + len(special))
    return Grown(model, settings, tokenizer, special, "amber-heron", 7, 7000, False)


def saved(run: Path, grown: Grown, step: int = 7, average: dict[str, torch.Tensor] | None = None) -> Path:
    """A run folder with this model as a checkpoint."""
    text = grown.tokenizer.to_json()
    state = State(
        name=grown.name, step=step, seen=(0,), last_batch=0, last_window=(0, 0), tokens_seen=grown.tokens_seen,
        annealed_at=None, time=1.0, looking=0.0, losses=(), gradient_norms=(), settings=grown.settings, device="cpu",
        precision="fp32", attention="fused", threads=1, threads_automatic=False, peak=1e9, chosen="", seed=0,
        corpus="", tokenizer=hash_of(text),
    )  # fmt: skip
    write(run / FOLDER / checkpoint_name(step), Snapshot(grown.weights, {}, average), text, state)
    return run
