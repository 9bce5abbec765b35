"""Typos: always one, always near the word."""

from random import Random

import pytest

from engine.corpus.mistyped import beside, mistyped


@pytest.mark.parametrize(("way", "wrong"), [(0.0, "woord"), (0.3, "wrd"), (0.6, "wrod"), (0.9, "wird")])
def test_each_way_is_one_that_people_know(way: float, wrong: str) -> None:
    assert mistyped("word", way, 0.3) == wrong


@pytest.mark.parametrize("word", ["a", "I", "oo", "eee", "ß", "中文", "2024", "Zoë", "q", "x" * 40])
def test_no_word_stays_as_it_is_or_goes_away(word: str) -> None:
    random = Random(1)
    for _ in range(200):
        wrong = mistyped(word, random.random(), random.random())
        assert wrong not in ("", word)
        assert abs(len(wrong) - len(word)) <= 1
        assert wrong.isalnum()


def test_a_key_has_its_neighbour_and_its_case() -> None:
    assert [beside(key) for key in "qwaEé"] == ["w", "q", "s", "W", "é"]
