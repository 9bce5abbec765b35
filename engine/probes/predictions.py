"""What the model expects at each place of a text, and what it looks at: one explicit pass, without a gradient."""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from engine.training.model import Model

GUESSES = 10
ALL = np.iinfo(np.uint16).max  # stands for a share of 1


class Expectation(NamedTuple):
    """T tokens, N = T + 1 places, K guesses, L layers, H heads; see events.Predicted."""

    losses_T: np.ndarray
    guesses_NK: np.ndarray
    chances_NK: np.ndarray
    attention_LHNN: np.ndarray  # uint16, 65535 is a share of 1


@torch.inference_mode()
def expect(model: Model, tokens_N: np.ndarray) -> Expectation:
    """`tokens_N` begins with one token that is not predicted; at most the model's context."""
    inputs_1N = torch.from_numpy(tokens_N.astype(np.int64))[None].to(model.tokens.weight.device)
    maps: list[Tensor] = []
    logits_NV = model(inputs_1N, maps)[0].float()
    log_chances_NV = logits_NV.log_softmax(-1)
    targets_T1 = inputs_1N[0, 1:, None]
    losses_T = -log_chances_NV[:-1].gather(1, targets_T1)[:, 0]
    best = log_chances_NV.topk(min(GUESSES, logits_NV.shape[1]), dim=-1)
    attention = torch.stack([shares_1HNN[0] for shares_1HNN in maps])
    return Expectation(
        losses_T.cpu().numpy(),
        best.indices.int().cpu().numpy(),
        best.values.exp().cpu().numpy(),
        (attention * ALL).round().cpu().numpy().astype(np.uint16),
    )
