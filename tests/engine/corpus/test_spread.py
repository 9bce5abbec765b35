"""A sample of a stream: small, and from all of it."""

import pytest

from engine.corpus.spread import Spread


@pytest.mark.parametrize("length", [0, 1, 7, 8, 9, 1000, 1024, 1025])
def test_it_is_small_and_evenly_spread(length: int) -> None:
    spread: Spread[int] = Spread(8)
    for number in range(length):
        if spread.wants():
            spread.kept.append(number)
    assert min(4, length) <= len(spread.kept) <= 8
    steps = {b - a for a, b in zip(spread.kept, spread.kept[1:], strict=False)}
    assert len(steps) <= 1
    assert not length or (spread.kept[0] == 0 and spread.kept[-1] >= length * 3 / 4 - 1)
