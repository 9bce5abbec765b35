"""A folder as `transformers` keeps models: GPT2LMHeadModel or Qwen3ForCausalLM, with weights, tokenizer and a card."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine.export.card import card
from engine.export.grown import Grown
from engine.export.names import to_ours, to_theirs
from engine.export.tokenizer_json import tokenizer_config, tokenizer_file
from engine.settings import Settings
from engine.size import head_width, hidden_width, key_value_heads
from engine.training.rms_norm import EPSILON
from engine.trouble import Trouble

WEIGHTS = "model.safetensors"
FILES = {WEIGHTS, "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "README.md"}
LAYER_NORM_EPSILON = 1e-5  # torch's own
GELU = {"exact": "gelu", "tanh": "gelu_new"}


def write(model: Grown, folder: Path) -> None:
    """Fill a folder that is empty."""
    file = tokenizer_file(model.tokenizer, model.special)
    _put_weights(to_theirs(model.weights, model.settings), folder / WEIGHTS)
    _put(folder / "config.json", config(model))
    _put(folder / "generation_config.json", generation_config(model))
    _put(folder / "tokenizer.json", file.content)
    _put(folder / "tokenizer_config.json", tokenizer_config(file, model.settings.context))
    (folder / "README.md").write_text(card(model, file), "utf-8")
    (folder / WEIGHTS).chmod((folder / "README.md").stat().st_mode)  # the library hides it from all others


def check(model: Grown, folder: Path) -> str:
    """Read the weights back, and say what was compared. Trouble unless each number is as it was."""
    found = to_ours(load_file(folder / WEIGHTS), model.settings)
    if found.keys() != model.weights.keys():
        raise _changed("weights")
    for name, weight in model.weights.items():
        if not torch.equal(found[name], weight):
            raise _changed(name)
    return f"All {len(found):,} tensors were read back, and each number is as it was."


def remarks(model: Grown) -> Iterator[str]:
    """What somebody should know who loads it: nothing, it computes what we compute."""
    del model
    yield from ()


def config(model: Grown) -> dict[str, Any]:
    """What the model is, in the words of `transformers`."""
    shape = {"gpt2": _gpt2, "modern": _modern}[model.settings.architecture](model.settings)
    end = model.tokenizer.end
    tokens = {"vocab_size": model.vocabulary, "bos_token_id": end, "eos_token_id": end, "pad_token_id": end}
    return {**shape, **tokens, "tie_word_embeddings": model.settings.tied, "use_cache": True, "dtype": "float32"}


def generation_config(model: Grown) -> dict[str, Any]:
    """How text is drawn from it when nothing else is said."""
    end = model.tokenizer.end
    ends = {"bos_token_id": end, "eos_token_id": end, "pad_token_id": end}
    return {**ends, "do_sample": True, "max_length": model.settings.context}


def _gpt2(settings: Settings) -> dict[str, Any]:
    return {
        "architectures": ["GPT2LMHeadModel"],
        "model_type": "gpt2",
        "n_layer": settings.layers,
        "n_head": settings.heads,
        "n_embd": settings.width,
        "n_inner": hidden_width(settings),
        "n_positions": settings.context,
        "activation_function": GELU[settings.gelu],
        "layer_norm_epsilon": LAYER_NORM_EPSILON,
        "attn_pdrop": settings.dropout,
        "embd_pdrop": settings.dropout,
        "resid_pdrop": settings.dropout,
    }


def _modern(settings: Settings) -> dict[str, Any]:
    return {
        "architectures": ["Qwen3ForCausalLM"],
        "model_type": "qwen3",
        "num_hidden_layers": settings.layers,
        "num_attention_heads": settings.heads,
        "num_key_value_heads": key_value_heads(settings),
        "head_dim": head_width(settings),
        "hidden_size": settings.width,
        "intermediate_size": hidden_width(settings),
        "max_position_embeddings": settings.context,
        "hidden_act": "silu",
        "rms_norm_eps": EPSILON,
        "rope_theta": settings.rotation_base,
        "attention_bias": False,
        "attention_dropout": settings.dropout,
    }


def _put_weights(weights: dict[str, Tensor], path: Path) -> None:
    try:
        save_file(weights, path, {"format": "pt"})
    except SafetensorError as error:  # the library's word for a disk that refuses
        raise OSError(str(error)) from error


def _put(path: Path, facts: dict[str, Any]) -> None:
    path.write_text(json.dumps(facts, indent=2, ensure_ascii=False, allow_nan=False) + "\n", "utf-8")


def _changed(name: str) -> Trouble:
    return Trouble(f"The file was read again, and {name} is not what was written.", "The disk may be failing.")
