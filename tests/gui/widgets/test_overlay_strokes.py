"""Lines in pixels: no spike is lost, nothing is worked out twice, a band ends where one run is left alone."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from engine.events import Stepped
from gui.widgets.axes import Axes
from gui.widgets.loss_picture import Curve
from gui.widgets.overlay_courses import Choice, Courses
from gui.widgets.overlay_picture import Track
from gui.widgets.overlay_strokes import Pens, Strokes, landmarks, strokes
from gui.widgets.reduction import columns
from gui.widgets.scale import Scale, Span
from tests.gui.widgets.compared_runs import filled, run

MANY = 200_000
PLOT = QRectF(0, 0, 500, 300)


def pens(x=(0.0, MANY), y=(0.0, 10.0), raw=False, log=False):
    axes = Axes(PLOT, Scale(Span(*x), False, 0, 500), Scale(Span(*y), log, 300, 0), "", "")
    return Pens(axes, 2.25, 1.0, raw)


def track(*recordings, smoothing=1):
    courses = Courses()
    made = tuple(courses.of(one, Choice(smoothing=smoothing)) for one in recordings)
    return Track("", 0, made, False, None)


def spiked(step, height=8.0, level=2.0):
    losses = np.full(MANY, level)
    losses[step - 1] = height
    return filled(losses)


def highest(*lines):
    """Pixels from the top, of the highest point of a stroke."""
    return min(point.y() for stroke in lines for line in stroke.lines for point in line)


def points(stroke):
    return sum(line.size() for line in stroke.lines)


def test_a_spike_among_many_steps_reaches_its_height():
    drawn = strokes(track(spiked(123_456)), pens(), Strokes())
    assert highest(drawn.reach) == pytest.approx(300 - 8 * 30)
    across = drawn.reach.lines[0].first().x()
    assert across == pytest.approx(500 * 123_456 / MANY, abs=1)


def test_a_spike_of_one_run_shows_in_the_mean_of_its_group():
    drawn = strokes(track(spiked(70_001), filled(np.full(MANY, 2.0))), pens(), Strokes())
    assert highest(drawn.line, drawn.reach) == pytest.approx(300 - 30 * (8 + 2) / 2)


def test_a_smooth_line_is_drawn_as_few_points_and_nothing_beside_it():
    for made in (track(filled(np.linspace(9, 1, MANY))), track(*[filled(np.linspace(9, 1, MANY))] * 3)):
        drawn = strokes(made, pens(), Strokes())
        assert points(drawn.line) <= 2 * 500 + 2
        assert points(drawn.reach) == 0


def test_every_step_is_drawn_only_if_so_wished():
    made = track(run([3.0, 2.0, 4.0]))
    assert strokes(made, pens((0, 4)), Strokes()).raw == ()
    (raw,) = strokes(made, pens((0, 4), raw=True), Strokes()).raw
    assert [point.y() for point in raw.lines[0]] == [210, 240, 180]


def test_a_band_is_as_wide_as_the_standard_deviation_and_ends_where_one_run_is_left():
    drawn = strokes(track(run([2.0, 3.0, 3.0]), run([4.0, 5.0])), pens((0, 4)), Strokes())
    (band,) = drawn.band
    assert sorted({round(point.x()) for point in band}) == [125, 250]
    deviation = np.sqrt(2)
    ups = sorted(point.y() for point in band if round(point.x()) == 125)
    assert ups == pytest.approx([300 - 30 * (3 + deviation), 300 - 30 * (3 - deviation)])
    assert [point.y() for point in drawn.line.lines[0]] == [210, 180, 210]


def test_where_a_pixel_holds_many_steps_mean_and_deviation_are_those_of_the_steps():
    """Of the means of columns, which are all alike here, the deviation would be 0."""
    one, other = np.tile([2.0, 4.0, 6.0], 20_000), np.tile([4.0, 2.0, 6.0], 20_000)
    drawn = strokes(track(filled(one), filled(other)), pens((0, 60_000)), Strokes())
    heights = np.array([300 - point.y() for point in drawn.line.lines[0]]) / 30
    assert heights[5:-5] == pytest.approx(4.0, abs=0.05)
    (band,) = drawn.band
    top = np.array([300 - point.y() for point in band])[5 : len(heights) - 5] / 30
    mean_deviation = (np.sqrt(2) + np.sqrt(2) + 0) / 3
    assert (top - heights[5:-5]).mean() == pytest.approx(mean_deviation, rel=0.05)


def test_a_band_that_reaches_below_nothing_is_drawn_on_a_logarithmic_axis():
    drawn = strokes(track(run([0.1, 0.1]), run([9.0, 9.0])), pens((0, 4), (-2.0, 1.0), log=True), Strokes())
    assert all(np.isfinite(point.y()) for band in drawn.band for point in band)


def test_a_group_of_which_one_run_grows_looks_at_the_others_no_more():
    courses, one, other = Courses(), run([2.0, 3.0]), run([4.0, 5.0])

    def both():
        return Track("", 0, (courses.of(one, Choice()), courses.of(other, Choice())), False, None)

    before = strokes(both(), pens((0, 4)), Strokes())
    other.add(Stepped(3, 1.5, 6.0, 0.0, 0.0, 300, 0.0, 0.0))
    after = strokes(both(), pens((0, 4)), before)
    same = [key in before.marks and marks is before.marks[key] for key, marks in after.marks.items()]
    assert same == [True, False]


def test_landmarks_are_recorded_places_with_all_that_stands_out():
    values = np.array([5.0, 1.0, 2.0, 9.0, 3.0, 3.0, np.nan, 4.0])
    x = np.arange(8.0)
    found = columns(x, Scale(Span(0.0, 8.0), False, 0, 2))  # two pixels for eight values
    marks = landmarks(Curve(x, values), found)
    assert set(marks.even) == set(x)
    assert set(marks.extreme) == {1, 3, 4, 7}


def test_off_the_chart_only_the_neighbours_are_left():
    x = np.arange(8.0)
    found = columns(x, Scale(Span(3.2, 3.8), False, 0, 500))
    assert sorted(landmarks(Curve(x, x), found).even) == [3, 4]


@pytest.mark.parametrize("losses", [[np.nan], [np.nan, 2.0, np.nan], [np.inf, -1.0]])
def test_losses_that_are_no_numbers_are_gaps(losses):
    for made in (track(run(losses)), track(run(losses), run([2.0]))):
        strokes(made, pens((0, 4), raw=True), Strokes())
