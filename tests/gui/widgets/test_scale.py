"""Where values are drawn, and where an axis has its ticks."""

from math import log10

import numpy as np
import pytest

from gui.widgets.scale import Scale, Span, label, roomy, round_down, round_up, ticks


def labels(span, log, most=6):
    return [tick.label for tick in ticks(span, log, most) if tick.label]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(("start", "end"), [(40.0, 640.0), (250.0, 10.0)])
def test_a_pixel_stands_for_the_value_drawn_there(log, start, end):
    scale = Scale(Span(0.0, 3.0), log, start, end)
    for value in (1.0, 2.5, 3.0):
        assert scale.value(scale.pixel(value)) == pytest.approx(value)
        assert scale.pixels(np.array([value]))[0] == pytest.approx(scale.pixel(value))


def test_what_has_no_logarithm_has_no_place():
    scale = Scale(Span(0.0, 3.0), True, 0.0, 100.0)
    assert np.isnan(scale.pixels(np.array([0.0, -1.0, np.nan]))).all()
    assert np.isnan(scale.pixel(0.0))


def test_columns_have_equal_width_on_the_screen():
    scale = Scale(Span(0.0, 3.0), True, 40.0, 340.0)
    assert np.diff(scale.pixels(scale.edges(300))) == pytest.approx(np.ones(300))


def test_decades_are_named_and_the_steps_between_them_are_not():
    found = ticks(Span(0.0, log10(5000)), True, 6)
    assert [tick.label for tick in found if tick.label] == ["1", "10", "100", "1,000"]
    assert [tick.value for tick in found if 10 < tick.value < 100] == pytest.approx([20, 30, 40, 50, 60, 70, 80, 90])


def test_many_decades_are_named_every_other_time():
    assert labels(Span(0.0, 9.0), True, 5) == ["1", "100", "10,000", "1 M", "100 M"]


def test_zoomed_far_into_a_logarithmic_axis_there_are_still_ticks():
    assert labels(Span(3.0, 3.01), True, 5) == ["1,000", "1,005", "1,010", "1,015", "1,020"]
    assert labels(Span(log10(2), log10(30)), True) == ["2", "5", "10", "20"]
    assert len(labels(Span(log10(2), log10(7)), True)) >= 4


@pytest.mark.parametrize("low", [-3.0, 0.0, 1.999, 1234.5])
@pytest.mark.parametrize("size", [1e-4, 0.3, 7.0, 99.0, 1e8])
def test_linear_ticks_are_few_inside_and_told_apart(low, size):
    found = ticks(Span(low, low + size), False, 6)
    assert 2 <= len(found) <= 7
    assert len({tick.label for tick in found}) == len(found)
    assert all(low - 1e-9 * size <= tick.value <= low + size * (1 + 1e-9) for tick in found)


@pytest.mark.parametrize(
    ("value", "step", "words"),
    [
        (1000, 500, "1,000"),
        (2.5, 0.5, "2.5"),
        (2, 1, "2"),
        (1.5e6, 5e5, "1.5 M"),
        (2e9, 1e9, "2 G"),
        (4.5e13, 5e11, "45.0 T"),
        (2e18, 1e18, "2 E"),
        (-0.0, 1, "0"),
    ],
)
def test_a_label_has_the_digits_its_step_needs(value, step, words):
    assert label(value, step) == words


def test_round_numbers_are_those_people_count_in():
    assert [round_up(value) for value in (1, 1.1, 2, 3, 7, 1001)] == [1, 2, 2, 5, 10, 2000]
    assert [round_down(value) for value in (1, 1.9, 2, 4.9, 7)] == [1, 1, 2, 2, 5]


@pytest.mark.parametrize("log", [False, True])
def test_a_range_holds_its_values_and_grows_in_few_steps(log):
    ends = [roomy(1.0, high, log, 7) for high in np.linspace(2.0, 12.0, 400)]
    highs = np.array([span.high for span in ends])
    values = np.linspace(2.0, 12.0, 400)
    assert (highs >= (np.log10(values) if log else values)).all()
    assert (np.diff(highs) >= 0).all()
    assert len(np.unique(highs)) < 40


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(("low", "high"), [(3.0, 3.0), (0.0, 0.0), (np.nan, 1.0), (np.inf, np.inf)])
def test_a_range_is_never_empty(low, high, log):
    assert roomy(low, high, log, 7).size > 0


def test_losses_stay_above_zero():
    assert roomy(0.01, 3.0, False, 7).low == 0.0
