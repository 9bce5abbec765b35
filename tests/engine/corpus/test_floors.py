"""Floors: the same numbers as counting by hand."""

from collections import Counter, defaultdict
from math import log
from pathlib import Path

import numpy as np
import pytest

from engine.corpus.floors import floors
from engine.tokenizer.character import CharacterTokenizer

SHAKESPEARE = Path(__file__).parents[3] / "../shared/data/tinyshakespeare.txt"


def by_hand(train: list[int], validation: list[int], vocabulary: int, context: int, order: int) -> float:
    """Witten–Bell with dictionaries, one prediction after the other."""
    follows: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
    for n in range(1, order + 1):
        for i in range(len(train) - n + 1):
            follows[tuple(train[i : i + n - 1])][train[i + n - 1]] += 1

    def chance(h: tuple[int, ...], c: int, n: int) -> float:
        if n == 0:
            return 1 / vocabulary
        shorter, seen = chance(h[1:], c, n - 1), follows.get(h, Counter())
        return (seen[c] + len(seen) * shorter) / (seen.total() + len(seen)) if seen else shorter

    losses = []
    for start in range(0, (len(validation) - 1) // context * context, context):
        for place in range(1, context + 1):
            n = min(order, place + 1)
            h = tuple(validation[start + place - n + 1 : start + place])
            losses.append(-log(chance(h, validation[start + place], n)))
    return sum(losses) / len(losses)


@pytest.mark.parametrize("context", [1, 3, 8])
def test_each_order_is_what_dictionaries_say(context: int) -> None:
    random = np.random.default_rng(5)
    train, validation = random.integers(0, 4, 200) ** 2 % 7, random.integers(0, 4, 60) ** 2 % 7
    found = list(floors(train, validation, 7, context, 5))
    assert [floor.order for floor in found] == [0, 1, 2, 3, 4, 5]
    for floor in found[1:]:
        wanted = by_hand(train.tolist(), validation.tolist(), 7, context, floor.order)
        assert floor.loss == pytest.approx(wanted, abs=1e-12)


def test_they_have_the_names_the_chart_shows() -> None:
    row = np.arange(40) % 5
    assert [floor.name for floor in floors(row, row, 5, 4)] == ["uniform", "unigram", "bigram", "trigram", "4-gram"]


def test_uniform_is_the_logarithm_of_the_vocabulary() -> None:
    assert next(floors(np.zeros(9, np.uint16), np.zeros(9, np.uint16), 1024, 4)).loss == pytest.approx(log(1024))


def test_what_training_never_saw_still_has_a_chance() -> None:
    found = list(floors(np.zeros(50, np.uint16), np.arange(50, dtype=np.uint16), 60, 8))
    assert all(np.isfinite(floor.loss) for floor in found)


def test_too_short_a_text_gives_only_what_can_be_counted() -> None:
    assert [floor.order for floor in floors(np.array([1, 2]), np.array([1, 2, 1]), 3, 8)] == [0, 1, 2]
    assert [floor.order for floor in floors(np.array([], int), np.array([], int), 3, 8)] == [0]


def test_the_numbers_of_tiny_shakespeare() -> None:
    if not SHAKESPEARE.exists():
        pytest.skip("the text is not beside this checkout")
    text = SHAKESPEARE.read_text("utf-8")
    tokens = CharacterTokenizer(text).encode(text) - 2  # its 65 characters only
    cut = len(tokens) * 9 // 10
    losses = [floor.loss for floor in floors(tokens[:cut], tokens[cut:], 65, 64, 5)][1:]
    assert losses == pytest.approx([3.347, 2.486, 2.056, 1.789, 1.688], abs=0.01)
