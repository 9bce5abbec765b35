"""What the model expects at each place of a text, and what it looks at: without a gradient."""

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
    return ranked(model(as_row(model, tokens_N))[0], tokens_N[1:])


@torch.inference_mode()
def expect_masked(model: Model, tokens_N: np.ndarray, mask: int) -> Expectation:
    """The same from both sides: each token in turn is hidden; N is less than the model's context."""
    T = len(tokens_N) - 1
    hidden_TN = np.tile(tokens_N, (T, 1))
    hidden_TN[np.arange(T), np.arange(1, T + 1)] = mask
    places = torch.arange(T)
    inside_TV = model(as_rows(model, hidden_TN))[places, places + 1]
    after_1V = model(as_row(model, np.append(tokens_N, mask)))[:, -1]
    return ranked(torch.cat((inside_TV, after_1V)), tokens_N[1:])


@torch.inference_mode()
def expect_hidden(model: Model, inputs_T: np.ndarray, targets_T: np.ndarray, ignored: int) -> Expectation:
    """What the model makes of the hidden places of a window it was trained on; there is nothing after it."""
    logits_TV = model(as_row(model, inputs_T))[0]
    asked_T = targets_T != ignored
    losses_T, guesses_NK, chances_NK = ranked(logits_TV[[*range(len(logits_TV)), -1]], np.where(asked_T, targets_T, 0))
    chances_NK[-1] = 0
    return Expectation(np.where(asked_T, losses_T, np.float32(np.nan)), guesses_NK, chances_NK)


@torch.inference_mode()
def attend(model: Model, tokens_N: np.ndarray) -> np.ndarray:
    """Attention_LHNN: uint16, 65535 is a share of 1. Its memory grows with the square of N."""
    maps: list[Tensor] = []
    model(as_row(model, tokens_N), maps)
    attention = torch.stack([shares_1HNN[0] for shares_1HNN in maps]).float().nan_to_num(0.0)
    return (attention * ALL).round().cpu().numpy().astype(np.uint16)


def ranked(logits_NV: Tensor, tokens_T: np.ndarray) -> Expectation:
    """The likeliest tokens of each row, and the loss of each row but the last against `tokens_T`."""
    log_chances_NV = logits_NV.float().log_softmax(-1)
    truth_T1 = torch.from_numpy(tokens_T.astype(np.int64))[:, None].to(logits_NV.device)
    losses_T = -log_chances_NV[:-1].gather(1, truth_T1)[:, 0]
    best = log_chances_NV.topk(min(GUESSES, log_chances_NV.shape[1]), dim=-1)
    return Expectation(losses_T.cpu().numpy(), best.indices.int().cpu().numpy(), best.values.exp().cpu().numpy())


def as_row(model: Model, tokens_N: np.ndarray) -> Tensor:
    """One text as a batch, where the model is."""
    return as_rows(model, tokens_N[None])


def as_rows(model: Model, tokens_BN: np.ndarray) -> Tensor:
    """Several of the same length."""
    return torch.from_numpy(tokens_BN.astype(np.int64)).to(model.tokens.weight.device)
