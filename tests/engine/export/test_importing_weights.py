"""The files of weights may come from anybody: what is in them is what `transformers` would take, or it is refused."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers import AutoModelForCausalLM

from engine.export.importing import is_model, look_into
from engine.export.importing_weights import begun_with
from engine.trouble import Trouble
from tests.engine.export.published import CHOSEN, gpt2, opened, published, qwen3

FAMILIES = {"gpt2": gpt2, "qwen3": lambda: qwen3(tie_word_embeddings=True)}
GPT2, QWEN3 = "transformer.h.0.attn.c_attn.", "model.layers.0."
EIGHT_BITS = torch.float8_e4m3fn


def put(folder: Path, **weights: Tensor) -> Path:
    """With other weights in its file."""
    file = folder / "model.safetensors"
    save_file({**load_file(file), **weights}, file, {"format": "pt"})
    return folder


HOSTILE: dict[str, tuple[dict[str, Tensor], str]] = {
    "one number": ({f"{GPT2}weight": torch.tensor(1.0)}, "c_attn.weight has 0 axes, not 2"),
    "a row": ({f"{GPT2}weight": torch.ones(16)}, "c_attn.weight has 1 axes, not 2"),
    "a block": ({f"{GPT2}weight": torch.ones(2, 16, 48)}, "c_attn.weight has 3 axes, not 2"),
    "too narrow": ({f"{GPT2}weight": torch.ones(16, 16)}, "queries_keys_values.weight is 16×16, not 48×16"),
    "no embedding": ({"transformer.wte.weight": torch.tensor(1.0)}, "no token embedding"),
    "a position": ({"transformer.wpe.weight": torch.tensor(1.0)}, "wpe.weight has 0 axes, not 2"),
    "a bias for each of them": ({f"{GPT2}bias": torch.ones(1, 48)}, "c_attn.bias has 2 axes, not 1"),
    "whole numbers": ({f"{GPT2}weight": torch.ones(16, 48, dtype=torch.int8)}, "no fractions: the model was packed"),
    "pairs": ({f"{GPT2}weight": torch.ones(16, 48, dtype=torch.complex64)}, "no fractions"),
}
PARTS: dict[str, tuple[dict[str, Tensor], str]] = {
    "queries for keys": (
        {f"{QWEN3}self_attn.{one}_proj.weight": torch.ones(rows, 16) for one, rows in (("q", 12), ("k", 24))},
        r"q_proj.weight has 12 rows, not 24",
    ),
    "uneven": (
        {f"{QWEN3}mlp.{one}_proj.weight": torch.ones(rows, 16) for one, rows in (("gate", 20), ("up", 36))},
        r"gate_proj.weight has 20 rows, not 28",
    ),
    "a row": ({f"{QWEN3}self_attn.q_proj.weight": torch.ones(24)}, "q_proj.weight has 1 axes, not 2"),
    "whole numbers": ({f"{QWEN3}self_attn.q_proj.weight": torch.ones(24, 16, dtype=torch.int32)}, "no fractions"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_weights_of_another_shape_or_kind_are_named(case: str, tmp_path: Path) -> None:
    weights, words = HOSTILE[case]
    with pytest.raises(Trouble, match=words):
        opened(put(published(gpt2(), tmp_path / "model"), **weights))


@pytest.mark.parametrize("case", PARTS)
def test_parts_that_only_look_right_together_are_named(case: str, tmp_path: Path) -> None:
    weights, words = PARTS[case]
    with pytest.raises(Trouble, match=words):
        opened(put(published(qwen3(), tmp_path / "model"), **weights))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_head_of_its_own_is_taken_whatever_the_config_says(family: str, tmp_path: Path) -> None:
    folder = published(FAMILIES[family](), tmp_path / "model")
    assert look_into(folder, CHOSEN).settings.tied
    rows = look_into(folder, CHOSEN).tokens
    embedding = AutoModelForCausalLM.from_pretrained(folder).get_input_embeddings().weight.detach()
    assert look_into(put(folder, **{"lm_head.weight": embedding.clone()}), CHOSEN).settings.tied
    put(folder, **{"lm_head.weight": embedding + 1})
    found = look_into(folder, CHOSEN)
    assert not found.settings.tied
    assert "one of its own" in " ".join(found.notes)
    theirs = AutoModelForCausalLM.from_pretrained(folder).lm_head.weight
    assert torch.equal(begun_with(found.settings).weights["head.weight"], theirs[:rows])


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16, EIGHT_BITS], ids=str)
def test_biases_are_found_in_numbers_of_any_kind(kind: torch.dtype, tmp_path: Path) -> None:
    folder = published(gpt2(), tmp_path / "model")
    none = {name: torch.zeros_like(weight) for name, weight in biases(folder).items()}
    assert not look_into(put(folder, **none), CHOSEN).settings.biases
    settings = look_into(put(folder, **{f"{GPT2}bias": torch.ones(48).to(kind)}), CHOSEN).settings
    assert settings.biases
    assert (begun_with(settings).weights["blocks.0.attention.queries_keys_values.bias"] == 1).all()


def test_the_average_and_the_copy_of_16_bits_begin_with_them_too(tmp_path: Path) -> None:
    folder = published(gpt2(), tmp_path / "model")
    learner = opened(folder, average=0.9, precision="bf16")[1]
    assert learner.average
    worker = dict(learner.worker.named_parameters())
    for name, weight in learner.model.named_parameters():
        assert torch.equal(learner.average.weights[name], weight)
        assert torch.equal(worker[name], weight.bfloat16())


def test_of_several_ends_the_first_that_no_text_can_have_is_taken(tmp_path: Path) -> None:
    folder = published(gpt2(eos_token_id=[7, 0]), tmp_path / "model")
    assert look_into(folder, CHOSEN).end == 0


def test_a_weight_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    folder = published(gpt2(), tmp_path / "model")
    with pytest.raises(Trouble, match=r"transformer\.ln_f\.weight is there twice"):
        look_into(put(folder, **{"ln_f.weight": torch.ones(16)}), CHOSEN)


def test_what_can_be_no_folder_is_no_model() -> None:
    assert not is_model(Path("a" * 300))
    assert not is_model(Path("a\0b"))


def biases(folder: Path) -> dict[str, Tensor]:
    return {name: weight for name, weight in load_file(folder / "model.safetensors").items() if name.endswith("bias")}
