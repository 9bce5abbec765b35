"""Windows from several texts: shares as the weights say, each text in its own order, nothing lost when it is turned."""

import numpy as np
import pytest

from engine.settings import Settings
from engine.training.batches import Batches
from engine.training.mixture import Mixture
from engine.training.objective import infilled, masked
from engine.trouble import Trouble

CONTEXT = 8
ORDINARY, END = 30, 0  # tokens; the one between two documents
LENGTHS = 400, 200, 3000
ROWS = [np.full(length, 10 * source, np.uint16) + np.arange(length) % 10 for source, length in enumerate(LENGTHS)]


def mixture() -> Mixture:
    return Mixture([row.astype(np.uint16) for row in ROWS], CONTEXT, seed=4)


def sources(windows_BN: np.ndarray) -> np.ndarray:
    return windows_BN[:, 0] // 10


def test_one_text_is_read_as_if_there_was_no_mixture():
    alone, batches = Mixture(ROWS[:1], CONTEXT, seed=4), Batches(ROWS[0], CONTEXT, seed=4)
    np.testing.assert_array_equal(alone.take(7, 20, np.array([7])).windows_BN, batches.take(7, 20))


def test_every_window_is_from_one_text_and_the_counts_say_which():
    taken = mixture().take(0, 500, np.zeros(3, np.int64))
    assert (taken.windows_BN // 10 == sources(taken.windows_BN)[:, None]).all()
    np.testing.assert_array_equal(np.bincount(sources(taken.windows_BN), minlength=3), taken.counts_S)
    assert taken.counts_S.sum() == 500


@pytest.mark.parametrize("weights", [(), (1.0, 1.0, 1.0), (0.7, 0.0, 0.1), (1e-6, 1e6, 3.0)])
def test_shares_are_the_weights_to_within_sampling_error(weights: tuple[float, ...]):
    mixed, count = mixture(), 20_000
    taken, share_S = mixed.take(0, count, np.zeros(3, np.int64), weights), mixed.shares(weights)
    spread_S = np.sqrt(share_S * (1 - share_S) / count)
    assert (np.abs(taken.counts_S / count - share_S) <= 4 * spread_S).all()
    assert taken.counts_S[share_S == 0].sum() == 0


def test_without_weights_all_texts_come_to_their_end_together():
    mixed = mixture()
    expected = np.array([text.windows for text in mixed.texts]) / mixed.windows
    np.testing.assert_allclose(mixed.shares(()), expected)


def test_what_is_taken_at_once_or_one_by_one_is_the_same():
    mixed, weights = mixture(), (0.5, 0.3, 0.2)
    together = mixed.take(90, 40, np.array([50, 20, 20]), weights)
    seen_S, one_by_one = np.array([50, 20, 20]), []
    for number in range(90, 130):
        taken = mixture().take(number, 1, seen_S, weights)
        one_by_one.append(taken.windows_BN[0])
        seen_S = seen_S + taken.counts_S
    np.testing.assert_array_equal(together.windows_BN, one_by_one)


def test_weights_do_not_change_which_windows_of_a_text_come_next():
    mixed, seen_S = mixture(), np.array([5, 5, 5])
    some, other = (mixed.take(15, 30, seen_S, weights) for weights in ((1.0, 0.0, 0.0), (0.2, 0.4, 0.4)))
    of_first = other.windows_BN[sources(other.windows_BN) == 0]
    np.testing.assert_array_equal(of_first, some.windows_BN[: len(of_first)])


def test_the_first_window_is_found_again_by_its_place():
    taken = mixture().take(33, 6, np.array([11, 2, 20]), (1.0, 1.0, 1.0))
    np.testing.assert_array_equal(mixture().window(*taken.first), taken.windows_BN[0])


@pytest.mark.parametrize("hide", [masked, lambda *given: infilled(*given, END)], ids=["masked", "infilled"])
def test_no_two_things_are_decided_by_the_same_random_numbers(hide, monkeypatch: pytest.MonkeyPatch):
    keys, fresh = [], np.random.default_rng

    def noted(key: tuple[int, ...]) -> np.random.Generator:
        keys.append(key)
        return fresh(key)

    monkeypatch.setattr(np.random, "default_rng", noted)
    mixed = Mixture([ROWS[0]] * 6, CONTEXT, seed=4)
    windows_BN = mixed.take(0, 40, np.zeros(6, np.int64)).windows_BN
    hide(windows_BN, 0, Settings(seed=4, masked_share=0.5, infill_share=0.5), ORDINARY)
    streams = {tuple(fresh(key).random(3)) for key in keys}
    assert len(streams) == len(keys) > 40 + 1


def test_each_text_must_be_long_enough():
    with pytest.raises(Trouble, match="needs 17"):
        Mixture([ROWS[0], ROWS[1][:10]], CONTEXT, seed=1)
