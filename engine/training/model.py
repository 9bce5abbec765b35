"""A decoder-only transformer that is small enough to read in one sitting.

Two dialects share the same skeleton. `modern`: rotary positions (RoFormer, Su et al. 2021), RMSNorm (Zhang & Sennrich
2019), normalised queries and keys (Henry et al. 2020), squared ReLU (So et al. 2021), projections that start at zero.
`gpt2`: learned positions, LayerNorm, GELU (Radford et al. 2019). Neither has biases; the output matrix is the token
embedding.

Letters of the shapes: B batch, T tokens, C channels (width), L layers, H heads, D channels of a head, V vocabulary.
"""

from math import sqrt

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.settings import Settings

ROTATION_BASE = 10_000.0
HIDDEN = 4  # the MLP is this many times wider than the stream


class Model(nn.Module):
    def __init__(self, settings: Settings, vocabulary: int) -> None:
        super().__init__()
        width = settings.width
        self.context = settings.context
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(settings.context, width) if settings.architecture == "gpt2" else None
        self.blocks = nn.ModuleList(Block(settings) for _ in range(settings.layers))
        self.norm = Norm(settings)
        self._initialise(settings)

    def forward(self, tokens_BT: Tensor, maps: list[Tensor] | None = None) -> Tensor:
        """Logits_BTV. With `maps`, attention is computed in the open and each layer appends its shares_BHTT."""
        x_BTC = self.tokens(tokens_BT)
        if self.positions is not None:
            x_BTC = x_BTC + self.positions.weight[: tokens_BT.shape[1]]
        for block in self.blocks:
            x_BTC = block(x_BTC, maps)
        return F.linear(self.norm(x_BTC), self.tokens.weight)

    def loss(self, inputs_BT: Tensor, targets_BT: Tensor) -> Tensor:
        """Mean cross-entropy in nats per token."""
        return F.cross_entropy(self(inputs_BT).flatten(0, 1), targets_BT.flatten())

    def _initialise(self, settings: Settings) -> None:
        """Every weight from one generator of its own, so that nothing else can change the start."""
        generator = torch.Generator().manual_seed(settings.seed)
        depth = sqrt(2 * settings.layers)
        for name, weight in self.named_parameters():
            if weight.dim() < 2:
                nn.init.ones_(weight)
            elif not name.endswith("back.weight"):
                nn.init.normal_(weight, std=0.02, generator=generator)
            elif settings.architecture == "modern":
                nn.init.zeros_(weight)  # each block begins as the identity
            else:
                nn.init.normal_(weight, std=0.02 / depth, generator=generator)


class Block(nn.Module):
    """x + attention, then x + MLP: the stream is only ever added to."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.attention_norm = Norm(settings)
        self.attention = Attention(settings)
        self.mlp_norm = Norm(settings)
        self.mlp = MLP(settings)

    def forward(self, x_BTC: Tensor, maps: list[Tensor] | None) -> Tensor:
        x_BTC = x_BTC + self.attention(self.attention_norm(x_BTC), maps)
        changed_BTC: Tensor = x_BTC + self.mlp(self.mlp_norm(x_BTC))
        return changed_BTC


class Attention(nn.Module):
    """Each token gathers from itself and earlier ones (Vaswani et al. 2017)."""

    cos_TD: Tensor
    sin_TD: Tensor

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.heads = settings.heads
        self.modern = settings.architecture == "modern"
        self.queries_keys_values = nn.Linear(settings.width, 3 * settings.width, bias=False)
        self.back = nn.Linear(settings.width, settings.width, bias=False)
        if self.modern:
            cos_TD, sin_TD = rotations(settings.context, settings.width // settings.heads)
            self.register_buffer("cos_TD", cos_TD, persistent=False)
            self.register_buffer("sin_TD", sin_TD, persistent=False)

    def forward(self, x_BTC: Tensor, maps: list[Tensor] | None) -> Tensor:
        B, T, C = x_BTC.shape
        split = self.queries_keys_values(x_BTC).view(B, T, 3, self.heads, C // self.heads)
        q_BHTD, k_BHTD, v_BHTD = split.permute(2, 0, 3, 1, 4).unbind(0)
        if self.modern:
            q_BHTD, k_BHTD = self._turned(q_BHTD), self._turned(k_BHTD)
        if maps is None:
            y_BHTD = F.scaled_dot_product_attention(q_BHTD, k_BHTD, v_BHTD, is_causal=True)
        else:
            shares_BHTT = attention_shares(q_BHTD, k_BHTD)
            maps.append(shares_BHTT)
            y_BHTD = shares_BHTT @ v_BHTD
        gathered_BTC: Tensor = self.back(y_BHTD.transpose(1, 2).reshape(B, T, C))
        return gathered_BTC

    def _turned(self, x_BHTD: Tensor) -> Tensor:
        """Unit size, then turned by an angle that grows with the position: only distances are felt."""
        T, D = x_BHTD.shape[-2:]
        x_BHTD = F.rms_norm(x_BHTD, (D,))
        swapped = torch.cat((-x_BHTD[..., D // 2 :], x_BHTD[..., : D // 2]), dim=-1)
        return x_BHTD * self.cos_TD[:T] + swapped * self.sin_TD[:T]


class MLP(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.modern = settings.architecture == "modern"
        self.out = nn.Linear(settings.width, HIDDEN * settings.width, bias=False)
        self.back = nn.Linear(HIDDEN * settings.width, settings.width, bias=False)

    def forward(self, x_BTC: Tensor) -> Tensor:
        hidden = self.out(x_BTC)
        out_BTC: Tensor = self.back(F.relu(hidden).square() if self.modern else F.gelu(hidden))
        return out_BTC


class Norm(nn.Module):
    """RMSNorm or LayerNorm with a learned gain."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.modern = settings.architecture == "modern"
        self.gain = nn.Parameter(torch.ones(settings.width))

    def forward(self, x_BTC: Tensor) -> Tensor:
        norm = F.rms_norm if self.modern else F.layer_norm
        return norm(x_BTC, self.gain.shape, self.gain)


def attention_shares(q_BHTD: Tensor, k_BHTD: Tensor) -> Tensor:
    """softmax(q k^T / sqrt(D)) over the past: what fused attention computes without ever showing it."""
    T, D = q_BHTD.shape[-2:]
    scores_BHTT = q_BHTD @ k_BHTD.transpose(-2, -1) / sqrt(D)
    future_TT = torch.ones(T, T, dtype=torch.bool, device=q_BHTD.device).triu(1)
    return scores_BHTT.masked_fill(future_TT, -torch.inf).softmax(-1)


def rotations(context: int, D: int) -> tuple[Tensor, Tensor]:
    """Cosine and sine_TD of every position and pair of channels."""
    speeds = ROTATION_BASE ** (-torch.arange(0, D, 2) / D)
    angles = torch.outer(torch.arange(context).float(), speeds)
    both = torch.cat((angles, angles), dim=-1)
    return both.cos(), both.sin()
