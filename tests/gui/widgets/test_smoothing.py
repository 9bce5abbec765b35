"""The smoothed curve is what it says it is, however it came about."""

import numpy as np
import pytest

from gui.widgets.smoothing import EARLY, TrailingMean


def by_definition(values, width):
    made = []
    for end in range(1, len(values) + 1):
        recent = values[max(0, end - min(width, 1 + end // EARLY)) : end]
        recent = recent[np.isfinite(recent)]
        made.append(recent.mean() if np.isfinite(values[end - 1]) else np.nan)
    return np.array(made)


def noise(count, seed=0):
    return 5 + np.random.default_rng(seed).normal(size=count)


@pytest.mark.parametrize("width", [1, 2, 20, 500])
@pytest.mark.parametrize("count", [0, 1, 2, 19, 1500])
def test_is_the_mean_of_the_last_steps(width, count):
    values = noise(count)
    assert TrailingMean(width).of(values) == pytest.approx(by_definition(values, width))


@pytest.mark.parametrize("width", [1, 20, 500])
def test_growing_step_by_step_gives_the_same_as_all_at_once(width):
    values, growing = noise(3000), TrailingMean(width)
    for end in (0, 1, 2, 30, 31, 700, 2999, 3000):
        assert growing.of(values[:end]) == pytest.approx(by_definition(values[:end], width))


def test_the_past_never_changes():
    values, growing = noise(2000), TrailingMean(50)
    early = growing.of(values[:500]).copy()
    assert growing.of(values)[:500].tolist() == early.tolist()
    assert growing.of(values[:500]).tolist() == early.tolist()


def test_of_one_step_is_the_curve_itself():
    values = noise(100)
    assert TrailingMean(1).of(values) == pytest.approx(values)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_step_without_a_number_is_a_gap_and_spoils_nothing(bad):
    values = noise(300)
    values[[0, 100, 101]] = bad
    found = TrailingMean(20).of(values)
    assert np.flatnonzero(np.isnan(found)).tolist() == [0, 100, 101]
    assert found == pytest.approx(by_definition(values, 20), nan_ok=True)


def test_an_absurd_loss_does_not_linger_in_the_sums():
    values = noise(300)
    values[100] = 1e300
    assert TrailingMean(20).of(values)[130:] == pytest.approx(by_definition(values, 20)[130:])
