"""A learner of a few thousand numbers, for what is checked number by number."""

import numpy as np
import torch

from engine.settings import Settings
from engine.training.learner import Learner

ORDINARY = 20  # tokens of its tokenizer
END = 0
TOKENS = np.random.default_rng(0).integers(ORDINARY, size=3000).astype(np.uint16)
ARCHITECTURES = ("modern", "fast", "gpt2")
OBJECTIVES = ("causal", "masked", "infill")
OPTIMIZERS = ("adamw", "muon", "lion", "sgd")


def small_settings(**changes: object) -> Settings:
    known = {
        "layers": 2, "heads": 2, "width": 16, "context": 16, "batch_size": 4, "warmup": 2, "horizon": 40,
        "threads": 1, "device": "cpu", "precision": "fp32", "attention": "fused",
    }  # fmt: skip
    return Settings(**{**known, **changes})


def small_learner(**changes: object) -> Learner:
    return Learner(small_settings(**changes), [TOKENS], ORDINARY, END, torch.device("cpu"))


def weights(learner: Learner) -> dict[str, torch.Tensor]:
    return {name: weight.detach().clone() for name, weight in learner.model.named_parameters()}
