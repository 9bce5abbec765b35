"""Names in the margin never stand on each other."""

import numpy as np
import pytest

from gui.theme import LIGHT, PROJECTOR
from gui.widgets.margin import Name, fitting_words, fold, folded, name_at, spread


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


def names(*places):
    return [Name(f"n{place}", "", float(place), told=f"{place} nats") for place in places]


def test_of_names_that_are_too_close_the_lowest_is_left_and_tells_of_all():
    kept = folded(names(10, 40, 50, 52), 14.0)
    assert [(name.words, name.more) for name in kept] == [("n10", 0), ("n52", 2)]
    assert kept[1].told == "40 nats, 50 nats, 52 nats"


def test_names_that_stand_apart_are_all_left():
    assert [name.words for name in folded(names(60, 10, 30), 14.0)] == ["n10", "n30", "n60"]


def test_names_fold_at_14_pixels_and_in_larger_type_at_more():
    assert fold(LIGHT) == pytest.approx(14.0)
    assert fold(PROJECTOR) > fold(LIGHT)


def test_only_a_name_that_is_near_is_pointed_at():
    made = names(10, 60)
    assert name_at(made, 55.0, LIGHT).words == "n60"
    assert name_at(made, 35.0, LIGHT) is None
    assert name_at([], 35.0, LIGHT) is None


@pytest.mark.usefixtures("qapp")
def test_how_many_are_folded_is_said_where_there_is_room():
    name = Name("6-gram", "2.12", 10.0, more=2)
    assert fitting_words(name, 200.0, LIGHT) == "6-gram +2"
    assert fitting_words(name, 50.0, LIGHT) == "6-gram"
    assert fitting_words(name._replace(more=0), 200.0, LIGHT) == "6-gram"
