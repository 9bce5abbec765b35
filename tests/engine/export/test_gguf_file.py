"""A GGUF file: all numbers come back, other libraries know what to do with it, and what they cannot is said."""

from pathlib import Path

import gguf
import numpy as np
import pytest
import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer
from transformers.modeling_gguf_pytorch_utils import load_gguf_checkpoint

from engine.export import gguf_file, huggingface
from engine.export.grown import Grown, logits, tried_tokens
from engine.export.names import to_theirs
from engine.tokenizer import foreign
from engine.tokenizer.tokenizer import END, Tokenizer
from engine.trouble import Trouble
from tests.engine.export.test_huggingface import HARD
from tests.engine.export.trained import SHAPES, trained
from tests.engine.tokenizer.small import ALL
from tests.engine.tokenizer.test_foreign import like_gpt2, like_llama

READABLE: dict[str, Tokenizer] = {"byte": ALL["byte"], "bpe": ALL["bpe"], "file": foreign.loaded(like_gpt2())}


def given(grown: Grown, folder: Path) -> Path:
    path = folder / "model.gguf"
    gguf_file.write(grown, path)
    gguf_file.check(grown, path)
    return path


def fields(path: Path) -> dict[str, object]:
    return {name: field.contents() for name, field in gguf.GGUFReader(path).fields.items()}


@pytest.mark.parametrize("shape", SHAPES)
def test_transformers_finds_our_logits_in_its_weights(shape: str, tmp_path: Path) -> None:
    grown = trained(ALL["bpe"], **SHAPES[shape])
    theirs = AutoModelForCausalLM.from_config(AutoConfig.for_model(**huggingface.config(grown))).eval()
    weights = load_gguf_checkpoint(given(grown, tmp_path), return_tensors=True, model_to_load=theirs)["tensors"]
    assert set(theirs.load_state_dict(weights, strict=False).missing_keys) <= {"lm_head.weight"}
    theirs.tie_weights()
    tokens_BT = tried_tokens(grown)
    with torch.no_grad():
        found_BTV = theirs(torch.from_numpy(tokens_BT)).logits.numpy()
    np.testing.assert_allclose(found_BTV, logits(grown, tokens_BT), rtol=0, atol=1e-4)


def test_it_says_what_llama_cpp_must_know(tmp_path: Path) -> None:
    told = fields(given(trained(**SHAPES["own heads"], key_value_heads=2), tmp_path))
    assert told["general.name"] == "amber-heron"
    shape = {name.removeprefix("qwen3."): value for name, value in told.items() if name.startswith("qwen3.")}
    assert shape == {
        "block_count": 2, "context_length": 24, "embedding_length": 32, "feed_forward_length": 40, "vocab_size": 257,
        "attention.head_count": 4, "attention.head_count_kv": 2, "attention.key_length": 12,
        "attention.value_length": 12, "attention.layer_norm_rms_epsilon": pytest.approx(1e-6), "rope.freq_base": 1e6,
    }  # fmt: skip


@pytest.mark.parametrize("kind", [*ALL, "file"])
def test_a_tokenizer_is_in_it_where_llama_cpp_has_one_that_cuts_alike(kind: str, tmp_path: Path) -> None:
    grown = trained({**ALL, **READABLE}[kind])
    told = fields(given(grown, tmp_path))
    assert "added_tokens" in told["tokenizer.huggingface.json"]
    if kind not in READABLE:
        assert told["tokenizer.ggml.model"] == "none"
        assert list(gguf_file.remarks(grown)) == [gguf_file.NO_TOKENIZER]
        return
    assert list(gguf_file.remarks(grown)) == []
    assert (told["tokenizer.ggml.model"], told["tokenizer.ggml.pre"]) == ("gpt2", "gpt-2")
    names, kinds = told["tokenizer.ggml.tokens"], told["tokenizer.ggml.token_type"]
    assert len(names) == len(kinds) == grown.vocabulary
    assert names[told["tokenizer.ggml.eos_token_id"]] == END
    assert kinds[grown.tokenizer.end] == gguf.TokenType.CONTROL
    assert told["tokenizer.ggml.merges"]


@pytest.mark.parametrize("kind", ["bpe", "file"])
def test_transformers_finds_our_tokens_in_it(kind: str, tmp_path: Path) -> None:
    grown = trained(READABLE[kind])
    given(grown, tmp_path)
    theirs = AutoTokenizer.from_pretrained(tmp_path, gguf_file="model.gguf", split_special_tokens=True)
    for text in HARD:
        assert theirs(text)["input_ids"] == grown.tokenizer.encode(text).tolist()


def test_a_stranger_who_cuts_otherwise_is_not_taken_for_gpt2() -> None:
    assert list(gguf_file.remarks(trained(foreign.loaded(like_llama())))) == [gguf_file.NO_TOKENIZER]


def test_what_llama_cpp_rounds_is_said() -> None:
    assert list(gguf_file.remarks(trained(architecture="gpt2"))) == [gguf_file.ROUNDED_GELU]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_weight_is_there_as_it_is_multiplied(shape: str) -> None:
    grown = trained(**SHAPES[shape])
    found = gguf_file.tensors(grown, gguf)
    assert len(found) == len(to_theirs(grown.weights, grown.settings))
    name = "attn_qkv" if grown.settings.architecture == "gpt2" else "attn_q"
    whole = grown.weights["blocks.1.attention.queries_keys_values.weight"]
    weight = found[f"blk.1.{name}.weight"]
    assert torch.equal(weight, whole[: len(weight)])


def test_a_number_that_came_out_otherwise_is_noticed(tmp_path: Path) -> None:
    grown = trained()
    path = given(grown, tmp_path)
    content = bytearray(path.read_bytes())
    content[-2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Trouble, match="is not what was written"):
        gguf_file.check(grown, path)
