"""Ticks have room, names are cut and thinned before they touch."""

from itertools import pairwise

import pytest

from gui.export.page.ink import Ink
from gui.export.paper import Paper
from gui.export.plot.axes import axis_ticks, name_size, short_names, turned
from gui.export.plot.frame import ends, scale
from gui.export.sheet import Axis

INK = Ink(Paper())


@pytest.mark.parametrize("room", [8.0, 25.0, 60.0, 300.0])
@pytest.mark.parametrize(
    "axis",
    [
        Axis("a", low=0.0, high=1e6),
        Axis("a", low=900.0, high=9000.0, log=True),
        Axis("a", low=1e-6, high=1e6, log=True),
        Axis("a", low=0.98765, high=0.98766),
        Axis("a", low=5.0, high=-5.0),
        Axis("a", low=255.0, high=8192.0, log=True),
    ],
)
def test_labels_beside_each_other_never_touch(axis, room) -> None:
    made = [tick for tick in axis_ticks(axis, room, INK, upright=False) if tick.label]
    across = scale(axis, 0.0, room)
    places = sorted((across.pixel(tick.value), INK.width(tick.label) / 2) for tick in made)
    assert made
    assert all(a + half + other < b for (a, half), (b, other) in pairwise(places))


def test_a_tall_axis_has_more_ticks_than_a_low_one() -> None:
    axis = Axis("a", low=0.0, high=10.0)
    low, tall = (len(axis_ticks(axis, room, INK, upright=True)) for room in (10.0, 60.0))
    assert 2 <= low < tall <= 9


def test_names_shrink_then_some_are_left_out_but_never_the_marked_one() -> None:
    axis = Axis("a", "", -0.5, 39.5, names=tuple(f"name {place}" for place in range(40)))
    assert len(axis_ticks(axis, 200.0, INK, upright=True)) == 40
    assert name_size(axis, 200.0, INK) == 1.0
    assert len(axis_ticks(axis, 90.0, INK, upright=True)) == 40
    assert name_size(axis, 90.0, INK) < 0.7
    few = axis_ticks(axis, 20.0, INK, upright=True, marked=17)
    assert len(few) < 15
    assert 17.0 in [tick.value for tick in few]


def test_names_along_are_turned_where_they_would_touch_but_counts_are_not() -> None:
    words, counts = (Axis("a", "", -0.5, 9.5, names=names) for names in (("token",) * 10, tuple("0123456789")))
    assert turned(words, 40.0, INK)
    assert not turned(words, 400.0, INK)
    assert not turned(counts, 10.0, INK)


def test_long_names_are_cut() -> None:
    (name,) = short_names(Axis("a", names=("w" * 99,)), 20.0, INK).names
    assert name.endswith("…")
    assert INK.width(name) <= 20.0


@pytest.mark.parametrize("log", [False, True])
def test_axes_without_extent_get_one(log) -> None:
    low, high = ends(Axis("a", low=3.0, high=3.0, log=log))
    assert low < 3.0 < high


@pytest.mark.parametrize("upright", [True, False])
def test_names_closer_than_a_tenth_of_a_millimetre_do_not_touch(upright) -> None:
    axis = Axis("a", low=-0.5, high=1999.5, names=("name",) * 2000)
    kept = axis_ticks(axis, 20.0, INK, upright)
    apart = 20.0 / 2000 * min(other.value - one.value for one, other in pairwise(kept))
    assert apart >= 0.65 * INK.em
