"""However long a curve is, what is drawn of it is short, and nothing that could be seen is missing."""

import numpy as np
import pytest

from gui.widgets.reduction import columns, extremes, first_in_each, means, stretches
from gui.widgets.scale import Scale, Span

WIDTH = 300
LINEAR = Scale(Span(0.0, 100_000.0), False, 50.0, 50.0 + WIDTH)
LOG = Scale(Span(0.0, 5.0), True, 50.0, 50.0 + WIDTH)
X = np.arange(1.0, 100_001.0)


def reduced(x, y, scale, per_pixel=1.0):
    return extremes(x, y, scale, columns(x, scale, per_pixel))


@pytest.mark.parametrize("scale", [LINEAR, LOG])
def test_at_most_two_points_a_column_and_always_forward(scale):
    across, values = reduced(X, np.random.default_rng(0).normal(size=len(X)), scale)
    assert len(across) == len(values) <= 2 * WIDTH + 2
    assert (np.diff(across) >= 0).all()
    assert np.unique(np.floor(across), return_counts=True)[1].max() <= 3


@pytest.mark.parametrize("scale", [LINEAR, LOG])
@pytest.mark.parametrize("where", [0, 1, 777, 50_000, 99_999])
@pytest.mark.parametrize("spike", [-50.0, 50.0])
def test_a_spike_of_a_single_step_is_never_lost(scale, where, spike):
    y = np.zeros(len(X))
    y[where] = spike
    across, values = reduced(X, y, scale)
    assert spike in values
    assert across[values == spike] == pytest.approx(scale.pixel(X[where]), abs=1.0)


def test_every_column_reaches_from_its_lowest_to_its_highest_value():
    y = np.random.default_rng(1).normal(size=len(X))
    across, values = reduced(X, y, LINEAR)
    column_of_x = np.minimum(((LINEAR.pixels(X) - 50) // 1).astype(int), WIDTH - 1)
    column_of_point = np.minimum((across - 50).astype(int), WIDTH - 1)
    for column in (0, 17, 150, WIDTH - 1):
        shown, real = values[column_of_point == column], y[column_of_x == column]
        assert (shown.min(), shown.max()) == pytest.approx((real.min(), real.max()), abs=0.2)


def test_few_points_are_drawn_as_they_are():
    x, y = np.array([1.0, 10.0, 100.0]), np.array([3.0, 2.0, 1.0])
    across, values = reduced(x, y, LOG)
    assert across == pytest.approx(LOG.pixels(x))
    assert values.tolist() == y.tolist()


def test_lines_run_on_beyond_both_edges():
    scale = Scale(Span(40.0, 60.0), False, 0.0, 100.0)
    across, values = reduced(np.arange(0.0, 101.0, 25.0), np.arange(5.0), scale)
    assert across[0] < 0 < 100 < across[-1]
    assert values.tolist() == [1.0, 2.0, 3.0]


def test_between_two_steps_there_is_still_a_line():
    scale = Scale(Span(41.0, 42.0), False, 0.0, 100.0)
    across, values = reduced(np.array([0.0, 50.0, 100.0]), np.array([1.0, 2.0, 3.0]), scale)
    assert values.tolist() == [1.0, 2.0]
    assert across[0] < 0 < 100 < across[1]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_points_are_no_trouble(count):
    for how in (extremes, means):
        across, values = how(X[:count], X[:count], LOG, columns(X[:count], LOG))
        assert len(across) == len(values) == count


def test_a_step_without_a_number_does_not_hide_its_neighbours():
    y = np.ones(len(X))
    y[50_000] = np.nan
    assert np.isfinite(reduced(X, y, LINEAR)[1]).all()


def test_a_gap_that_can_be_seen_is_a_gap():
    y = np.ones(len(X))
    y[40_000:60_000] = np.nan
    across, values = reduced(X, y, LINEAR)
    one, other = stretches(across, values)
    assert across[one].max() == pytest.approx(LINEAR.pixel(40_000), abs=1.5)
    assert across[other].min() == pytest.approx(LINEAR.pixel(60_000), abs=1.5)


def test_the_mean_of_each_column_ends_on_the_newest_value():
    y = np.linspace(7.0, 2.0, len(X))
    across, values = means(X, y, LINEAR, columns(X, LINEAR))
    assert len(across) <= WIDTH + 1
    assert (across[-1], values[-1]) == (pytest.approx(LINEAR.pixel(X[-1])), 2.0)
    assert values[:-1] == pytest.approx(np.interp(across[:-1], LINEAR.pixels(X), y), abs=0.02)


def test_a_finer_screen_gets_finer_columns():
    y = np.random.default_rng(2).normal(size=len(X))
    assert len(reduced(X, y, LINEAR, 2.0)[0]) == pytest.approx(2 * len(reduced(X, y, LINEAR)[0]), rel=0.02)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], []), ([1, 2], [(0, 2)]), ([np.nan, 1, np.inf, 2, 3], [(1, 2), (3, 5)]), ([np.nan], [])],
)
def test_stretches_are_the_runs_of_real_numbers(values, expected):
    found = stretches(np.arange(len(values), dtype=float), np.array(values, float))
    assert [(part.start, part.stop) for part in found] == expected


@pytest.mark.parametrize("log", [False, True])
def test_the_first_in_each_stretch_is_found_as_if_every_pixel_were_worked_out(log):
    scale = Scale(Span(0.0, 3.0) if log else Span(0.0, 1000.0), log, 40.0, 440.0)
    x = np.sort(np.random.default_rng(3).uniform(1.0, 1000.0, 500))
    stretch = np.floor(scale.pixels(x) / 15)
    expected = np.flatnonzero(np.diff(stretch, prepend=-np.inf))
    assert first_in_each(x, scale, 15).tolist() == expected.tolist()
    assert first_in_each(np.empty(0), scale, 15).tolist() == []
