"""The loss on paper is the loss on screen: the same values, range, layers and step."""

import numpy as np
import pytest

from engine.events import Rewound, Stepped, Validated
from engine.recording import Recording
from gui.export.sheet import Cursor, Curve, Flag, Level
from gui.frame.dock import Dock
from gui.panels.loss import LossPanel
from gui.widgets.scale import Span
from tests.fakes import recording

LAST = 120
RUN = recording(LAST)


@pytest.fixture
def panel(qtbot):
    made = LossPanel()
    dock = Dock(made.title, made.help, made)
    qtbot.addWidget(dock)
    dock.resize(700, 420)
    return made


def of(sheet, kind):
    return [mark for mark in sheet.plots[0].marks if isinstance(mark, kind)]


def named(sheet, name):
    return next(curve for curve in of(sheet, Curve) if curve.name.startswith(name))


def test_every_value_of_every_curve_is_there(panel):
    sheet = panel.on_paper(RUN, LAST)
    steps, losses = RUN.curve(Stepped, "loss")
    raw, validation = named(sheet, "training, every step"), named(sheet, "validation")
    np.testing.assert_array_equal(raw.x, steps)
    np.testing.assert_array_equal(raw.y, losses)
    measured, values = RUN.curve(Validated, "loss")
    np.testing.assert_array_equal(validation.x, measured)  # step 0 as well: only the drawing has no place for it
    np.testing.assert_array_equal(validation.y, values)
    smooth = named(sheet, "training, mean of 20 steps")
    picture = panel.picture(RUN, LAST, panel.options)
    np.testing.assert_array_equal(smooth.y, picture.smooth.y)
    assert smooth.value == f"{picture.training_loss:.2f}"


def test_it_shows_the_stretch_that_a_person_zoomed_to_and_knows_the_whole(panel):
    panel.window().show()
    panel.refresh(RUN, LAST)
    whole = panel.on_paper(RUN, LAST).plots[0]
    assert whole.whole is None
    panel.chart.look(panel.chart.view.hold(Span(1.0, 1.5), Span(2.0, 4.0)))
    plot = panel.on_paper(RUN, LAST).plots[0]
    assert (plot.x.low, plot.x.high) == pytest.approx((10, 10**1.5))  # its scale is logarithmic
    assert (plot.y.low, plot.y.high) == (2.0, 4.0)
    assert plot.whole == (whole.x, whole.y)


def test_what_comes_after_the_step_on_show_is_told(panel):
    sheet = panel.on_paper(RUN, 50)
    assert of(sheet, Cursor) == [Cursor(50.0, "step 50")]
    assert named(sheet, "training, mean").live == 50
    assert named(sheet, "training, every").live == 50
    assert not of(panel.on_paper(RUN, LAST), Cursor)


def test_layers_that_are_switched_off_are_not_there(panel):
    assert of(panel.on_paper(RUN, LAST), Level)
    panel.choose(show_raw=False, show_floors=False, show_validation=False)
    sheet = panel.on_paper(RUN, LAST)
    assert [curve.name for curve in of(sheet, Curve)] == ["training, mean of 20 steps"]
    assert not of(sheet, Level)


def test_floors_have_their_values_and_flags_where_they_were_beaten(panel):
    picture = panel.picture(RUN, LAST, panel.options)
    sheet = panel.figure(picture)
    assert [(level.name, level.y) for level in of(sheet, Level)] == [(f.name, f.loss) for f in picture.floors]
    flags = {flag.x: flag.words for flag in of(sheet, Flag) if flag.sign == "flag"}
    assert flags == {f.beaten: f.feat for f in picture.floors if np.isfinite(f.beaten)}


def test_going_back_is_marked_on_the_curve(panel):
    made = recording(LAST)
    made.add(Rewound(50, 2.5, LAST))
    for step in range(51, 60):
        made.add(Stepped(step, 3.0, 2.0, 1e-3, 1.0, 100 * step, 0.1, 0.0))
    (flag,) = (flag for flag in of(panel.on_paper(made, made.last_step), Flag) if flag.sign == "rewound")
    assert flag.words == f"back from {LAST}"
    assert np.isfinite(flag.y)


def test_the_axes_say_what_they_count_in(panel):
    for along, title, unit in (("step", "Step", ""), ("tokens", "Tokens", ""), ("seconds", "Training time", "s")):
        panel.choose(x=along, unit="bits per byte")
        plot = panel.on_paper(RUN, LAST).plots[0]
        assert (plot.x.title, plot.x.unit) == (title, unit)
        assert plot.y.unit == panel.picture(RUN, LAST, panel.options).measure.unit


def test_an_empty_run_says_why_there_is_nothing(panel):
    assert panel.on_paper(Recording(), 0).empty == "There is no loss yet: press play."
    assert panel.on_paper(RUN, LAST).empty == ""
