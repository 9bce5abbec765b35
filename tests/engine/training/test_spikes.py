"""What stands out from the last 128 numbers, on numbers that are known by hand."""

import pytest

from engine.training.spikes import WINDOW, Spike, Spikes

USUAL = [float(2 * (n % 2)) for n in range(WINDOW)]  # 0 and 2: mean 1, standard deviation 1


def test_a_spike_is_more_than_six_standard_deviations_above_the_mean():
    assert Spikes("loss", USUAL).seen(7.0) is None
    assert Spikes("loss", USUAL).seen(7.001) == Spike("loss", 7.001, 1.0, 1.0)
    assert Spikes("gradient", USUAL).seen(100.0) == Spike("gradient", 100.0, 1.0, 1.0)


def test_a_number_far_below_is_good_news():
    assert Spikes("loss", USUAL).seen(-100.0) is None


def test_the_first_128_numbers_are_compared_with_nothing():
    spikes = Spikes("loss")
    assert [spikes.seen(1e9 if n == WINDOW - 1 else n % 2) for n in range(WINDOW)] == [None] * WINDOW
    spikes = Spikes("loss")
    assert [spikes.seen(n % 2) for n in range(WINDOW)] == [None] * WINDOW
    assert spikes.seen(1e9) is not None


@pytest.mark.parametrize("value", [0.0, 0.1, 1 / 3, 1e9])
def test_a_history_without_spread_has_no_measure_of_far(value):
    assert Spikes("loss", [value] * WINDOW).seen(value + 1e-6) is None


def test_a_spike_is_one_of_the_last_numbers_from_then_on():
    spikes = Spikes("loss", USUAL)
    assert spikes.seen(50.0) is not None
    assert spikes.seen(20.0) is None  # the first has widened what is usual
    for number in USUAL:
        spikes.seen(number)
    assert spikes.seen(20.0) is not None  # and is forgotten


def test_a_history_that_was_put_back_goes_on_as_before():
    one = Spikes("loss", USUAL)
    one.seen(3.0)
    other = Spikes("loss", one.last)
    assert [one.seen(value) for value in (5.0, 9.0, 1.0, 30.0)] == [
        other.seen(value) for value in (5.0, 9.0, 1.0, 30.0)
    ]
