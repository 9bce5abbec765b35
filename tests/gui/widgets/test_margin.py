"""Names in the margin never stand on each other."""

import numpy as np
import pytest

from gui.widgets.margin import spread


def test_names_with_room_stand_at_their_lines():
    assert spread([10.0, 40.0, 90.0], 14.0, 0.0, 100.0) == pytest.approx([10.0, 40.0, 90.0])


def test_close_names_give_way_to_both_sides():
    assert spread([50.0, 52.0], 14.0, 0.0, 100.0) == pytest.approx([44.0, 58.0])


@pytest.mark.parametrize("seed", range(20))
def test_names_are_always_apart_in_order_and_inside(seed):
    places = np.sort(np.random.default_rng(seed).uniform(-20, 220, 7)).tolist()
    found = spread(places, 14.0, 0.0, 200.0)
    assert (np.diff(found) >= 14.0 - 1e-9).all()
    assert found[0] >= -1e-9
    assert found[-1] <= 200.0 + 1e-9


def test_nothing_to_name_is_no_trouble():
    assert spread([], 14.0, 0.0, 100.0) == []
