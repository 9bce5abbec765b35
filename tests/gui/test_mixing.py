"""A fader moves its own share, the others give way, and something is always read."""

import pytest

from gui.mixing import Mixture, added, carried, differ, removed, shares, turned


def test_without_weights_texts_share_by_their_length() -> None:
    assert shares((), (3.0, 1.0)) == (0.75, 0.25)
    assert shares((), (0.0, 0.0)) == (0.5, 0.5)
    assert shares((2.0, 6.0), (1.0, 1.0)) == (0.25, 0.75)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_the_others_keep_their_proportion_and_all_is_one(share: float) -> None:
    made = turned((0.5, 0.4, 0.1), 0, share)
    assert made is not None
    assert made[0] == pytest.approx(share)
    assert sum(made) == pytest.approx(1, abs=1e-5)
    assert made[1] == pytest.approx(4 * made[2], abs=1e-5)


def test_what_alone_is_read_cannot_be_turned_down() -> None:
    assert turned((1.0, 0.0), 0, 0.9) is None
    assert turned((1.0,), 0, 0.0) is None
    assert turned((1.0, 0.0), 1, 0.3) == pytest.approx((0.7, 0.3))


def test_a_new_text_weighs_as_the_others_do() -> None:
    assert added((0.6, 0.2)) == pytest.approx((0.6, 0.2, 0.4))
    assert added(()) == ()


def test_when_only_silent_texts_are_left_they_share_alike() -> None:
    assert removed((0.6, 0.4, 0.0), 0) == (0.4, 0.0)
    assert removed((1.0, 0.0, 0.0), 0) == (1.0, 1.0)


def test_a_turn_of_the_present_mixture_is_carried_into_the_next() -> None:
    mixture = Mixture(("a", "b", "c"), next_corpus=("a", "c", "new"), next_weights=(0.3, 0.3, 0.4))
    made = carried(mixture, (0.2, 0.2, 0.6))
    assert made == pytest.approx((0.15, 0.45, 0.4))
    silent = carried(mixture, (0.0, 1.0, 0.0))
    assert silent == mixture.next_weights


def test_shares_that_are_printed_alike_do_not_differ() -> None:
    assert not differ((0.5, 0.5), (0.5001, 0.4999))
    assert differ((0.5, 0.5), (0.51, 0.49))
    assert differ((0.5,), (0.5, 0.5))
