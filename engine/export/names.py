"""What our weights are called in the files of `transformers`, one table for the way out and the way in.

`gpt2` is its GPT2LMHeadModel, which keeps its matrices transposed and has biases; `modern` is its Qwen3ForCausalLM,
which keeps apart what is one matrix here. The rows of a matrix of ours follow one another in the order of `theirs`.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import torch
from torch import Tensor

from engine.settings import Settings
from engine.size import head_width, hidden_width, key_value_heads, queries_width
from engine.trouble import Trouble

AS_PUBLISHED = "Choose a model that is whole."


class Place(NamedTuple):
    """One weight of ours, and where it lies in a folder of `transformers`."""

    ours: str
    theirs: tuple[str, ...]
    rows: tuple[int, ...] = ()  # of ours that lie in each of theirs, where there are several
    transposed: bool = False
    bias: bool = False  # may be lacking in ours, which is the same as zeros

    @property
    def axes(self) -> int:
        """Of each weight: gains and biases are rows of numbers, all else is a matrix."""
        return 1 if self.bias or "norm" in self.ours else 2


def places(settings: Settings) -> tuple[Place, ...]:
    """All weights of a model, in the order of its layers. Trouble for an architecture that only we have."""
    match settings.architecture:
        case "gpt2":
            return tuple(_gpt2(settings))
        case "modern":
            return tuple(_modern(settings))
    raise Trouble(f"No other program knows the architecture {settings.architecture}.", "Use modern or gpt2.")


def to_theirs(ours: Mapping[str, Tensor], settings: Settings) -> dict[str, Tensor]:
    """Our weights under their names and in their layout; biases they have and we lack are zeros."""
    theirs: dict[str, Tensor] = {}
    for place in places(settings):
        if place.bias and place.ours not in ours:
            weight = ours[place.ours.replace(".bias", ".weight")]
            theirs[place.theirs[0]] = torch.zeros(weight.shape[0], dtype=weight.dtype)
            continue
        whole = ours[place.ours]
        parts = torch.split(whole, list(place.rows)) if place.rows else (whole,)
        for name, part in zip(place.theirs, parts, strict=True):
            theirs[name] = (part.T if place.transposed else part).contiguous()
    return theirs


def to_ours(theirs: Mapping[str, Tensor], settings: Settings) -> dict[str, Tensor]:
    """The way back, without biases that are zeros where we have none.

    Trouble that names a weight that is lacking, or one of several that has other rows than it must have.
    """
    ours: dict[str, Tensor] = {}
    for place in places(settings):
        if lacking := [name for name in place.theirs if name not in theirs]:
            if place.bias:
                continue
            raise Trouble(f"The weight {lacking[0]} is lacking.", AS_PUBLISHED)
        _require_parts(place, theirs)
        parts = [theirs[name].T if place.transposed else theirs[name] for name in place.theirs]
        whole = torch.cat(parts) if len(parts) > 1 else parts[0].contiguous()
        if not place.bias or settings.biases or bool(whole.any()):
            ours[place.ours] = whole
    return ours


def _require_parts(place: Place, theirs: Mapping[str, Tensor]) -> None:
    """Put together they could look right though they are not."""
    for name in place.theirs:
        if theirs[name].dim() != place.axes:
            raise Trouble(f"The weight {name} has {theirs[name].dim()} axes, not {place.axes}.", AS_PUBLISHED)
    for name, rows in zip(place.theirs, place.rows, strict=False):
        if theirs[name].shape[0] != rows:
            raise Trouble(f"The weight {name} has {theirs[name].shape[0]:,} rows, not {rows:,}.", AS_PUBLISHED)


def _gpt2(settings: Settings) -> Iterator[Place]:
    yield Place("tokens.weight", ("transformer.wte.weight",))
    yield Place("positions.weight", ("transformer.wpe.weight",))
    for layer in range(settings.layers):
        our, their = f"blocks.{layer}", f"transformer.h.{layer}"
        yield from _with_bias(f"{our}.attention_norm", f"{their}.ln_1")
        yield from _with_bias(f"{our}.attention.queries_keys_values", f"{their}.attn.c_attn", transposed=True)
        yield from _with_bias(f"{our}.attention.back", f"{their}.attn.c_proj", transposed=True)
        yield from _with_bias(f"{our}.mlp_norm", f"{their}.ln_2")
        yield from _with_bias(f"{our}.mlp.out", f"{their}.mlp.c_fc", transposed=True)
        yield from _with_bias(f"{our}.mlp.back", f"{their}.mlp.c_proj", transposed=True)
    yield from _with_bias("norm", "transformer.ln_f")
    yield from _head(settings)


def _with_bias(our: str, their: str, transposed: bool = False) -> Iterator[Place]:
    yield Place(f"{our}.weight", (f"{their}.weight",), transposed=transposed)
    yield Place(f"{our}.bias", (f"{their}.bias",), bias=True)


def _modern(settings: Settings) -> Iterator[Place]:
    keys = key_value_heads(settings) * head_width(settings)
    hidden = hidden_width(settings)
    yield Place("tokens.weight", ("model.embed_tokens.weight",))
    for layer in range(settings.layers):
        our, their = f"blocks.{layer}", f"model.layers.{layer}"
        apart = tuple(f"{their}.self_attn.{one}_proj.weight" for one in "qkv")
        gated = (f"{their}.mlp.gate_proj.weight", f"{their}.mlp.up_proj.weight")
        yield Place(f"{our}.attention_norm.weight", (f"{their}.input_layernorm.weight",))
        yield Place(f"{our}.attention.queries_keys_values.weight", apart, (queries_width(settings), keys, keys))
        yield Place(f"{our}.attention.rotation.query_norm.weight", (f"{their}.self_attn.q_norm.weight",))
        yield Place(f"{our}.attention.rotation.key_norm.weight", (f"{their}.self_attn.k_norm.weight",))
        yield Place(f"{our}.attention.back.weight", (f"{their}.self_attn.o_proj.weight",))
        yield Place(f"{our}.mlp_norm.weight", (f"{their}.post_attention_layernorm.weight",))
        yield Place(f"{our}.mlp.out.weight", gated, (hidden, hidden))
        yield Place(f"{our}.mlp.back.weight", (f"{their}.mlp.down_proj.weight",))
    yield Place("norm.weight", ("model.norm.weight",))
    yield from _head(settings)


def _head(settings: Settings) -> Iterator[Place]:
    if not settings.tied:
        yield Place("head.weight", ("lm_head.weight",))
