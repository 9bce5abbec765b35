"""A config.json may come from anybody: what it means is exactly what `transformers` makes of it, or it is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM

from engine.export.importing import look_into
from engine.training.model import Rotation
from engine.trouble import Trouble
from tests.engine.export.published import CHOSEN, changed, gpt2, published, qwen3

HOSTILE: dict[str, tuple[dict[str, Any], str]] = {
    "another family": ({"model_type": "llama"}, "names “llama” of model"),
    "no family": ({"model_type": None}, "names no kind of model"),
    "a family that is markup": ({"model_type": "<b>\u202e"}, "names “<b>.” of model"),
    "far too large": ({"n_layer": 10**9}, "does not fit in here: Layers"),
    "no number": ({"n_layer": "many"}, "n_layer cannot be used"),
    "not even one": ({"n_layer": 0}, "n_layer cannot be used"),
    "half a layer": ({"n_layer": 2.5}, "n_layer cannot be used"),
    "lacking": ({"n_embd": None}, "n_embd cannot be used"),
    "no number either": ({"layer_norm_epsilon": float("nan")}, "layer_norm_epsilon cannot be used"),
    "other norms": ({"layer_norm_epsilon": 1e-3}, "Its norms add 0.001"),
    "another activation": ({"activation_function": "relu"}, "activation_function cannot be used"),
    "heads that do not fit": ({"n_head": 3}, "3 heads cannot share a width of 16"),
    "packed": ({"quantization_config": {"bits": 4}}, "quantization_config cannot be used"),
    "other shares": ({"scale_attn_by_inverse_layer_idx": True}, "scale_attn_by_inverse_layer_idx cannot be used"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_config_that_cannot_be_is_refused_with_a_sentence(case: str, tmp_path: Path) -> None:
    facts, words = HOSTILE[case]
    with pytest.raises(Trouble, match=words):
        look_into(changed(published(gpt2(), tmp_path / "model"), **facts), CHOSEN)


DEFAULT = {"rope_type": "default"}
ROTATIONS: dict[str, dict[str, Any]] = {
    "none": {},
    "by itself, as older files have it": {"rope_theta": 5e5},
    "in a table": {"rope_parameters": {**DEFAULT, "rope_theta": 5e5}},
    "in a table that says it without a base": {"rope_parameters": DEFAULT, "rope_theta": 5e5},
    "in both": {"rope_parameters": {**DEFAULT, "rope_theta": 5e5}, "rope_theta": 1e6},
    "in two tables": {"rope_parameters": DEFAULT, "rope_scaling": {**DEFAULT, "rope_theta": 5e5}},
    "in one of two tables": {"rope_parameters": {**DEFAULT, "rope_theta": 5e5}, "rope_scaling": {}},
    "nowhere": {"rope_parameters": None, "rope_scaling": None},
}


@pytest.mark.parametrize("case", ROTATIONS)
def test_positions_are_turned_as_transformers_turns_them(case: str, tmp_path: Path) -> None:
    folder = published(qwen3(), tmp_path / "model")
    facts = json.loads((folder / "config.json").read_text())
    del facts["rope_parameters"]
    (folder / "config.json").write_text(json.dumps({**facts, **ROTATIONS[case]}))
    settings = look_into(folder, CHOSEN).settings
    theirs = AutoModelForCausalLM.from_pretrained(folder).model.rotary_emb
    cos_1TD, sin_1TD = theirs(torch.zeros(1), torch.arange(settings.context)[None])
    ours = Rotation(settings)
    torch.testing.assert_close((ours.cos_TD, ours.sin_TD), (cos_1TD[0], sin_1TD[0]), atol=1e-5, rtol=0)


STRETCHED: dict[str, dict[str, Any]] = {
    "by yarn": {"rope_parameters": {"rope_type": "yarn", "factor": 4.0, "rope_theta": 1e6}},
    "in the words of older versions": {"rope_scaling": {"type": "linear", "factor": 4.0}},
    "by a word that is not known": {"rope_parameters": {**DEFAULT, "rope_theta": 1e6, "factor": 4.0}},
    "otherwise in each kind of layer": {"rope_parameters": {"full_attention": {**DEFAULT, "rope_theta": 1e6}}},
}


@pytest.mark.parametrize("case", STRETCHED)
def test_a_rotation_that_is_stretched_is_refused(case: str, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"In config.json rope_(parameters|scaling)\..* cannot be used"):
        look_into(changed(published(qwen3(), tmp_path / "model"), **STRETCHED[case]), CHOSEN)
