"""Training, clean validation and an earlier run on one small chart."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage

from gui.theme import DARK, LIGHT
from gui.widgets.loss_picture import Curve
from gui.widgets.spoiling_chart import Curves, SpoilingChart, ranges, value_at

STEPS = np.arange(1.0, 1001.0)
TRAINING = Curve(STEPS, 1.5 + 5 * np.exp(-STEPS / 100))
VALIDATION = Curve(STEPS[::50], 2.5 + 4 * np.exp(-STEPS[::50] / 100))
BEFORE = Curve(STEPS[::50], 2.1 + 4 * np.exp(-STEPS[::50] / 100))
NOTHING = Curve(np.empty(0), np.empty(0))
ALL = Curves(TRAINING, VALIDATION, BEFORE, "quiet-otter", None)
EMPTY = Curves(NOTHING, NOTHING, NOTHING, "", None)


@pytest.fixture
def chart(qtbot):
    made = SpoilingChart()
    qtbot.addWidget(made)
    made.resize(360, 180)
    made.dress(LIGHT)
    made.show()
    return made


def painted(chart, colour):
    """Columns of the pixels that have this very colour, within the plot."""
    plot = chart.axes.plot.toRect()
    image = chart.grab(plot).toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
    return np.nonzero((pixels & 0xFFFFFF) == QColor(colour).rgb() & 0xFFFFFF)[1]


def test_all_lines_are_drawn_and_named(chart):
    chart.show_curves(ALL)
    for colour in (LIGHT.line1, LIGHT.line2):
        assert len(painted(chart, colour)) > 20
    assert [name.words for name in chart._ends(chart.axes)] == ["training", "clean validation", "unspoiled"]
    chart.show_curves(ALL._replace(unspoiled=NOTHING))
    assert [name.words for name in chart._ends(chart.axes)] == ["training", "clean validation"]


def test_what_comes_after_the_step_on_show_is_faded(chart):
    chart.show_curves(ALL)
    whole = painted(chart, LIGHT.line1).max()
    chart.show_curves(ALL._replace(playhead=500))
    assert painted(chart, LIGHT.line1).max() < 0.6 * whole
    assert len(painted(chart, LIGHT.accent))


def test_the_great_fall_at_the_start_leaves_room_for_the_end():
    across, upward = ranges(ALL)
    assert (across.low, across.high) == (0.0, 1100.0)
    assert upward.low <= 1.5
    assert upward.high < 4.5
    assert ranges(EMPTY)[1].size > 0


@pytest.mark.parametrize("curves", [EMPTY, ALL._replace(training=Curve(np.array([1.0]), np.array([np.nan])))])
def test_hardly_anything_is_drawn_too(chart, curves):
    chart.show_curves(curves)
    chart.dress(DARK)
    chart.grab()
    assert chart.sentence_at(0.0) == ""


def test_the_pointer_reads_out_values_and_whose_the_dashed_line_is(chart):
    chart.show_curves(ALL)
    told = []
    chart.explained.connect(told.append)
    chart._point(QPointF(chart.axes.x.pixel(400.0), chart.axes.plot.center().y()))
    assert told[-1].startswith("Step 400: training 1.59, validation on clean text 2.62")
    assert told[-1].endswith("unspoiled (quiet-otter) 2.22.")
    chart._point(None)
    assert told[-1] == ""


def test_a_value_is_the_last_one_measured():
    assert value_at(VALIDATION, 60.0) == VALIDATION.y[1]
    assert np.isnan(value_at(VALIDATION, 0.0))
    assert np.isnan(value_at(NOTHING, 5.0))


def test_a_narrow_chart_has_short_names(chart):
    chart.resize(240, 150)
    chart.show_curves(ALL)
    assert "clean" in [name.words for name in chart._ends(chart.axes)]
    assert chart.axes.plot.width() > 100
