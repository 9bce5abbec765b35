"""What the model writes by itself, token by token. One sampler for every use, with a generator of its own."""

from typing import NamedTuple

import torch
from torch import Tensor

from engine.training.model import Model


class Choice(NamedTuple):
    """How a token is chosen. Temperature 0 takes the likeliest; top_k 0 and top_p 1 leave every token in."""

    temperature: float
    top_k: int
    top_p: float
    seed: int


@torch.inference_mode()
def write(
    model: Model, prompt: list[int], length: int, how: Choice, end: int, ordinary: int, mask: int | None = None
) -> list[int]:
    """At most `length` new tokens after `prompt`; stops before the end token. Equal arguments, equal text.

    Only the first `ordinary` tokens are written. A model of hidden tokens is asked for one behind the text: `mask`.
    """
    room, asked = (model.context, []) if mask is None else (model.context - 1, [mask])
    device = model.tokens.weight.device
    random = torch.Generator().manual_seed(how.seed)
    tokens = list(prompt)
    for _ in range(length):
        seen_1T = torch.tensor([tokens[-room:] + asked], device=device)
        logits_V = model(seen_1T)[0, -1, :ordinary].float().cpu()
        if not logits_V.isfinite().all():  # a model that has diverged says nothing
            break
        token = choose(logits_V, how, random)
        if token == end:
            break
        tokens.append(token)
    return tokens[len(prompt) :]


def choose(logits_V: Tensor, how: Choice, random: torch.Generator) -> int:
    """One token."""
    if how.temperature == 0:
        return int(logits_V.argmax())
    chances, tokens = (logits_V / how.temperature).softmax(-1).sort(descending=True, stable=True)
    if how.top_k:
        chances[how.top_k :] = 0
    before = chances.cumsum(-1) - chances
    chances[before >= how.top_p * chances.sum()] = 0  # the first always stays
    return int(tokens[torch.multinomial(chances, 1, generator=random)])
