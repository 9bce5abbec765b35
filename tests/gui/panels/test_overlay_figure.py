"""The overlay on paper: the lines, groups, forks, range and place in time of the screen."""

import numpy as np
import pytest

from gui.export.sheet import Band, Cursor, Curve, Flag, Level, Points
from gui.panels.overlay import OverlayPanel
from gui.panels.overlay_figure import EMPTY
from gui.widgets.overlay_notes import ALONE
from gui.widgets.scale import Span
from tests.gui.widgets.compared_runs import branch, filled, run, shown

FALL = [2 + 4 / (1 + step / 20) for step in range(200)]
PARENT = run(FALL)
RATE = branch(PARENT, 80, [3.0] * 60, {"learning_rate": 1e-3}, {"learning_rate": 3e-3})
RUNS = (shown(PARENT), shown(RATE, "rate", 1, live=True))
SEEDS = tuple(shown(run([5.0 - seed] * 50, seed=seed), f"seed-{seed}", seed, group="g") for seed in range(3))


@pytest.fixture
def panel(qtbot):
    made = OverlayPanel()
    qtbot.addWidget(made)
    for widget in made.title_row():
        qtbot.addWidget(widget)
    made.resize(700, 400)
    return made


def told(panel, runs=RUNS, step=None, **options):
    panel.choose(**{"smoothing": 1, **options})
    panel.show_runs(runs)
    main = runs[0].recording
    return panel.on_paper(main, main.last_step if step is None else step)


def marks(sheet, kind):
    return [mark for mark in sheet.plots[0].marks if isinstance(mark, kind)]


def test_every_run_is_a_line_with_its_colour_and_dash(panel):
    rate, parent = marks(told(panel), Curve)  # the main one is drawn last
    assert (parent.name, parent.colour, parent.dash) == ("parent", "line1", ())
    assert (rate.name, rate.colour, rate.dash) == ("rate", "line2", (9, 5))
    assert np.allclose(parent.y, FALL)
    assert (rate.x[0], rate.x[-1]) == (80, 140)


def test_a_group_is_its_mean_and_its_standard_deviation(panel):
    sheet = told(panel, SEEDS)
    (line,), (band,) = marks(sheet, Curve), marks(sheet, Band)
    assert line.name == "3 seeds"
    assert np.allclose(line.y, 4.0)
    assert np.allclose(band.low, 3.0)
    assert np.allclose(band.high, 5.0)
    assert any("n = 3" in note for note in sheet.notes)


def test_every_step_and_floors_are_there_when_they_are_on_screen(panel):
    sheet = told(panel, show_raw=True)
    raw = [curve for curve in marks(sheet, Curve) if curve.layer == "every step"]
    assert [len(curve.x) for curve in raw] == [61, 200]
    assert [level.name for level in marks(sheet, Level)] == ["unigram"]
    plain = told(panel, show_raw=False, show_floors=False)
    assert not [curve for curve in marks(plain, Curve) if curve.layer]
    assert not marks(plain, Level)


def test_a_fork_has_a_ring_a_flag_and_a_sentence(panel):
    sheet = told(panel)
    (ring,), (flag,) = marks(sheet, Points), marks(sheet, Flag)
    assert (ring.x[0], flag.x, flag.words) == (80, 80, "Fork at step 80")
    assert ring.y[0] == flag.y == pytest.approx(FALL[79])
    assert "Fork at step 80. rate: Peak learning rate 1.0e-3 → 3.0e-3." in sheet.notes


def test_what_comes_after_the_step_on_show_is_faint(panel):
    sheet = told(panel, step=100)
    rate, parent = marks(sheet, Curve)
    assert (parent.live, rate.live) == (100, 21)
    (cursor,) = marks(sheet, Cursor)
    assert (cursor.x, cursor.words) == (100, "step 100")
    standing = {ring.name: float(ring.y[0]) for ring in marks(sheet, Points) if "at this step" in ring.name}
    assert standing == {"parent at this step": pytest.approx(FALL[99]), "rate at this step": 3.0}


def test_at_the_newest_step_nothing_is_faint_and_no_cursor_stands(panel):
    sheet = told(panel)
    assert [curve.live for curve in marks(sheet, Curve)] == [None, None]
    assert not marks(sheet, Cursor)


@pytest.mark.parametrize(
    ("along", "title", "unit"), [("step", "Step", ""), ("tokens", "Tokens", ""), ("seconds", "Training time", "s")]
)
def test_both_axes_say_what_they_are(panel, along, title, unit):
    plot = told(panel, x=along).plots[0]
    assert (plot.x.title, plot.x.unit) == (title, unit)
    assert (plot.y.title, plot.y.unit) == ("Training loss", "nats per token")


def test_the_stretch_on_screen_is_the_one_on_paper_until_the_axis_is_another(panel):
    panel.show()
    whole = told(panel).plots[0]
    assert whole.whole is None
    panel.refresh(PARENT, 200)
    panel.chart.look(panel.chart.view.hold(Span(50, 60), None))
    zoomed = told(panel).plots[0]
    assert (zoomed.x.low, zoomed.x.high) == (50, 60)
    assert (zoomed.whole[0].low, zoomed.whole[0].high) == (whole.x.low, whole.x.high)
    assert told(panel, x="tokens").plots[0].whole is None


def test_paper_asks_nobody_to_tick_runs(panel):
    assert ALONE not in told(panel, RUNS[:1]).notes


def test_without_a_loss_it_says_so(panel):
    assert told(panel, (shown(run([])),)).empty == EMPTY


def test_a_long_line_keeps_all_its_steps(panel):
    losses = np.full(100_000, 3.0)
    losses[61_234] = 9.0
    (line,) = marks(told(panel, (shown(filled(losses)),)), Curve)
    assert line.y[61_234] == 9.0
    assert line.reach
