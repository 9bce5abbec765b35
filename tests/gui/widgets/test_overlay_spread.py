"""Mean and spread, worked out by hand."""

import numpy as np
import pytest

from gui.widgets.loss_picture import Curve
from gui.widgets.overlay_spread import spread_at


def curve(x, y):
    return Curve(np.array(x, float), np.array(y, float))


def test_mean_and_standard_deviation_of_a_sample():
    spread = spread_at([curve([1, 2], [2, 1]), curve([1, 2], [4, 2]), curve([1, 2], [9, 3])], np.array([1.0, 2.0]))
    assert spread.mean.tolist() == [5, 2]
    assert spread.deviation == pytest.approx([np.sqrt((9 + 1 + 16) / 2), 1.0])
    assert spread.known.tolist() == [3, 3]


def test_where_fewer_reach_the_mean_is_theirs_and_one_alone_has_no_spread():
    spread = spread_at([curve([1, 2, 3], [2, 2, 2]), curve([1, 2], [4, 6])], np.array([1.0, 2.0, 3.0, 4.0]))
    assert spread.mean[:3].tolist() == [3, 4, 2]
    assert spread.deviation[:2] == pytest.approx([np.sqrt(2), np.sqrt(8)])
    assert np.isnan(spread.deviation[2:]).all()
    assert np.isnan(spread.mean[3])
    assert spread.known.tolist() == [2, 2, 1, 0]


def test_between_recorded_points_it_is_on_the_line_and_beyond_them_nothing():
    spread = spread_at([curve([0, 10], [0, 10]), curve([5, 10], [1, 1])], np.array([-1.0, 4.0, 7.5, 11.0]))
    assert spread.mean[1:3].tolist() == [4, (7.5 + 1) / 2]
    assert spread.known.tolist() == [0, 1, 2, 0]


def test_a_step_without_a_number_counts_for_nothing():
    spread = spread_at([curve([1, 2, 3], [2, np.nan, 2]), curve([1, 2, 3], [4, 4, 4])], np.array([1.0, 2.0, 3.0]))
    assert spread.mean.tolist() == [3, 4, 3]
    assert spread.known.tolist() == [2, 1, 2]


def test_a_curve_without_points_counts_for_nothing():
    spread = spread_at([curve([], []), curve([1], [2])], np.array([1.0]))
    assert spread.mean.tolist() == [2]
    assert spread.known.tolist() == [1]
