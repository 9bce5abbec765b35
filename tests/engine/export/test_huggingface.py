"""A folder for `transformers`: the library itself must find our logits and our tokens in it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

from engine.export import huggingface
from engine.export.grown import Grown, logits, tried_tokens
from engine.tokenizer import foreign
from engine.tokenizer.tokenizer import END, Tokenizer
from engine.trouble import Trouble
from tests.engine.export.trained import SHAPES, trained
from tests.engine.tokenizer.small import ALL, ODD
from tests.engine.tokenizer.test_foreign import like_bert, like_gpt2, like_llama

FOREIGN = {
    "as GPT-2's": foreign.loaded(like_gpt2()),
    "as BERT's": foreign.loaded(like_bert()),
    "as Llama's": foreign.loaded(like_llama()),
    "with an end of its own": foreign.loaded(like_gpt2(), 0),
}
TOKENIZERS: dict[str, Tokenizer] = {**ALL, **FOREIGN}
HARD = (
    "Mira put the lantern on the table.",
    ODD,
    "",
    " ",
    "\n\n \t\r\n  x",
    "<|end|><|endoftext|></s><s>[UNK]<|prefix|><unk>",
    "\0\x01\x7f\x80\ufeff\uffff\ufffd",
    "👩‍👩‍👧 e\u0301 \u202e\u200b",
    "don't I'LL we're '' 12,345.67 €",
    "a" * 300,
    "→ĠĊ ▁ ##a",
)


def given(grown: Grown, folder: Path) -> Path:
    folder.mkdir()
    huggingface.write(grown, folder)
    huggingface.check(grown, folder)
    return folder


def computed(model: Any, tokens_BT: np.ndarray) -> np.ndarray:
    with torch.no_grad():
        return model(input_ids=torch.from_numpy(tokens_BT)).logits.numpy()


@pytest.mark.parametrize("shape", SHAPES)
def test_transformers_finds_our_logits(shape: str, tmp_path: Path) -> None:
    grown = trained(**SHAPES[shape])
    theirs, told = AutoModelForCausalLM.from_pretrained(given(grown, tmp_path / "model"), output_loading_info=True)
    assert not any(told.values())
    tokens_BT = tried_tokens(grown)
    np.testing.assert_allclose(computed(theirs, tokens_BT), logits(grown, tokens_BT), rtol=0, atol=1e-4)
    assert np.abs(logits(grown, tokens_BT)).max() > 1


@pytest.mark.parametrize("kind", TOKENIZERS)
@pytest.mark.parametrize("architecture", ["modern", "gpt2"])
def test_transformers_finds_our_tokens(kind: str, architecture: str, tmp_path: Path) -> None:
    grown = trained(TOKENIZERS[kind], architecture=architecture, objective="infill", layers=1)
    theirs = AutoTokenizer.from_pretrained(given(grown, tmp_path / "model"))
    assert len(theirs) == grown.vocabulary
    for text in HARD:
        assert theirs(text)["input_ids"] == grown.tokenizer.encode(text).tolist(), text
    first = len(grown.tokenizer.vocabulary)
    assert theirs.convert_tokens_to_ids(["<|prefix|>", "<|suffix|>", "<|middle|>"]) == [first, first + 1, first + 2]
    assert (theirs.bos_token_id, theirs.eos_token_id, theirs.pad_token_id) == (grown.tokenizer.end,) * 3


@pytest.mark.parametrize("kind", ALL)
def test_transformers_reads_tokens_as_we_do(kind: str, tmp_path: Path) -> None:
    grown = trained(TOKENIZERS[kind])
    theirs = AutoTokenizer.from_pretrained(given(grown, tmp_path / "model"))
    for text in HARD:
        tokens = grown.tokenizer.encode(text)
        assert theirs.decode(tokens) == grown.tokenizer.decode(tokens)
    cut = grown.tokenizer.encode("one")
    ended = theirs.decode([*cut, grown.tokenizer.end])
    assert ended == f"one{END}"
    assert theirs.decode([*cut, grown.tokenizer.end], skip_special_tokens=True) == "one"


@pytest.mark.parametrize("architecture", ["modern", "gpt2"])
def test_the_config_says_how_it_is_trained_on_and_where_text_ends(architecture: str) -> None:
    grown = trained(architecture=architecture, dropout=0.25)
    config = AutoConfig.for_model(**huggingface.config(grown))
    end = grown.tokenizer.end
    assert (config.bos_token_id, config.eos_token_id, config.pad_token_id) == (end, end, end)
    assert config.max_position_embeddings == grown.settings.context
    shares = ["attention_dropout"] if architecture == "modern" else ["attn_pdrop", "embd_pdrop", "resid_pdrop"]
    assert [getattr(config, share) for share in shares] == [0.25] * len(shares)


def test_text_goes_in_and_text_comes_out(tmp_path: Path) -> None:
    folder = given(trained(architecture="gpt2"), tmp_path / "model")
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModelForCausalLM.from_pretrained(folder)
    prompt = tokenizer("the cat", return_tensors="pt")
    assert prompt.keys() == {"input_ids", "attention_mask"}
    assert tokenizer.decode(model.generate(**prompt)[0]).startswith("the cat")
    rows = tokenizer(["a", "the cat"], padding=True)
    assert [len(row) for row in rows["input_ids"]] == [7, 7]


def test_a_stranger_who_has_our_names_keeps_them(tmp_path: Path) -> None:
    facts = json.loads(like_gpt2())
    number = len(facts["model"]["vocab"])
    facts["added_tokens"].append({**facts["added_tokens"][0], "id": number, "content": END})
    grown = trained(foreign.loaded(json.dumps(facts)))
    theirs = AutoTokenizer.from_pretrained(given(grown, tmp_path / "model"))
    assert theirs.convert_ids_to_tokens([number, number + 1]) == [END, "<|end-2|>"]
    assert theirs.eos_token_id == grown.tokenizer.end == number + 1


def test_the_card_obeys_nobody(tmp_path: Path) -> None:
    corpus = ("/home/somebody/secret/[x](javascript:alert(1))\u202e.txt",)
    grown = trained(corpus=corpus, typos=0.25, objective="infill")._replace(name="<script>\n# one | two")
    card = (given(grown, tmp_path / "model") / "README.md").read_text("utf-8")
    assert "\\<script\\>U+000A\\# one \\| two" in card
    assert "secret" not in card
    assert "](" not in card
    assert "typos 25 %" in card
    assert "`<|prefix|>`" in card


def test_the_same_model_gives_the_same_files(tmp_path: Path) -> None:
    one, two = (given(trained(), tmp_path / name) for name in ("one", "two"))
    assert {path.name for path in one.iterdir()} == huggingface.FILES
    assert len({path.stat().st_mode for path in one.iterdir()}) == 1
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in huggingface.FILES)


def test_a_file_that_came_out_otherwise_is_noticed(tmp_path: Path) -> None:
    grown = trained()
    folder = given(grown, tmp_path / "model")
    weights = bytearray((folder / huggingface.WEIGHTS).read_bytes())
    weights[-2] ^= 1
    (folder / huggingface.WEIGHTS).write_bytes(weights)
    with pytest.raises(Trouble, match="is not what was written"):
        huggingface.check(grown, folder)
