"""Floors: the same numbers as counting by hand."""

import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log
from pathlib import Path

import numpy as np
import pytest

from engine.corpus import floors as counting
from engine.corpus.floors import floors

SHAKESPEARE = Path(__file__).parents[3] / "../shared/data/tinyshakespeare.txt"
RANDOM = np.random.default_rng(5)


def row_of(length: int) -> np.ndarray:
    """Tokens 0, 1, 2 and 4 of a vocabulary of 7, so that some n-grams are never seen."""
    return (RANDOM.integers(0, 4, length) ** 2 % 7).astype(np.uint16)


def by_hand(
    train: Sequence[np.ndarray], validation: Sequence[np.ndarray], vocabulary: int, context: int, order: int
) -> float:
    """Witten–Bell with dictionaries, one prediction after the other."""
    follows: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
    for row in map(np.ndarray.tolist, train):
        for n in range(1, order + 1):
            for i in range(len(row) - n + 1):
                follows[tuple(row[i : i + n - 1])][row[i + n - 1]] += 1

    def chance(h: tuple[int, ...], c: int, n: int) -> float:
        if n == 0:
            return 1 / vocabulary
        shorter, seen = chance(h[1:], c, n - 1), follows.get(h, Counter())
        return (seen[c] + len(seen) * shorter) / (seen.total() + len(seen)) if seen else shorter

    losses = []
    for row in map(np.ndarray.tolist, validation):
        for start in range(0, (len(row) - 1) // context * context, context):
            for place in range(1, context + 1):
                n = min(order, place + 1)
                h = tuple(row[start + place - n + 1 : start + place])
                losses.append(-log(chance(h, row[start + place], n)))
    return sum(losses) / len(losses)


@pytest.mark.parametrize("context", [1, 3, 8])
@pytest.mark.parametrize("lengths", [(200,), (200, 90, 3, 1, 40)])
def test_each_order_is_what_dictionaries_say(context: int, lengths: tuple[int, ...]) -> None:
    train, validation = [row_of(length) for length in lengths], [row_of(length) for length in (60, 1, 0, 25)]
    found = list(floors(train, validation, 7, context))
    assert [floor.order for floor in found] == [0, 1, 2, 3, 4, 5, 6]
    for floor in found[1:]:
        assert floor.loss == pytest.approx(by_hand(train, validation, 7, context, floor.order), abs=1e-9)


def test_no_ngram_goes_from_one_text_to_the_next() -> None:
    apart = list(floors([np.zeros(20, int), np.ones(20, int)], [np.array([0, 1, 0, 1])], 2, 3, 2))
    joined = list(floors([np.repeat([0, 1], 20)], [np.array([0, 1, 0, 1])], 2, 3, 2))
    assert apart[2].loss > joined[2].loss


def test_each_text_counts_by_its_predictions() -> None:
    rows = [row_of(41), row_of(21)]
    train = [row_of(300)]
    first, second, both = (
        [floor.loss for floor in floors(train, held_out, 7, 4)] for held_out in (rows[:1], rows[1:], rows)
    )
    assert both == pytest.approx([(2 * a + b) / 3 for a, b in zip(first, second, strict=True)])


def test_of_a_long_text_stretches_all_over_it_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "COUNTED", 1000)
    monkeypatch.setattr(counting, "STRETCH", 100)
    begins_otherwise = np.concatenate([np.zeros(5000, int), RANDOM.integers(0, 2, 5000)])
    loss = list(floors([begins_otherwise], [RANDOM.integers(0, 2, 2000)], 2, 8, 1))[1].loss
    assert loss == pytest.approx(-0.5 * log(0.25) - 0.5 * log(0.75), abs=0.05)


def test_of_a_long_validation_text_windows_all_over_it_are_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "SCORED", 400)
    ends_otherwise = np.repeat([0, 1], 4000)
    loss = list(floors([np.array([0, 0, 0, 1])], [ends_otherwise], 2, 8, 1))[1].loss
    zero, one = (3 + 2 * 0.5) / 6, (1 + 2 * 0.5) / 6
    assert loss == pytest.approx(-0.5 * log(zero) - 0.5 * log(one), rel=0.02)


def test_memory_is_what_is_said() -> None:
    train, validation = [RANDOM.integers(0, 60_000, 300_000).astype(np.uint16)], [np.zeros(5, np.uint16)]
    tracemalloc.start()
    try:
        assert len(list(floors(train, validation, 60_000, 4))) == 7
        assert tracemalloc.get_traced_memory()[1] < 70 * 300_000
    finally:
        tracemalloc.stop()


def test_they_have_the_names_the_chart_shows() -> None:
    row = np.arange(40) % 5
    names = [floor.name for floor in floors([row], [row], 5, 4)]
    assert names == ["uniform", "unigram", "bigram", "trigram", "4-gram", "5-gram", "6-gram"]


def test_uniform_is_the_logarithm_of_the_vocabulary() -> None:
    assert next(floors([np.zeros(9, np.uint16)], [np.zeros(9, np.uint16)], 1024, 4)).loss == pytest.approx(log(1024))


def test_what_training_never_saw_still_has_a_chance() -> None:
    found = list(floors([np.zeros(50, np.uint16)], [np.arange(50, dtype=np.uint16)], 60, 8))
    assert all(np.isfinite(floor.loss) for floor in found)


def test_too_short_a_text_gives_only_what_can_be_counted() -> None:
    assert [floor.order for floor in floors([np.array([1, 2])], [np.array([1, 2, 1])], 3, 8)] == [0, 1, 2]
    assert [floor.order for floor in floors([np.array([], int)], [np.array([], int)], 3, 8)] == [0]
    assert [floor.order for floor in floors([], [], 3, 8)] == [0]


def test_the_numbers_of_tiny_shakespeare() -> None:
    if not SHAKESPEARE.exists():
        pytest.skip("the text is not beside this checkout")
    tokens = np.unique(np.frombuffer(SHAKESPEARE.read_bytes(), np.uint8), return_inverse=True)[1]  # 65 characters
    cut = len(tokens) * 9 // 10
    losses = [floor.loss for floor in floors([tokens[:cut]], [tokens[cut:]], 65, 64)][1:]
    assert losses == pytest.approx([3.347, 2.486, 2.056, 1.789, 1.688, 1.715], abs=0.001)
