"""The config.json of a published model as our settings: exactly, or not at all.

It may come from anywhere. Only what is named here is read, and what would make another model of it is refused.
"""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.corpus.place import shown
from engine.declared import knobs
from engine.settings import Settings
from engine.size import head_width, hidden_width
from engine.trouble import Trouble

LARGEST = 1_000_000  # bytes of a config.json
LONGEST_CONTEXT = int(next(knob.high for knob in knobs(Settings) if knob.name == "context") or 0)
EXPANSIONS = range(1, 9)
KINDS = ("gpt2", "qwen3")
ROTATION_BASE = 10_000.0  # where none is said
EPSILON = {"gpt2": 1e-5, "modern": 1e-6}  # of our norms
ANOTHER = "Choose a folder with a model of the family of GPT-2 or Qwen3."

Count = Annotated[int, Field(ge=1, le=2**31, strict=True)]
Token = Annotated[int, Field(ge=0, le=2**31)]


class Config(BaseModel):
    """What both families say of themselves."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    vocab_size: Count
    eos_token_id: Token | list[Token] | None = None
    quantization_config: None = None


class Gpt2(Config):
    """As GPT2Config writes it; a choice that ours does not have has one value only."""

    n_layer: Count
    n_head: Count
    n_embd: Count
    n_positions: Count
    n_inner: Count | None = None
    activation_function: Literal["gelu_new", "gelu_pytorch_tanh", "gelu"] = "gelu_new"
    layer_norm_epsilon: float = EPSILON["gpt2"]
    scale_attn_weights: Literal[True] = True
    scale_attn_by_inverse_layer_idx: Literal[False] = False
    add_cross_attention: Literal[False] = False
    tie_word_embeddings: bool = True


class Rope(BaseModel):
    """Rotary positions that are not stretched."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)  # what is not known may stretch them

    rope_theta: float | None = None
    rope_type: Literal["default"] = "default"
    type: Literal["default"] = "default"  # as older versions call it


class Qwen3(Config):
    """As Qwen3Config writes it, older versions with the base of its rotation by itself."""

    num_hidden_layers: Count
    num_attention_heads: Count
    num_key_value_heads: Count
    hidden_size: Count
    intermediate_size: Count
    max_position_embeddings: Count
    head_dim: Count = 128
    rms_norm_eps: float = EPSILON["modern"]
    hidden_act: Literal["silu"] = "silu"
    attention_bias: Literal[False] = False
    use_sliding_window: Literal[False] = False
    tie_word_embeddings: bool = False
    rope_theta: float | None = None
    rope_scaling: Rope | None = None
    rope_parameters: Rope | None = None

    @property
    def base(self) -> float:
        """Of the rotation; where it is said more than once, `transformers` takes the first of these."""
        tables = [table for table in (self.rope_scaling, self.rope_parameters) if table and table.model_fields_set]
        said = (tables[0].rope_theta if tables else None, self.rope_theta)
        return next((base for base in said if base is not None), ROTATION_BASE)


def read_config(folder: Path) -> Gpt2 | Qwen3:
    """Trouble where there is none, or one of another family."""
    facts = json_of(folder / "config.json")
    kind = facts.get("model_type")
    if kind not in KINDS:
        known = f"“{shown(str(kind)[:40])}”" if kind else "no kind"
        raise Trouble(f"The config.json in {shown(folder)} names {known} of model, which is not known here.", ANOTHER)
    try:
        return Gpt2.model_validate(facts) if kind == "gpt2" else Qwen3.model_validate(facts)
    except ValidationError as error:
        first = error.errors()[0]
        where = shown(".".join(map(str, first["loc"]))[:80])
        message = f"In config.json {where} cannot be used: {first['msg'][0].lower()}{first['msg'][1:]}."
        raise Trouble(message, ANOTHER) from error


def json_of(path: Path) -> dict[str, Any]:
    """A small JSON file. Trouble that names it where it is none."""
    name = shown(path.name)
    if not path.is_file():
        raise Trouble(f"There is no {name} in {shown(path.parent)}.", "Choose the folder that a model was saved in.")
    try:
        if path.stat().st_size > LARGEST:
            raise Trouble(f"{name} in {shown(path.parent)} is too large to be one.", ANOTHER)
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise Trouble(f"{name} in {shown(path.parent)} cannot be read: {shown(str(error)[:200])}.", ANOTHER) from error
    if not isinstance(found, dict):
        raise Trouble(f"{name} in {shown(path.parent)} is no table of settings.", ANOTHER)
    return found


def shape_of(config: Gpt2 | Qwen3) -> dict[str, Any]:
    """The settings that make our model the same, without biases. Trouble where none can."""
    shape = _gpt2(config) if isinstance(config, Gpt2) else _qwen3(config)
    epsilon = config.layer_norm_epsilon if isinstance(config, Gpt2) else config.rms_norm_eps
    if epsilon != EPSILON[shape["architecture"]]:
        raise Trouble(
            f"Its norms add {epsilon:g}, and those here {EPSILON[shape['architecture']]:g}.", "Choose another model."
        )
    try:
        made = Settings(**shape)
    except Trouble as trouble:
        raise Trouble(f"This model does not fit in here: {trouble.message}", "Choose a smaller model.") from trouble
    plain = {**shape, "hidden": 0, "head_width": 0}
    if not made.width % made.heads and head_width(made) == made.width // made.heads:
        shape["head_width"] = 0
    for expansion in EXPANSIONS:  # by the usual rule, where it gives the same
        if hidden_width(made.model_copy(update={**plain, "expansion": expansion})) == hidden_width(made):
            shape |= {"hidden": 0, "expansion": expansion}
            break
    return shape


def _gpt2(config: Gpt2) -> dict[str, Any]:
    return {
        "architecture": "gpt2",
        "layers": config.n_layer,
        "heads": config.n_head,
        "width": config.n_embd,
        "context": min(config.n_positions, LONGEST_CONTEXT),
        "hidden": config.n_inner or 4 * config.n_embd,
        "gelu": "exact" if config.activation_function == "gelu" else "tanh",
        "tied": config.tie_word_embeddings,
    }


def _qwen3(config: Qwen3) -> dict[str, Any]:
    same = config.num_key_value_heads == config.num_attention_heads
    return {
        "architecture": "modern",
        "layers": config.num_hidden_layers,
        "heads": config.num_attention_heads,
        "key_value_heads": 0 if same else config.num_key_value_heads,
        "width": config.hidden_size,
        "context": min(config.max_position_embeddings, LONGEST_CONTEXT),
        "hidden": config.intermediate_size,
        "head_width": config.head_dim,
        "rotation_base": config.base,
        "tied": config.tie_word_embeddings,
    }
