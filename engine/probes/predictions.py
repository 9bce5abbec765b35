"""What the model expects at each place of a text, and what it looks at: one pass, without a gradient."""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from engine.training.model import Model

GUESSES = 10
ALL = np.iinfo(np.uint16).max  # stands for a share of 1


class Expectation(NamedTuple):
    """T tokens, N = T + 1 places, K guesses; see events.Predicted."""

    losses_T: np.ndarray
    guesses_NK: np.ndarray
    chances_NK: np.ndarray


@torch.inference_mode()
def expect(model: Model, tokens_N: np.ndarray) -> Expectation:
    """`tokens_N` begins with one token that is not predicted; at most the model's context."""
    return _expected(model, tokens_N, None)


@torch.inference_mode()
def expect_and_attend(model: Model, tokens_N: np.ndarray) -> tuple[Expectation, np.ndarray]:
    """The same, and attention_LHNN: uint16, 65535 is a share of 1. Its memory grows with the square of N."""
    maps: list[Tensor] = []
    expectation = _expected(model, tokens_N, maps)
    attention = torch.stack([shares_1HNN[0] for shares_1HNN in maps]).nan_to_num(0.0)
    return expectation, (attention * ALL).round().cpu().numpy().astype(np.uint16)


def _expected(model: Model, tokens_N: np.ndarray, maps: list[Tensor] | None) -> Expectation:
    inputs_1N = torch.from_numpy(tokens_N.astype(np.int64))[None].to(model.tokens.weight.device)
    log_chances_NV = model(inputs_1N, maps)[0].float().log_softmax(-1)
    losses_T = -log_chances_NV[:-1].gather(1, inputs_1N[0, 1:, None])[:, 0]
    best = log_chances_NV.topk(min(GUESSES, log_chances_NV.shape[1]), dim=-1)
    return Expectation(losses_T.cpu().numpy(), best.indices.int().cpu().numpy(), best.values.exp().cpu().numpy())
