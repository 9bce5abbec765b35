"""The order of the data: a pure function, each window once an epoch."""

from itertools import pairwise

import numpy as np
import pytest
import torch

from engine.training.batches import Batches, held_out_windows
from engine.training.objective import causal
from engine.trouble import Trouble

TOKENS = np.arange(1000, dtype=np.uint16)


def test_targets_are_the_next_tokens():
    inputs_BT, targets_BT = causal(Batches(TOKENS, 16, seed=1).take(0, 5))
    assert inputs_BT.shape == targets_BT.shape == (5, 16)
    assert torch.equal(inputs_BT[:, 1:], targets_BT[:, :-1])
    assert torch.equal(inputs_BT + 1, targets_BT)  # this text counts


def test_window_number_n_is_the_same_for_ever():
    one, other = Batches(TOKENS, 16, seed=1), Batches(TOKENS, 16, seed=1)
    one.take(300, 7)  # what was read before does not matter
    np.testing.assert_array_equal(one.take(40, 4), np.concatenate((other.take(40, 1), other.take(41, 3))))
    assert not np.array_equal(one.take(40, 4), Batches(TOKENS, 16, seed=2).take(40, 4))


def test_an_epoch_reads_every_window_once_and_the_next_in_another_order():
    batches = Batches(TOKENS, 16, seed=1)
    first, second = (batches.take(epoch * batches.windows, batches.windows)[:, 0].tolist() for epoch in (0, 1))
    assert len(set(first)) == len(set(second)) == batches.windows
    assert {b - a for a, b in pairwise(sorted(first))} == {16}
    assert first != second


def test_no_window_reaches_past_the_end():
    batches = Batches(np.arange(16 * 4 + 1, dtype=np.uint16), 16, seed=3)
    assert int(batches.take(0, 50 * batches.windows).max()) <= 16 * 4


def test_a_text_too_short_says_how_long_it_must_be():
    with pytest.raises(Trouble, match="needs 33"):
        Batches(TOKENS[:32], 16, seed=1)
    assert Batches(TOKENS[:33], 16, seed=1).windows == 1
    with pytest.raises(Trouble, match="needs 17"):
        held_out_windows(TOKENS[:16], 16, most=4)


def test_held_out_windows_are_spread_and_do_not_overlap():
    inputs_BT, targets_BT = causal(held_out_windows(TOKENS, 16, most=10))
    starts = inputs_BT[:, 0].tolist()
    assert len(starts) == 10
    assert starts[0] == 0
    assert starts[-1] == 16 * 61
    assert min(b - a for a, b in pairwise(starts)) >= 16
    assert torch.equal(inputs_BT + 1, targets_BT)


@pytest.mark.parametrize("parts", [1, 5, 64, 200])
def test_times_seen_count_every_window_of_each_part(parts: int):
    batches = Batches(TOKENS, 16, seed=1)
    seen = 2 * batches.windows + 17
    starts = batches.take(2 * batches.windows, 17)[:, 0] // 16  # in this text a token is its own place
    times_W = np.full(batches.windows, 2.0)
    times_W[np.minimum(starts, batches.windows - 1)] += 1
    times_P = batches.times_seen(seen, parts)
    assert len(times_P) == parts
    if parts <= batches.windows:
        ends_P = np.arange(parts + 1) * batches.windows // parts
        np.testing.assert_allclose(times_P, [times_W[a:b].mean() for a, b in pairwise(ends_P)], rtol=1e-6)
    else:
        assert set(times_P.tolist()) == {2.0, 3.0}
