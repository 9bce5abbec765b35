"""Merges made again: each joins what it says, and in the end the text is cut as the tokenizer cuts it."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine.tokenizer import bpe
from engine.tokenizer.cutting import merged, ranks_of
from engine.tokenizer.merging import everywhere, replayed
from engine.tokenizer.words import words
from tests.engine.tokenizer.small import ENGLISH, INVENTED, ODD, as_compared

TEXT = ENGLISH + ODD + INVENTED
COMPARED = as_compared("bpe", bpe.learned([TEXT], 700))
PAIRS = list(zip(COMPARED.left, COMPARED.right, strict=True))


def test_each_merge_takes_away_as_many_tokens_as_it_joins() -> None:
    before = len(TEXT.encode())
    for merge in replayed(Counter(words(TEXT)), PAIRS):
        assert merge.tokens == before - merge.joins
        before = merge.tokens


def test_after_any_number_of_merges_the_text_has_as_many_tokens_as_when_it_is_cut() -> None:
    merges = list(replayed(Counter(words(TEXT)), PAIRS))
    ranks = ranks_of(COMPARED.left, COMPARED.right)
    for count in (1, 10, 100, len(merges)):
        cut = sum(len(merged(word, ranks, count)) for word in words(TEXT))
        assert merges[count - 1].tokens == cut


def test_merges_come_in_the_order_of_how_much_they_join() -> None:
    joins = [merge.joins for merge in replayed(Counter(words(TEXT)), PAIRS)]
    assert joins[0] == max(joins)
    assert joins[0] > 10 * joins[-1] > 0


def test_a_word_that_stands_often_counts_often() -> None:
    first, second = replayed({"aaa": 5, "ba": 2}, [("a", "a"), ("b", "a")])
    assert first == ("a", "a", 5, 14)
    assert second == ("b", "a", 2, 12)


def test_a_merge_of_what_is_nowhere_joins_nothing() -> None:
    assert list(replayed({"abc": 1}, [("x", "y")])) == [("x", "y", 0, 3)]


@given(pieces=st.lists(st.sampled_from(["a", "b", "ab"])))
def test_no_piece_is_lost_and_no_pair_stays(pieces: list[str]) -> None:
    found = everywhere(pieces, ("a", "b"))
    assert "".join(found) == "".join(pieces)
    assert ("a", "b") not in pairwise(found)
