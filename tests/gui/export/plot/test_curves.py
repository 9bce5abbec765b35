"""A curve is cut and thinned to its paper: nothing that could be seen is lost."""

import numpy as np
import pytest

from gui.export.page.ink import Ink
from gui.export.paper import Paper
from gui.export.plot.curves import curve_calls, rounded, thinned
from gui.export.plot.frame import Box, Frame, frame
from gui.export.sheet import Axis, Curve


def framed(low: float = 0.0, high: float = 100_000.0, log: bool = False) -> Frame:
    return frame(
        "plot", Box(10.0, 10.0, 60.0, 40.0), Axis("x", "", low, high, log), Axis("y", "", 0.0, 9.0), Ink(Paper())
    )


X = np.arange(100_000.0)
NOISE = np.random.default_rng(1).normal(3.0, 0.1, len(X))


def test_a_short_curve_stays_as_it_is() -> None:
    x, y = np.array([0.0, 7.0, 90_000.0]), np.array([1.0, np.nan, 2.0])
    seen = thinned(Curve("c", x, y, "line1"), framed())
    assert seen[0].tolist() == x.tolist()
    assert np.array_equal(seen[1], y, equal_nan=True)


@pytest.mark.parametrize("at", [0, 1, 50_000, 99_998, 99_999])
def test_a_single_step_is_never_lost(at) -> None:
    y = NOISE.copy()
    y[at] = 8.0
    x, seen = thinned(Curve("c", X, y, "line1"), framed())
    assert len(x) < 4000
    assert seen.max() == 8.0
    assert x[np.argmax(seen)] == pytest.approx(at, abs=150)


@pytest.mark.parametrize("place", [0, 3, 5])
def test_a_value_without_neighbours_is_a_dot(place) -> None:
    x, y = np.array([0.0, 1e4, 2e4, 3e4, 4e4, 1e5]), np.full(6, np.nan)
    y[place] = 2.0
    calls = [call for call in curve_calls(Curve("c", x, y, "line1"), framed(), "c", 1.0) if "marker" in call.named]
    assert [call.arguments[0].values.tolist() for call in calls] == [[x[place]]]
    outside = curve_calls(Curve("c", x, y, "line1"), framed(low=x[place] + 5e3, high=2e5), "c", 1.0)
    assert not any("marker" in call.named for call in outside)
    whole = curve_calls(Curve("c", x, np.full(6, 2.0), "line1"), framed(), "c", 1.0)
    assert not any("marker" in call.named for call in whole)


def test_means_of_a_smooth_curve_keep_its_newest_value() -> None:
    y = np.linspace(5.0, 1.0, len(X))
    x, seen = thinned(Curve("c", X, y, "line1", smooth=True), framed())
    assert len(x) < 2000
    assert (x[-1], seen[-1]) == (X[-1], y[-1])
    assert np.abs(seen - np.interp(x, X, y)).max() < 0.01


def test_far_values_of_a_smooth_curve_are_reached_by_strokes() -> None:
    y = NOISE.copy()
    y[42] = 8.0
    calls = list(curve_calls(Curve("c", X, y, "line1", smooth=True, reach=True), framed(), "c", 2.0))
    (reach,) = (call for call in calls if call.method == "vlines")
    assert reach.arguments[2].values.max() == 8.0


def test_what_is_not_on_show_is_cut_but_for_the_neighbours() -> None:
    x, _ = thinned(Curve("c", X, NOISE, "line1"), framed(100.0, 200.0))
    assert (x[0], x[-1]) == (99.0, 201.0)
    assert len(x) == 103


def test_a_gap_stays_a_gap() -> None:
    y = NOISE.copy()
    y[40_000:60_000] = np.nan
    x, seen = thinned(Curve("c", X, y, "line1"), framed())
    inside = (x > 40_500) & (x < 59_500)
    assert np.isnan(seen[inside]).all()
    assert not np.isnan(seen[~inside & ((x < 39_500) | (x > 60_500))]).any()


def test_a_logarithm_has_no_place_for_nothing() -> None:
    x, _ = thinned(Curve("c", np.array([0.0, 1.0, 10.0]), np.ones(3), "line1"), framed(1.0, 100.0, log=True))
    assert x[-1] == 10.0
    assert not (x <= 0).any()


def test_rings_keep_apart_and_inside() -> None:
    curve = Curve("c", X, NOISE, "line2", ring=True)
    rings = [call for call in curve_calls(curve, framed(), "c", 2.0) if "marker" in call.named]
    across = framed().x.pixels(rings[0].arguments[0].values)
    assert len(rings) == 1
    assert 20 < len(across) < 60
    assert np.diff(across).min() > 0.9


def test_rounding_is_finer_than_any_paper() -> None:
    values = np.array([1.9999999999999998, 0.0, -123456.789012, np.nan, 1e-300])
    assert rounded(values)[0] == 2.0
    assert np.allclose(rounded(values), values, rtol=1e-6, atol=0, equal_nan=True)


def test_a_spike_beside_a_gap_is_reached_too() -> None:
    y = NOISE.copy()
    y[42], y[43] = 8.0, np.nan
    calls = list(curve_calls(Curve("c", X, y, "line1", smooth=True, reach=True), framed(), "c", 2.0))
    (reach,) = (call for call in calls if call.method == "vlines")
    assert reach.arguments[2].values.max() == 8.0
    assert np.isfinite(reach.arguments[1].values).all()
