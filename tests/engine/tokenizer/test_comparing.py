"""Tokenizers compared: figures that can be checked by hand, and pieces that cut as the tokenizer does."""

from contextlib import closing
from math import log

import numpy as np
import psutil
import pytest

from engine.corpus.floors import floors
from engine.tokenizer.character import CharacterTokenizer
from engine.tokenizer.comparing import compared, counted
from engine.tokenizer.cutting import cut
from engine.tokenizer.tokenizer import END
from engine.trouble import Trouble
from tests.engine.tokenizer.small import ENGLISH, INVENTED

TRAIN, VALIDATION = INVENTED[:20_000] + ENGLISH, INVENTED[20_000:24_000] + ENGLISH[:500]
WANTED = (("character", 0), ("byte", 0), ("bpe", 400), ("unigram", 400), ("wordpiece", 600))


@pytest.fixture(scope="module")
def found():
    return {event.kind: event for event in compared(TRAIN, VALIDATION, WANTED) if event}


def test_each_that_is_wanted_is_told(found) -> None:
    assert tuple((event.kind, event.wanted) for event in found.values()) == WANTED
    assert [len(event.vocabulary) for event in found.values()][1:] == [257, 400, 400, 600]


def test_its_pieces_cut_the_text_into_as_many_tokens_as_were_counted(found) -> None:
    words, size = len(VALIDATION.split()), len(VALIDATION.encode())
    for kind, event in found.items():
        tokens = len(cut(kind, VALIDATION, event))
        assert event.tokens_per_word == tokens / words
        assert event.bytes_per_token == size / tokens


def test_only_unigram_has_scores_and_only_bpe_has_merges(found) -> None:
    assert {kind for kind, event in found.items() if len(event.scores_V)} == {"unigram"}
    assert {kind for kind, event in found.items() if event.left} == {"bpe"}
    assert len(found["unigram"].scores_V) == len(found["unigram"].vocabulary)
    assert found["unigram"].scores_V.dtype == np.float32


def test_the_end_token_is_part_of_each_vocabulary(found) -> None:
    assert all(END in event.vocabulary for event in found.values())


def test_bits_per_byte_are_those_of_the_best_table(found) -> None:
    tokenizer = CharacterTokenizer(TRAIN)
    tokens = tokenizer.encode(VALIDATION)
    losses = [
        floor.loss for floor in floors([tokenizer.encode(TRAIN)], [tokens], len(tokenizer.vocabulary), len(tokens))
    ]
    assert found["character"].bits_per_byte == pytest.approx(min(losses) / log(2), rel=1e-9)
    assert all(1 < event.bits_per_byte < 8 for event in found.values())


def test_a_kind_that_cannot_be_learned_is_trouble() -> None:
    with pytest.raises(Trouble, match="abacus"):
        list(compared(TRAIN, VALIDATION, (("abacus", 300),)))


@pytest.mark.parametrize("text", ["", "a", "\udcc3é", "\0"])
def test_hardly_any_text_is_no_error(text: str) -> None:
    assert len([event for event in compared(text, text, WANTED) if event]) == len(WANTED)


def test_merges_are_counted_on_the_whole_sample() -> None:
    (event,) = (event for event in counted(TRAIN) if event)
    assert event.size == len(TRAIN.encode())
    assert len(event.left) == len(event.right) == len(event.counts_M) == len(event.tokens_M)
    assert event.tokens_M[0] == event.size - event.counts_M[0]
    assert np.array_equal(-np.diff(event.tokens_M), event.counts_M[1:])


@pytest.mark.parametrize("begin", [lambda: compared(TRAIN * 20, VALIDATION, WANTED), lambda: counted(TRAIN * 20)])
def test_closing_ends_the_work(begin) -> None:
    with closing(begin()) as work:
        next(work)
        assert len(psutil.Process().children()) == 1
    assert not psutil.Process().children()
