"""A tokenizer.json from anywhere: used if it is sound, shown as it is, and refused with a sentence if it is not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from engine.settings import Settings
from engine.tokenizer import foreign
from engine.tokenizer.choice import Made, load, made_for
from engine.tokenizer.tokenizer import END
from engine.trouble import Trouble
from tests.engine.taking import taken
from tests.engine.tokenizer.small import ENGLISH


def learned(model: Any, trainer: Any, words: Any, normalizer: Any = None, decoder: Any = None) -> str:
    made = Tokenizer(model)
    made.pre_tokenizer = words
    if normalizer:
        made.normalizer = normalizer
    if decoder:
        made.decoder = decoder
    made.train_from_iterator([ENGLISH], trainer)
    return made.to_str()


def like_gpt2() -> str:
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    return learned(
        models.BPE(), trainer, pre_tokenizers.ByteLevel(add_prefix_space=False), decoder=decoders.ByteLevel()
    )


def like_bert() -> str:
    trainer = trainers.WordPieceTrainer(vocab_size=300, special_tokens=["[UNK]", "[CLS]"], show_progress=False)
    model = models.WordPiece(unk_token="[UNK]")
    return learned(model, trainer, pre_tokenizers.BertPreTokenizer(), normalizers.BertNormalizer())


def like_llama() -> str:
    special = ["<unk>", "<s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    trainer = trainers.BpeTrainer(vocab_size=600, special_tokens=special, show_progress=False)
    return learned(models.BPE(byte_fallback=True, unk_token="<unk>"), trainer, pre_tokenizers.Metaspace())


def like_gpt() -> str:
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=["<unk>"], end_of_word_suffix="</w>", show_progress=False
    )
    return learned(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"), trainer, pre_tokenizers.BertPreTokenizer())


GPT2 = like_gpt2()


def opened(path: Path) -> Made:
    settings = Settings(tokenizer="file", tokenizer_file=str(path))
    return taken(made_for(lambda: iter([ENGLISH]), len(ENGLISH), settings))


def brought(text: str | bytes, folder: Path) -> Made:
    path = folder / "tokenizer.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return opened(path)


def test_a_byte_level_tokenizer_keeps_every_text(tmp_path: Path) -> None:
    tokenizer, warnings = brought(GPT2, tmp_path)
    text = "Mira's lantern, é 日本\n\n<|endoftext|>"
    assert tokenizer.decode(tokenizer.encode(text)) == text
    assert warnings == ()
    assert tokenizer.vocabulary[tokenizer.end] == END


def test_special_signs_of_the_file_are_plain_signs_in_a_text(tmp_path: Path) -> None:
    tokenizer, _ = brought(GPT2, tmp_path)
    special = tokenizer.vocabulary.index("<|endoftext|>")
    assert special not in tokenizer.encode("a <|endoftext|> b")


@pytest.mark.parametrize(
    ("make", "pieces"),
    [
        (like_bert, [" the", " lantern", "'"]),
        (like_llama, [" the", " lantern", "\udcc3", "\udca9"]),
        (like_gpt, ["the ", "lantern "]),
    ],
)
def test_pieces_are_shown_as_what_they_add_to_a_text(
    make: Callable[[], str], pieces: list[str], tmp_path: Path
) -> None:
    tokenizer, warnings = brought(make(), tmp_path)
    found = [tokenizer.vocabulary[token] for token in tokenizer.encode("on the lantern's é")]
    assert set(pieces) <= {piece if piece != " '" else "'" for piece in found}
    assert len(warnings) == 1


def test_what_a_tokenizer_does_not_keep_is_told_by_an_example(tmp_path: Path) -> None:
    (words,) = brought(like_bert(), tmp_path).warnings
    assert words == (
        "This tokenizer does not keep every text: “Mira put the lantern on the ta” comes back as"
        " “ mira put the lantern on the t”."
    )


@pytest.mark.parametrize("make", [like_gpt2, like_bert, like_llama])
def test_it_is_kept_and_read_again(make: Callable[[], str], tmp_path: Path) -> None:
    tokenizer, _ = brought(make(), tmp_path)
    again = load(tokenizer.to_json())
    assert again.vocabulary == tokenizer.vocabulary
    assert again.encode(ENGLISH).tolist() == tokenizer.encode(ENGLISH).tolist()


def test_truncation_and_padding_of_the_file_are_left_out(tmp_path: Path) -> None:
    made = Tokenizer.from_str(GPT2)
    made.enable_truncation(3)
    made.enable_padding(length=1000)
    tokenizer, _ = brought(made.to_str(), tmp_path)
    assert tokenizer.decode(tokenizer.encode(ENGLISH)) == ENGLISH


# hostile files


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    facts = json.loads(GPT2)
    change(facts)
    return json.dumps(facts)


def numbered(number: int) -> str:
    return changed(lambda facts: facts["model"]["vocab"].update({"Ġtable": number}))


def replacing(*steps: tuple[str, str]) -> str:
    normalizers = [{"type": "Replace", "pattern": {"String": old}, "content": new} for old, new in steps]
    return changed(lambda facts: facts.update(normalizer={"type": "Sequence", "normalizers": normalizers}))


NEVER_UNKNOWN = {"unk_token": "x", "continuing_subword_prefix": "", "max_input_chars_per_word": 9}


def bare(**model: Any) -> str:
    return json.dumps({"version": "1.0", "model": model})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no sound tokenizer.json"),
        ("null", "no sound tokenizer.json"),
        (GPT2[: len(GPT2) // 2], "no sound tokenizer.json"),
        ("[" * 1_000_000, "no sound tokenizer.json"),
        ('{"model":' * 100_000, "no sound tokenizer.json"),
        (changed(lambda facts: facts["model"].update(vocab=[1, 2])), "no sound tokenizer.json"),
        (changed(lambda facts: facts["model"].update(merges={"a": 1})), "no sound tokenizer.json"),
        (changed(lambda facts: facts["model"]["merges"].append(["zz", "qq"])), "out of vocabulary"),
        (numbered(5), "not numbered one after another"),
        (numbered(1000), "not numbered one after another"),
        (numbered(4_000_000_000), "not numbered one after another"),
        (numbered(-1), "no sound tokenizer.json"),
        (numbered(10**30), "no sound tokenizer.json"),
        (bare(type="WordLevel", vocab={}, unk_token="a"), "0 tokens"),
        (bare(type="BPE", vocab={"\ue000": 0}, merges=[]), "no tokens in any text"),
        (bare(type="WordPiece", vocab={"a": 0}, **NEVER_UNKNOWN), "could not cut"),
        (replacing(("a", "a" * 30_000)), "many times as long|not possible"),
        (b"\x80\x04\x95\x1a\x00\x00\x00", "not text"),
        (b"\xff\xfe{\x00", "not text"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_with_a_sentence(text: str | bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=reason):
        brought(text, tmp_path)


def test_a_file_that_is_far_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(Trouble, match="too large"):
        opened(path)


def test_too_many_tokens_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "MOST_TOKENS", 100)
    with pytest.raises(Trouble, match=r"has 3\d\d tokens; 1 to 100"):
        foreign.loaded(GPT2)


@pytest.mark.parametrize(
    "path", ["", "no/such/file.json", "\0", ".", "~nobody-of-this-name/tokenizer.json", "x" * 5000]
)
def test_what_is_no_file_is_trouble(path: str) -> None:
    with pytest.raises(Trouble):
        foreign.read(path)


def test_a_kept_one_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    facts = json.loads(brought(GPT2, tmp_path)[0].to_json())
    facts["model"]["model"]["vocab"]["Ġtable"] = 9_999
    with pytest.raises(Trouble, match="one after another"):
        load(json.dumps(facts))
