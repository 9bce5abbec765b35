"""Tokenizers: every text comes back, and no text can forge the end of a document."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.settings import Settings
from engine.tokenizer import bpe
from engine.tokenizer.byte import ByteTokenizer
from engine.tokenizer.character import UNKNOWN, CharacterTokenizer
from engine.tokenizer.choice import load, made_for
from engine.tokenizer.tokenizer import END, Tokenizer
from engine.trouble import Trouble
from tests.engine.taking import taken

ENGLISH = "Mira put the lantern on the table because the room was dark. " * 20
BPE = bpe.learned([ENGLISH], 300)
CHARACTERS = CharacterTokenizer(ENGLISH)
ALL = [ByteTokenizer(), BPE, CHARACTERS]
LOSSLESS = [ByteTokenizer(), BPE]


def bytes_of(tokenizer: Tokenizer, tokens: np.ndarray) -> bytes:
    return "".join(tokenizer.vocabulary[token] for token in tokens).encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("tokenizer", LOSSLESS)
@given(text=st.text())
def test_any_text_comes_back_whole(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text)) == text


@pytest.mark.parametrize("tokenizer", LOSSLESS)
@given(text=st.text())
def test_the_texts_of_the_tokens_are_the_bytes_of_the_text(tokenizer: Tokenizer, text: str) -> None:
    assert bytes_of(tokenizer, tokenizer.encode(text)) == text.encode()


@given(text=st.text(alphabet=sorted(set(ENGLISH))))
def test_characters_come_back_if_they_are_of_the_alphabet(text: str) -> None:
    assert CHARACTERS.decode(CHARACTERS.encode(text)) == text


def test_a_character_outside_the_alphabet_is_one_token_and_shown_as_unknown() -> None:
    assert CHARACTERS.decode(CHARACTERS.encode("dark é!")) == f"dark {UNKNOWN}{UNKNOWN}"


@pytest.mark.parametrize("tokenizer", ALL)
def test_the_end_sign_in_a_text_is_plain_text(tokenizer: Tokenizer) -> None:
    tokens = tokenizer.encode(f"the {END} of it")
    assert tokenizer.end not in tokens
    assert tokenizer.vocabulary[tokenizer.end] == END


def test_a_text_full_of_end_signs_teaches_no_end_token() -> None:
    tokenizer = bpe.learned([END * 50 + f" {END}" * 50], 300)
    assert tokenizer.end not in tokenizer.encode(END * 3)
    assert tokenizer.decode(tokenizer.encode(END * 3)) == END * 3


@pytest.mark.parametrize("tokenizer", ALL)
def test_half_a_character_is_no_error(tokenizer: Tokenizer) -> None:
    assert tokenizer.decode(tokenizer.encode("\ud800\udcc3")) == "\ufffd\ufffd"


@pytest.mark.parametrize("tokenizer", ALL)
def test_a_kept_tokenizer_is_the_same_tokenizer(tokenizer: Tokenizer) -> None:
    again = load(tokenizer.to_json())
    assert again.vocabulary == tokenizer.vocabulary
    assert again.end == tokenizer.end
    assert again.encode(ENGLISH).tolist() == tokenizer.encode(ENGLISH).tolist()


@pytest.mark.parametrize("tokenizer", ALL)
def test_many_texts_are_encoded_as_each_alone(tokenizer: Tokenizer) -> None:
    texts = ["Mira", "", " put the", "lantern\n\non"]
    together = tokenizer.encode_all(texts)
    assert [tokens.tolist() for tokens in together] == [tokenizer.encode(text).tolist() for text in texts]
    assert {tokens.dtype for tokens in together} == {np.dtype(np.int32)}


def test_learning_twice_gives_the_same_tokens() -> None:
    assert bpe.learned([ENGLISH], 300).vocabulary == BPE.vocabulary


def test_a_vocabulary_larger_than_the_text_has_pieces_for_comes_out_smaller() -> None:
    assert len(bpe.learned(["abc abc"], 5000).vocabulary) < 270


def test_a_vocabulary_is_as_large_as_asked_where_the_text_allows() -> None:
    assert len(bpe.learned([ENGLISH], 280).vocabulary) == 280


@pytest.mark.parametrize("kind", ["bpe", "character", "byte"])
def test_each_choice_makes_a_tokenizer_for_the_text(kind: str) -> None:
    tokenizer = taken(made_for([ENGLISH], Settings(tokenizer=kind, vocabulary=300)))
    assert tokenizer.decode(tokenizer.encode(ENGLISH)) == ENGLISH


def test_text_without_a_single_space_can_be_learned() -> None:
    random = np.random.default_rng(0)
    text = "".join(random.choice(list("abcdefgh"), 50_000))
    tokenizer = taken(made_for([text], Settings(vocabulary=300)))
    assert tokenizer.decode(tokenizer.encode(text)) == text


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kind": "abacus"}', '{"kind": "bpe", "model": {}}'])
def test_what_is_no_tokenizer_is_trouble(text: str) -> None:
    with pytest.raises(Trouble):
        load(text)


def test_a_panic_in_rust_is_trouble() -> None:
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(Trouble, match="could not count"), bpe.panics_are_trouble("count"):
        raise panic


def test_an_interruption_is_no_trouble() -> None:
    with pytest.raises(KeyboardInterrupt), bpe.panics_are_trouble("count"):
        raise KeyboardInterrupt
