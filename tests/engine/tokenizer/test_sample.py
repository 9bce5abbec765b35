"""The sample a tokenizer is learned from: of bounded size, and from all over the text."""

from collections.abc import Iterable

import numpy as np

from engine.tokenizer.sample import LEARN_FROM, LEARN_WORDS, STRETCH, Sample, in_short_runs, sampled
from tests.engine.taking import taken


def sample_of(texts: Iterable[str], size: int) -> Sample:
    return taken(sampled(texts, size))


def different_words(count: int, letters: str, seed: int = 0) -> str:
    words = np.random.default_rng(seed).choice(list(letters), (count, 9))
    return " ".join("".join(word) for word in words)


def test_a_short_text_is_taken_whole() -> None:
    texts = ["one two ", "x" * (3 * STRETCH), "", "three"]
    assert "".join(sample_of(texts, sum(map(len, texts))).stretches) == "".join(texts)


def test_of_a_long_text_a_bounded_share_is_taken() -> None:
    sample = sample_of(("word " * 50_000 for _ in range(80)), 80 * 250_000)
    assert LEARN_FROM <= sum(map(len, sample.stretches)) <= LEARN_FROM + STRETCH


def test_many_small_documents_have_their_share_too() -> None:
    sample = sample_of((f"{number:09} " for number in range(1_000_000)), 10_000_000)
    numbers = [int(stretch) for stretch in sample.stretches]
    assert len(numbers) > 100_000
    assert max(np.diff(numbers)) < 100
    assert numbers[-1] > 990_000


def test_words_that_are_always_new_leave_room_for_the_rest_of_the_text() -> None:
    texts = [different_words(10_000, "abcdefghij", seed) for seed in range(20)] + ["the end of it " * 10_000] * 10
    sample = sample_of(texts, sum(map(len, texts)))
    assert sample.words <= 1.2 * LEARN_WORDS
    assert any("the end of it" in stretch for stretch in sample.stretches)


def test_what_is_said_on_the_way_is_how_much_was_seen() -> None:
    work = sampled(["a" * 10, "b" * STRETCH * 2], 10 + STRETCH * 2)
    assert [next(work), next(work)] == [10, 10 + STRETCH * 2]


def test_a_sample_is_the_same_each_time() -> None:
    texts = [different_words(3000, "abc", seed) for seed in range(40)]
    assert sample_of(texts, 10**7) == sample_of(texts, 10**7)


def test_a_long_run_is_parted_and_nothing_is_lost() -> None:
    text = "a" * 1050 + " word " + "é" * 250
    runs = list(in_short_runs([text]))
    assert "".join(runs) == text
    assert max(len(part) for run in runs for part in run.split()) <= 200
