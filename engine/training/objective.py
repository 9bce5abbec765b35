"""What is asked of a window of text: what comes next, what is hidden, or what fills a gap.

Each task is a pure function of the seed and the window's number: there is no generator whose state could be lost.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from engine.settings import Settings
from engine.special import GAP, SPECIAL
from engine.training.model import IGNORED

Tasks = Callable[[np.ndarray, int], tuple[Tensor, Tensor]]  # windows_BN, number of the first → inputs and targets_BT
GAP_SIGN = "___"  # in a prompt: what stands here is to be filled
REPLACED, SWAPPED = 0.8, 0.1  # of the chosen tokens; the rest stays as it is (BERT, Devlin et al. 2019)


def special_tokens(settings: Settings) -> tuple[str, ...]:
    """They stand after the tokenizer's own in the model's vocabulary."""
    return SPECIAL[settings.objective]


def tasks(settings: Settings, ordinary: int, end: int) -> Tasks:
    """How the windows of `settings.context` + 1 tokens become a task; `ordinary` is the tokenizer's vocabulary."""
    match settings.objective:
        case "masked":
            return lambda windows_BN, first: masked(windows_BN, first, settings, ordinary)
        case "infill":
            return lambda windows_BN, first: causal(infilled(windows_BN, first, settings, ordinary, end))
        case _:
            return lambda windows_BN, first: causal(windows_BN)


def causal(windows_BN: np.ndarray) -> tuple[Tensor, Tensor]:
    """Every token but the first is predicted from those before it."""
    both = torch.from_numpy(windows_BN)
    return both[:, :-1], both[:, 1:]


def masked(windows_BN: np.ndarray, first: int, settings: Settings, ordinary: int) -> tuple[Tensor, Tensor]:
    """Some tokens are hidden and predicted from all others; the last of each window is left out."""
    inputs_BT = windows_BN[:, :-1].copy()
    targets_BT = np.full_like(inputs_BT, IGNORED)
    for row, number in enumerate(range(first, first + len(inputs_BT))):
        random = np.random.default_rng((settings.seed, number, 1))
        chosen = random.random(inputs_BT.shape[1])
        fate = random.random(inputs_BT.shape[1])
        strangers_T = np.asarray(random.integers(ordinary, size=inputs_BT.shape[1]))
        asked = chosen < settings.masked_share
        targets_BT[row, asked] = inputs_BT[row, asked]
        inputs_BT[row, asked & (fate < REPLACED)] = ordinary  # the mask stands first after the ordinary ones
        swapped = asked & (fate >= REPLACED) & (fate < REPLACED + SWAPPED)
        inputs_BT[row, swapped] = strangers_T[swapped]
    return torch.from_numpy(inputs_BT), torch.from_numpy(targets_BT)


def infilled(windows_BN: np.ndarray, first: int, settings: Settings, ordinary: int, end: int) -> np.ndarray:
    """Some windows as prefix, suffix, middle, the end token (Bavarian et al. 2022), and the text that goes on.

    The text that goes on is of any length: a gap that always ended with the window would be filled up to there.
    """
    prefix, suffix, middle = range(ordinary, ordinary + len(GAP))
    made_BN = windows_BN.copy()
    length = windows_BN.shape[1] - len(GAP) - 1
    for row, number in enumerate(range(first, first + len(made_BN))):
        random = np.random.default_rng((settings.seed, number, 2))
        if random.random() < settings.infill_share:
            from_, to, stop = sorted(map(int, random.integers(length + 1, size=3)))
            text = made_BN[row, :length].copy()
            gap = [prefix, *text[:from_], suffix, *text[to:stop], middle, *text[from_:to], end]
            made_BN[row] = [*gap, *text[stop:]]
    return made_BN


def gap_prompt(before: np.ndarray, after: np.ndarray, ordinary: int, room: int) -> list[int]:
    """What a model that fills gaps is asked for the tokens between; of a long text the `room` tokens around the gap."""
    prefix, suffix, middle = range(ordinary, ordinary + len(GAP))
    room -= len(GAP)
    after = after[: max(room // 2, room - len(before))]
    before = before[max(0, len(before) + len(after) - room) :]
    return [prefix, *before.tolist(), suffix, *after.tolist(), middle]
