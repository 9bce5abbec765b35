"""Words and legends are laid where nothing is."""

import numpy as np
import pytest

from gui.export.plot.frame import Box
from gui.export.plot.space import Space

BOX = Box(10.0, 20.0, 60.0, 40.0)


def space() -> Space:
    return Space(BOX, 2.0)


def test_an_empty_plot_gives_its_upper_right_corner() -> None:
    place = space().best(20.0, 10.0)
    assert place.cost == 0
    assert (place.box.right, place.box.top) == pytest.approx((BOX.right, BOX.top), abs=0.5)


def test_what_is_taken_is_not_given() -> None:
    taken = space()
    taken.take_box(Box(30.0, 20.0, 40.0, 40.0))
    place = taken.best(15.0, 10.0)
    assert place.cost == 0
    assert place.box.right <= 30.5
    assert not taken.is_free(Box(25.0, 30.0, 10.0, 5.0))
    assert taken.is_free(Box(12.0, 30.0, 10.0, 5.0))


def test_a_line_is_taken_all_along_but_for_its_gaps() -> None:
    taken = space()
    taken.take_line(np.array([10.0, 40.0, np.nan, 60.0, 70.0]), np.array([20.0, 60.0, 40.0, 50.0, 50.0]))
    assert not taken.is_free(Box(24.0, 38.0, 2.0, 4.0)), "halfway between two points"
    assert taken.is_free(Box(45.0, 45.0, 10.0, 10.0)), "in the gap"
    assert not taken.is_free(Box(64.0, 49.0, 2.0, 2.0))


def test_what_would_not_lie_inside_costs_all() -> None:
    assert space().cost(Box(60.0, 30.0, 20.0, 5.0)) == np.inf
    assert space().best(70.0, 10.0).cost == np.inf


def test_a_weak_weight_is_rather_avoided_and_not_forbidden() -> None:
    taken = space()
    taken.take_box(Box(10.0, 58.0, 60.0, 0.1), 0.01)
    assert taken.best(20.0, 10.0).box.top <= 58.5
    assert taken.is_free(Box(20.0, 55.0, 10.0, 5.0))
