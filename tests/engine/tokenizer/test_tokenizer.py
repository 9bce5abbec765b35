"""Tokenizers: every text comes back, and no text can forge the end of a document."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tokenizer import bpe, unigram, wordpiece
from engine.tokenizer.character import UNKNOWN
from engine.tokenizer.choice import load
from engine.tokenizer.library import failures_are_trouble
from engine.tokenizer.tokenizer import END, Tokenizer
from engine.trouble import Trouble
from tests.engine.tokenizer.small import ALL, CHARACTERS, ENGLISH, INVENTED, LEARNED, LOSSLESS, TEXTS

LEARNERS = [bpe, unigram, wordpiece]


def bytes_of(tokenizer: Tokenizer, tokens: np.ndarray) -> bytes:
    return "".join(tokenizer.vocabulary[token] for token in tokens).encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("kind", LOSSLESS)
@given(text=st.one_of(st.text(), TEXTS))
def test_any_text_comes_back_whole(kind: str, text: str) -> None:
    assert LOSSLESS[kind].decode(LOSSLESS[kind].encode(text)) == text


@pytest.mark.parametrize("kind", LOSSLESS)
@given(text=st.text())
def test_the_texts_of_the_tokens_are_the_bytes_of_the_text(kind: str, text: str) -> None:
    assert bytes_of(LOSSLESS[kind], LOSSLESS[kind].encode(text)) == text.encode()


@pytest.mark.parametrize("kind", LOSSLESS)
@pytest.mark.parametrize("text", ["a" * 100_000, " " * 100_000, "é" * 50_000, "x1" * 50_000, "日" * 30_000])
def test_long_runs_come_back_whole(kind: str, text: str) -> None:
    assert LOSSLESS[kind].decode(LOSSLESS[kind].encode(text)) == text


@pytest.mark.parametrize("kind", LEARNED)
def test_random_bytes_come_back_whole(kind: str) -> None:
    text = np.random.default_rng(0).bytes(100_000).decode("latin-1")
    assert LEARNED[kind].decode(LEARNED[kind].encode(text)) == text


@given(text=st.text(alphabet=sorted(set(ENGLISH))))
def test_characters_come_back_if_they_are_of_the_alphabet(text: str) -> None:
    assert CHARACTERS.decode(CHARACTERS.encode(text)) == text


def test_a_character_outside_the_alphabet_is_one_token_and_shown_as_unknown() -> None:
    assert CHARACTERS.decode(CHARACTERS.encode("dark é!")) == f"dark {UNKNOWN}{UNKNOWN}"


@pytest.mark.parametrize("tokenizer", ALL.values(), ids=ALL)
def test_the_end_sign_in_a_text_is_plain_text(tokenizer: Tokenizer) -> None:
    tokens = tokenizer.encode(f"the {END} of it")
    assert tokenizer.end not in tokens
    assert tokenizer.vocabulary[tokenizer.end] == END


@pytest.mark.parametrize("learner", LEARNERS)
@pytest.mark.parametrize("sign", [END, "[UNK]", "<s>", "##", "→"])
def test_a_text_full_of_special_signs_teaches_plain_pieces(learner, sign: str) -> None:
    tokenizer = learner.learned([sign * 50 + f" {sign}" * 50], 600)
    assert tokenizer.end not in tokenizer.encode(sign * 3)
    assert tokenizer.decode(tokenizer.encode(f"{sign * 3} a{sign}")) == f"{sign * 3} a{sign}"


@pytest.mark.parametrize("tokenizer", ALL.values(), ids=ALL)
def test_half_a_character_is_no_error(tokenizer: Tokenizer) -> None:
    assert tokenizer.decode(tokenizer.encode("\ud800\udcc3")) == "\ufffd\ufffd"


@pytest.mark.parametrize("tokenizer", ALL.values(), ids=ALL)
def test_a_kept_tokenizer_is_the_same_tokenizer(tokenizer: Tokenizer) -> None:
    again = load(tokenizer.to_json())
    assert again.to_json() == tokenizer.to_json()
    assert again.vocabulary == tokenizer.vocabulary
    assert again.end == tokenizer.end
    assert again.encode(ENGLISH).tolist() == tokenizer.encode(ENGLISH).tolist()


@pytest.mark.parametrize("tokenizer", ALL.values(), ids=ALL)
def test_many_texts_are_encoded_as_each_alone(tokenizer: Tokenizer) -> None:
    texts = ["Mira", "", " put the", "lantern\n\non"]
    together = tokenizer.encode_all(texts)
    assert [tokens.tolist() for tokens in together] == [tokenizer.encode(text).tolist() for text in texts]
    assert {tokens.dtype for tokens in together} == {np.dtype(np.int32)}


@pytest.mark.parametrize("learner", LEARNERS)
def test_learning_twice_gives_the_same_tokenizer(learner) -> None:
    assert learner.learned([ENGLISH], 550).to_json() == learner.learned([ENGLISH], 550).to_json()


@pytest.mark.parametrize("learner", LEARNERS)
@pytest.mark.parametrize("texts", [[], [""], ["abc abc"], ["a" * 1000], ["\0"]])
def test_a_vocabulary_larger_than_the_text_has_pieces_for_comes_out_smaller(learner, texts: list[str]) -> None:
    tokenizer = learner.learned(texts, 5000)
    assert 257 <= len(tokenizer.vocabulary) < 550
    assert tokenizer.decode(tokenizer.encode("abc é")) == "abc é"


@pytest.mark.parametrize("learner", LEARNERS)
def test_a_vocabulary_is_as_large_as_asked_where_the_text_allows(learner) -> None:
    assert len(learner.learned([INVENTED], 600).vocabulary) == 600


def test_wordpiece_has_at_least_a_token_for_each_byte_at_both_places() -> None:
    tokenizer = wordpiece.learned([ENGLISH], 260)
    assert len(tokenizer.vocabulary) == wordpiece.SMALLEST
    assert tokenizer.decode(tokenizer.encode("the é")) == "the é"


@pytest.mark.parametrize("kind", LEARNED)
def test_frequent_text_needs_fewer_tokens_than_rare_text(kind: str) -> None:
    learner = {"bpe": bpe, "unigram": unigram, "wordpiece": wordpiece}[kind]
    frequent, rare = learner.learned([INVENTED], 600).encode_all([" karenvel", " zqxjwbyf"])
    assert 2 * len(frequent) < len(rare)


@pytest.mark.parametrize("raised", [type("PanicException", (BaseException,), {}), Exception])
def test_a_failure_of_the_library_is_trouble(raised: type[BaseException]) -> None:
    with pytest.raises(Trouble, match="could not count"), failures_are_trouble("count"):
        raise raised


@pytest.mark.parametrize("raised", [KeyboardInterrupt, MemoryError])
def test_an_interruption_is_no_trouble_of_the_tokenizer(raised: type[BaseException]) -> None:
    with pytest.raises(raised), failures_are_trouble("count"):
        raise raised
