"""What the architecture “fast” adds to the skeleton: each pays in a short run, and each can be switched off.

docs/fast.md has the measured effect of each.
"""

import torch
from torch import Tensor, nn, zeros

from engine.settings import Settings
from engine.size import n_gram_rows

PRIME = 2**31 - 1  # keeps the numbers of long n-grams from overflowing


class NGrams(nn.Module):
    """A row for the last two, three … tokens together, added to the embedding of the last."""

    def __init__(self, settings: Settings, vocabulary: int) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.orders = range(2, settings.n_grams + 1)
        shapes = ((n_gram_rows(vocabulary, order), settings.width) for order in self.orders)
        self.tables = nn.ModuleList(table(*shape) for shape in shapes)

    def forward(self, tokens_BT: Tensor) -> Tensor:
        """Sum over the orders, BTC; before the first token stands token 0."""
        numbers_BT, total_BTC = tokens_BT, torch.zeros((), device=tokens_BT.device)
        for order, rows in zip(self.orders, self.tables, strict=True):
            earlier_BT = nn.functional.pad(tokens_BT, (order - 1, 0))[:, : tokens_BT.shape[1]]
            numbers_BT = (numbers_BT * self.vocabulary + earlier_BT) % PRIME
            total_BTC = total_BTC + rows(numbers_BT % n_gram_rows(self.vocabulary, order))
        return total_BTC


def table(rows: int, width: int) -> nn.Embedding:
    """All zeros, without the time it would take to draw them first."""
    made: nn.Embedding = nn.Embedding.from_pretrained(zeros(rows, width), freeze=False, sparse=True)  # type: ignore[no-untyped-call]
    return made


class TokenShift(nn.Module):
    """x + s x(before): each channel learns how much of the token before it wants to see."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.shares = nn.Parameter(torch.zeros(width))

    def forward(self, x_BTC: Tensor) -> Tensor:
        return x_BTC + self.shares * nn.functional.pad(x_BTC, (0, 0, 1, 0))[:, :-1]


class Mixture(nn.Module):
    """a x + b x0: the stream, and the embedding it began with, in learned shares."""

    def __init__(self) -> None:
        super().__init__()
        self.shares = nn.Parameter(torch.tensor([1.0, 0.0]))

    def forward(self, x_BTC: Tensor, first_BTC: Tensor) -> Tensor:
        return self.shares[0] * x_BTC + self.shares[1] * first_BTC


def soft_capped(logits: Tensor, cap: float) -> Tensor:
    """Between -cap and cap, and unchanged near 0 (Gemma 2, 2024)."""
    return cap * torch.tanh(logits / cap)
