"""A transformer that is small enough to read in one sitting.

Three dialects share one skeleton, which only ever adds to a stream of width C. `gpt2`: learned positions, LayerNorm,
GELU (Radford et al. 2019). `modern`: rotary positions (RoFormer, Su et al. 2021), RMSNorm (Zhang & Sennrich 2019),
normalised queries and keys (Henry et al. 2020), SwiGLU (Shazeer 2020), grouped queries (Ainslie et al. 2023); the exact
shape of Qwen3. `fast`: the same skeleton with what pays in a short run, see shortcuts.py. Nothing has biases, unless
gpt2 is asked for them as it was published.

Letters of the shapes: B batch, T tokens, C channels (width), L layers, H heads, G heads of keys and values, D channels
of a head, V vocabulary.
"""

from copy import deepcopy
from math import sqrt

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.settings import Settings
from engine.size import head_width, hidden_width, key_value_heads, queries_width
from engine.training.attention import BlockAttention
from engine.training.rms_norm import RMSNorm
from engine.training.shortcuts import Mixture, NGrams, TokenShift, soft_capped

SMALL = 0.02  # standard deviation of GPT-2's matrices at the start
EMBEDDING_SPREAD = 0.3  # of fast, which brings embeddings to unit size at once
IGNORED = -100  # a target that is not asked for


class Model(nn.Module):
    def __init__(self, settings: Settings, vocabulary: int) -> None:
        super().__init__()
        width, fast = settings.width, settings.architecture == "fast"
        self.context = settings.context
        self.causal = settings.objective != "masked"
        self.soft_cap = settings.soft_cap if fast else 0.0
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(settings.context, width) if settings.architecture == "gpt2" else None
        self.n_grams = NGrams(settings, vocabulary) if fast and settings.n_grams > 1 else None
        self.first_norm = norm(settings) if fast else nn.Identity()
        self.shift = TokenShift(width) if fast and settings.token_shift else nn.Identity()
        self.drop = Dropout(settings.dropout)
        self.blocks = nn.ModuleList(Block(settings, vocabulary, layer, self.drop) for layer in range(settings.layers))
        self.norm = norm(settings)
        self.head = None if settings.tied else nn.Linear(width, vocabulary, bias=False)
        self._initialise(settings)

    def forward(self, tokens_BT: Tensor, maps: list[Tensor] | None = None) -> Tensor:
        """Logits_BTV. With `maps`, attention is computed in the open and each layer appends its shares_BHTT."""
        x_BTC = self.tokens(tokens_BT)
        if self.positions is not None:
            x_BTC = x_BTC + self.positions.weight[: tokens_BT.shape[1]]
        if self.n_grams is not None:
            x_BTC = x_BTC + self.n_grams(tokens_BT).to(x_BTC.dtype)
        first_BTC = x_BTC = self.drop(self.shift(self.first_norm(x_BTC)))
        for block in self.blocks:
            x_BTC = block(x_BTC, first_BTC, tokens_BT, maps)
        logits_BTV = F.linear(self.norm(x_BTC), self.output)
        return soft_capped(logits_BTV, self.soft_cap) if self.soft_cap else logits_BTV

    @property
    def output(self) -> Tensor:
        """The matrix_VC that turns the stream into logits."""
        return self.tokens.weight if self.head is None else self.head.weight

    def dense(self) -> list[Tensor]:
        """All weights that every step moves: tables of n-grams are moved in a few rows at a time."""
        return list(self.named_dense().values())

    def named_dense(self) -> dict[str, Tensor]:
        """The same by name."""
        return {name: weight for name, weight in self.named_parameters() if not name.startswith("n_grams.")}

    def lowered(self) -> "Model":
        """A copy with numbers of 16 bits, that shares the tables of n-grams: too large to copy, quick to read."""
        tables, self.n_grams = self.n_grams, None
        copy = deepcopy(self).to(torch.bfloat16)
        copy.n_grams = self.n_grams = tables
        return copy

    def _initialise(self, settings: Settings) -> None:
        """Every matrix from one generator of its own, so that nothing else can change the start; gains begin at 1."""
        generator = torch.Generator().manual_seed(settings.seed)
        for name, weight in self.named_parameters():
            if weight.dim() < 2:
                if name.endswith(".bias"):  # torch begins with other numbers
                    nn.init.zeros_(weight)
                continue
            if spread := self._spread(name, weight, settings):
                nn.init.normal_(weight, std=spread, generator=generator)
            else:
                nn.init.zeros_(weight)

    def _spread(self, name: str, weight: Tensor, settings: Settings) -> float:
        """Standard deviation of a matrix at the start; at 0 a block is the identity, and a shortcut is nothing."""
        fast = settings.architecture == "fast"
        zero = settings.zero_projections if fast else settings.architecture == "modern"
        if name.startswith("n_grams.") or ".values." in name or (zero and name.endswith("back.weight")):
            return 0.0
        if fast and self.head is not None:  # what is multiplied by a head of its own may be large
            if name == "head.weight":
                return 0.0 if zero else SMALL
            return EMBEDDING_SPREAD if name == "tokens.weight" else 1 / sqrt(weight.shape[1])
        return SMALL / sqrt(2 * settings.layers) if name.endswith("back.weight") else SMALL


class Block(nn.Module):
    """x + attention, then x + MLP: the stream is only ever added to."""

    def __init__(self, settings: Settings, vocabulary: int, layer: int, drop: "Dropout") -> None:
        super().__init__()
        self.mixture = Mixture() if settings.architecture == "fast" and settings.first_stream else None
        self.attention_norm = norm(settings)
        self.attention = Attention(settings, vocabulary, layer, drop)
        self.mlp_norm = norm(settings)
        self.mlp = MLP(settings)
        self.drop = drop

    def forward(self, x_BTC: Tensor, first_BTC: Tensor, tokens_BT: Tensor, maps: list[Tensor] | None) -> Tensor:
        if self.mixture is not None:
            x_BTC = self.mixture(x_BTC, first_BTC)
        x_BTC = x_BTC + self.drop(self.attention(self.attention_norm(x_BTC), tokens_BT, maps))
        changed_BTC: Tensor = x_BTC + self.drop(self.mlp(self.mlp_norm(x_BTC)))
        return changed_BTC


class Attention(nn.Module):
    """Each token gathers from itself and earlier ones (Vaswani et al. 2017); from all, when tokens are masked."""

    def __init__(self, settings: Settings, vocabulary: int, layer: int, drop: "Dropout") -> None:
        super().__init__()
        self.H = settings.heads
        self.G = key_value_heads(settings)
        self.D = head_width(settings)
        self.causal = settings.objective != "masked"
        self.fused = settings.attention != "plain"
        biases = has_biases(settings)
        self.queries_keys_values = nn.Linear(settings.width, (self.H + 2 * self.G) * self.D, biases)
        self.back = nn.Linear(queries_width(settings), settings.width, biases)
        self.rotation = None if settings.architecture == "gpt2" else Rotation(settings)
        per_token = settings.architecture == "fast" and settings.value_embeddings and layer % 2 == 1
        self.values = nn.Embedding(vocabulary, self.G * self.D) if per_token else None
        self.drop = drop

    def forward(self, x_BTC: Tensor, tokens_BT: Tensor, maps: list[Tensor] | None) -> Tensor:
        B, T, _ = x_BTC.shape
        heads = self.queries_keys_values(x_BTC).view(B, T, self.H + 2 * self.G, self.D).transpose(1, 2)
        q_BHTD, k_BGTD, v_BGTD = heads.split((self.H, self.G, self.G), dim=1)
        if self.rotation is not None:
            q_BHTD, k_BGTD = self.rotation(q_BHTD, k_BGTD)
        if self.values is not None:
            v_BGTD = v_BGTD + self.values(tokens_BT).view(B, T, self.G, self.D).transpose(1, 2)
        gathered_BHTD = self._gathered(q_BHTD, k_BGTD, v_BGTD, maps)
        back_BTC: Tensor = self.back(gathered_BHTD.transpose(1, 2).flatten(2))
        return back_BTC

    def _gathered(self, q_BHTD: Tensor, k_BGTD: Tensor, v_BGTD: Tensor, maps: list[Tensor] | None) -> Tensor:
        in_the_open = maps is not None or (self.training and self.drop.share > 0)
        if self.fused and not in_the_open:
            shared = self.G != self.H
            return F.scaled_dot_product_attention(q_BHTD, k_BGTD, v_BGTD, is_causal=self.causal, enable_gqa=shared)
        k_BHTD, v_BHTD = (x.repeat_interleave(self.H // self.G, dim=1) for x in (k_BGTD, v_BGTD))
        if self.causal and not in_the_open:
            heads = (x.flatten(0, 1).contiguous() for x in (q_BHTD, k_BHTD, v_BHTD))
            written_out: Tensor = BlockAttention.apply(*heads).view(q_BHTD.shape)  # type: ignore[no-untyped-call]
            return written_out
        shares_BHTT = attention_shares(q_BHTD, k_BHTD, self.causal)
        if maps is not None:
            maps.append(shares_BHTT)
        gathered_BHTD: Tensor = self.drop(shares_BHTT) @ v_BHTD
        return gathered_BHTD


class Rotation(nn.Module):
    """Queries and keys of unit size, turned by an angle that grows with the position: only distances are felt."""

    cos_TD: Tensor
    sin_TD: Tensor

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        D, gains = head_width(settings), settings.architecture == "modern"
        self.query_norm, self.key_norm = RMSNorm(D, gains), RMSNorm(D, gains)
        speeds = settings.rotation_base ** (-torch.arange(0, D, 2) / D)
        angles = torch.outer(torch.arange(settings.context).float(), speeds).repeat(1, 2)
        self.register_buffer("cos_TD", angles.cos(), persistent=False)
        self.register_buffer("sin_TD", angles.sin(), persistent=False)

    def forward(self, q_BHTD: Tensor, k_BGTD: Tensor) -> tuple[Tensor, Tensor]:
        return self._turned(self.query_norm(q_BHTD)), self._turned(self.key_norm(k_BGTD))

    def _turned(self, x_BHTD: Tensor) -> Tensor:
        T, D = x_BHTD.shape[-2:]
        swapped = torch.cat((-x_BHTD[..., D // 2 :], x_BHTD[..., : D // 2]), dim=-1)
        return x_BHTD * self.cos_TD[:T] + swapped * self.sin_TD[:T]


class MLP(nn.Module):
    """What each token makes of what it has gathered, alone."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width, hidden, biases = settings.width, hidden_width(settings), has_biases(settings)
        self.kind = activation(settings)
        self.out = nn.Linear(width, 2 * hidden if self.kind == "swiglu" else hidden, biases)
        self.back = nn.Linear(hidden, width, biases)

    def forward(self, x_BTC: Tensor) -> Tensor:
        hidden = self.out(x_BTC)
        match self.kind:
            case "swiglu":
                gate, up = hidden.chunk(2, dim=-1)
                hidden = F.silu(gate) * up
            case "relu_squared":
                hidden = F.relu(hidden).square()
            case "gelu_tanh":
                hidden = F.gelu(hidden, approximate="tanh")
            case _:
                hidden = F.gelu(hidden)
        out_BTC: Tensor = self.back(hidden)
        return out_BTC


class Dropout(nn.Module):
    """Numbers set to 0 at random (Srivastava et al. 2014), seeded anew for every batch: no state that could be lost."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.generator: torch.Generator | None = None

    def seed(self, numbers: tuple[int, ...], device: torch.device) -> None:
        """From all of `numbers`: torch itself looks at the last 32 bits of a seed only."""
        if self.share:
            mixed = int(np.random.SeedSequence(numbers).generate_state(1)[0])
            self.generator = torch.Generator(device).manual_seed(mixed)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        kept = torch.empty_like(x).bernoulli_(1 - self.share, generator=self.generator)
        return x * kept / (1 - self.share)


def nats(logits_BTV: Tensor, targets_BT: Tensor) -> Tensor:
    """Sum of the cross-entropy over the targets that are asked for, in nats; 0 where none is."""
    logits_PV = logits_BTV.flatten(0, 1).float()
    return F.cross_entropy(logits_PV, targets_BT.flatten(), ignore_index=IGNORED, reduction="sum")


def norm(settings: Settings) -> nn.Module:
    """RMSNorm, or LayerNorm, mostly without a bias; in fast without a gain as well."""
    if settings.architecture == "gpt2":
        return nn.LayerNorm(settings.width, bias=settings.biases)
    return RMSNorm(settings.width, gains=settings.architecture == "modern")


def activation(settings: Settings) -> str:
    """What stands between the two matrices of the MLP."""
    if settings.architecture == "modern":
        return "swiglu"
    if settings.architecture == "gpt2" and settings.gelu == "tanh":
        return "gelu_tanh"
    return "relu_squared" if settings.architecture == "fast" and settings.relu_squared else "gelu"


def has_biases(settings: Settings) -> bool:
    """Whether every matrix of a block adds a number to each channel."""
    return settings.architecture == "gpt2" and settings.biases


def attention_shares(q_BHTD: Tensor, k_BHTD: Tensor, causal: bool = True) -> Tensor:
    """softmax(q k^T / sqrt(D)) over the past: what fused attention computes without ever showing it."""
    T, D = q_BHTD.shape[-2:]
    scores_BHTT = q_BHTD @ k_BHTD.transpose(-2, -1) / sqrt(D)
    if causal:
        future_TT = torch.ones(T, T, dtype=torch.bool, device=q_BHTD.device).triu(1)
        scores_BHTT = scores_BHTT.masked_fill(future_TT, -torch.inf)
    return scores_BHTT.softmax(-1)
