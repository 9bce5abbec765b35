"""The small curve: what it says, and that its axis does not creep."""

import numpy as np
import pytest

from gui.theme import LIGHT
from gui.widgets.sparkline import History, Sparkline


def history(last: int, step: int | None = None, values: tuple[float, ...] = ()) -> History:
    steps = np.array([0, 1, last // 2, last])
    return History("·table", steps, np.array(values or (6.0, 5.0, 3.0, 0.89)), last if step is None else step, 8.0)


@pytest.fixture
def line(qtbot):
    made = Sparkline("Loss of")
    qtbot.addWidget(made)
    made.resize(200, 96)
    return made


def inked(line):
    """Share of pixels in the colour of the curve."""
    image = line.grab().toImage()
    pixels = [image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())]
    return pixels.count(LIGHT.line1) / len(pixels)


def test_it_says_the_value_of_the_step_on_show(line):
    line.show_history(history(1000))
    assert line.accessibleDescription() == "Loss of ·table: 0.89"
    line.show_history(history(1000, step=700))
    assert line.accessibleDescription() == "Loss of ·table: 3.00"


@pytest.mark.parametrize(("last", "end"), [(2, 10), (10, 10), (11, 20), (101, 200), (2418, 5000), (999_999, 1_000_000)])
def test_its_axis_grows_in_steps(line, last, end):
    line.show_history(history(last))
    assert line.last_tick() == end


def test_a_curve_is_drawn_and_the_part_to_come_is_fainter(line):
    line.show_history(history(1000))
    whole = inked(line)
    line.show_history(history(1000, step=1))
    assert 0 < inked(line) < whole


def test_nothing_to_show_is_an_empty_plot(line):
    assert inked(line) == 0


def test_a_loss_that_is_no_number_does_not_stop_the_drawing(line):
    line.show_history(history(1000, values=(6.0, float("nan"), float("inf"), 2.0)))
    assert inked(line) > 0
