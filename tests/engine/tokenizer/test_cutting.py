"""Cutting in plain Python: piece by piece what the library does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tokenizer import bpe
from engine.tokenizer.character import UNKNOWN
from engine.tokenizer.cutting import GOES_ON, cut, likeliest, longest_matches, merged, ranks_of
from engine.tokenizer.tokenizer import END, shown
from tests.engine.tokenizer.small import ALL, ENGLISH, LEARNED, ODD, TEXTS, as_compared

COMPARED = {kind: as_compared(kind, tokenizer) for kind, tokenizer in ALL.items()}


def by_library(kind: str, text: str) -> list[str]:
    return [COMPARED[kind].vocabulary[token] for token in ALL[kind].encode(text)]


@pytest.mark.parametrize("kind", ALL)
@given(text=TEXTS)
def test_any_text_is_cut_as_the_library_cuts_it(kind: str, text: str) -> None:
    assert cut(kind, text, COMPARED[kind]) == by_library(kind, text)


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("text", [ENGLISH, ODD, END * 3, "a" * 500, "é" * 99, "#" * 9, "\udcc3", ""])
def test_odd_texts_are_cut_as_the_library_cuts_them(kind: str, text: str) -> None:
    assert cut(kind, text, COMPARED[kind]) == by_library(kind, text)


@pytest.mark.parametrize("kind", LEARNED)
def test_pieces_of_several_bytes_are_found(kind: str) -> None:
    assert len(cut(kind, ENGLISH, COMPARED[kind])) < 0.95 * len(ENGLISH)


def test_a_character_that_is_not_in_the_alphabet_is_unknown() -> None:
    assert cut("character", "dé", COMPARED["character"]) == ["d", UNKNOWN]


def test_the_end_token_is_never_cut_out_of_a_text() -> None:
    assert all(END not in cut(kind, END, compared) for kind, compared in COMPARED.items())


# BPE


def test_a_word_grows_together_merge_by_merge() -> None:
    ranks = ranks_of(["t", "th", " "], ["h", "e", "the"])
    steps = [merged(" the", ranks, merges) for merges in range(4)]
    assert steps == [[" ", "t", "h", "e"], [" ", "th", "e"], [" ", "the"], [" the"]]


def test_bytes_that_make_a_character_become_it() -> None:
    first, second = (shown(bytes([byte])) for byte in "é".encode())
    assert merged("é", {}) == [first, second]
    assert merged("éa", ranks_of([first], [second])) == ["é", "a"]


def test_a_long_run_is_merged_from_the_left() -> None:
    assert merged("aaaaa", ranks_of(["a"], ["a"])) == ["aa", "aa", "a"]


def test_a_new_pair_that_was_learned_earlier_comes_first() -> None:
    ranks = {("x", "ab"): 0, ("a", "b"): 1, ("xab", "a"): 2, ("ab", "ab"): -1}
    assert merged("abab", ranks) == ["abab"]


@given(data=st.data())
def test_any_merges_do_what_they_do_in_the_library(data: st.DataObject) -> None:
    alphabet = bpe.ALPHABET
    pieces, merges = ["a", "b", "c"], []
    for _ in range(data.draw(st.integers(0, 8))):
        pair = data.draw(st.tuples(st.sampled_from(pieces), st.sampled_from(pieces)))
        if pair not in merges:
            merges.append(pair)
            pieces.append("".join(pair))
    names = list(dict.fromkeys([*alphabet, *pieces]))
    tokenizer = bpe.rebuilt({"vocab": {name: place for place, name in enumerate(names)}, "merges": merges})
    word = data.draw(st.text("abc", max_size=12))
    library = [tokenizer.vocabulary[token] for token in tokenizer.encode(word)]
    assert merged(word, {pair: rank for rank, pair in enumerate(merges)}) == library


# WordPiece and Unigram


def test_the_longest_piece_is_taken_even_where_another_way_needs_fewer() -> None:
    pieces = dict.fromkeys(["a", "ab", "##b", "##c", "##d", "##bcd"], 0.0)
    assert list(longest_matches(b"abcd", pieces)) == ["ab", "##c", "##d"]


def test_signs_that_look_as_if_they_went_on_do_not() -> None:
    assert list(longest_matches(b"##a", {"#": 0, "##a": 0, "###": 0})) == ["#", "###", "##a"]


def test_the_likeliest_way_is_found_even_if_it_begins_with_a_short_piece() -> None:
    scores = {"a": -1.0, "ab": -1.0, "b": -5.0, "c": -5.0, "bc": -1.0}
    assert likeliest("abc", scores, 2) == ["a", "bc"]


def test_a_byte_without_a_piece_is_a_piece_of_its_own() -> None:
    assert likeliest("xa", {"a": -1.0}, 1) == ["x", "a"]
    assert list(longest_matches(b"xa", {})) == ["x", f"{GOES_ON}a"]
