"""The loss panel as a person meets it: follows, lets itself be taken hold of, reads out, says what went wrong."""

import gc
import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from engine.events import (
    Annealed,
    CorpusRead,
    Diverged,
    EncodingUnsure,
    Failed,
    FloorCounted,
    Progressed,
    Rewound,
    SentencePredicted,
    Started,
    Stepped,
    Turned,
)
from engine.recording import Recording
from engine.settings import Settings
from gui.panels.loss import AVERAGED, LossPanel
from gui.theme import DARK, LIGHT, PROJECTOR
from gui.widgets.axes import label_gap, title_row
from gui.widgets.flags import MOST_WORDS
from gui.widgets.loss_paint import floor_names
from gui.widgets.scale import Span
from gui.widgets.smoothing import TrailingMean
from tests.fakes import recording

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def run():
    return recording(300)


@pytest.fixture
def panel(qtbot):
    made = LossPanel()
    qtbot.addWidget(made)
    made.resize(650, 280)
    for widget in made.title_row():
        qtbot.addWidget(widget)
    made.show()
    return made


def shows(panel, recording, step=None):
    """Draw, and tell that nothing went wrong."""
    panel.refresh(recording, recording.last_step if step is None else step)
    assert panel._stack.currentWidget() is panel.body, panel._trouble.details
    return panel


def extended(steps, loss=2.0):
    """A run of its own that can be made longer."""
    made = Recording()
    for step in range(1, steps + 1):
        made.add(Stepped(step, step * 0.05, loss, 1e-3, 0.7, step * 100, 0.0, 0.0))
    return made


def wheel(chart, at, notches):
    chart.wheelEvent(
        QWheelEvent(
            at, QPointF(chart.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )
    )  # fmt: skip


def painted(panel, colour):
    """Rows of the pixels that have this very colour."""
    image = panel.chart.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
    return np.nonzero((pixels & 0xFFFFFF) == QColor(colour).rgb() & 0xFFFFFF)[0]


# drawing


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR, LIGHT.at_lecture_size(1280)], ids=lambda theme: theme.name)
@pytest.mark.parametrize("step", [0, 1, 150, 300])
def test_every_step_is_drawn_in_every_theme(panel, run, theme, step):
    panel.dress(theme)
    shows(panel, run, step)
    assert len(painted(panel, theme.line1)) == 0 or step > 0  # all that is later is faded
    assert len(painted(panel, theme.line1)) > 0 or step == 0
    assert (len(painted(panel, theme.accent)) > 0) == (step < 300)  # a person looks back


@pytest.mark.parametrize("losses", [[], [7.0], [7.0, 6.0], [7.0, np.nan, 6.0], [np.nan], [np.inf, 1e300, -1.0]])
def test_hardly_any_steps_and_steps_without_a_number_are_drawn(panel, losses):
    made = Recording()
    for step, loss in enumerate(losses, 1):
        made.add(Stepped(step, float(step), loss, 1e-3, 0.7, step, 0.0, 0.0))
    shows(panel, made)
    panel.chart.grab()


def test_the_curve_is_where_its_values_are(panel):
    run = extended(1000, loss=3.0)
    run.add(FloorCounted(0, 0.0, "unigram", 1, 5.0))
    panel.choose(show_floors=False)
    shows(panel, run)
    rows = painted(panel, LIGHT.line1)
    assert rows.mean() + 0.5 == pytest.approx(panel.chart.axes.y.pixel(3.0), abs=0.6)
    assert np.ptp(rows) < 12


@pytest.mark.parametrize("size", [(320, 160), (1400, 900)])
@pytest.mark.parametrize(
    "options",
    [
        {"log_x": False},
        {"log_y": True},
        {"x": "tokens"},
        {"x": "seconds", "log_x": False},
        {"smoothing": 1},
        {"smoothing": 500},
        {"show_raw": False, "show_floors": False, "show_validation": False},
    ],
)
def test_every_option_is_drawn_small_and_large(panel, run, options, size):
    panel.resize(*size)
    panel.choose(**options)
    assert len(painted(shows(panel, run), LIGHT.line1)) > 0


def test_floors_have_names_that_stand_apart_even_when_the_panel_is_small(panel, run):
    panel.resize(320, 160)
    shows(panel, run)
    assert panel.chart.axes.plot.width() > 100


def test_flags_stand_on_their_floors_and_their_words_never_on_each_other(panel, run):
    flags = shows(panel, run).chart.layers.flags
    upward = panel.chart.axes.y
    assert [flag.foot.y() for flag in flags] == pytest.approx([upward.pixel(5.36), upward.pixel(3.42)])
    worded = [flag.place for flag in flags if flag.words]
    assert not any(a.intersects(b) for i, a in enumerate(worded) for b in worded[i + 1 :])


def test_the_newest_flag_has_words_even_at_the_right_edge(panel):
    run = extended(10, loss=6.0)
    run.add(FloorCounted(0, 0.0, "unigram", 1, 5.0))
    for step in range(11, 981):
        run.add(Stepped(step, step * 0.05, 5.2 - step / 4500, 1e-3, 0.7, step * 100, 0.0, 0.0))
    (flag,) = shows(panel, run).chart.layers.flags
    assert flag.words == "now better than counting tokens"
    assert flag.foot.x() > panel.chart.axes.plot.right() - 30
    assert flag.place.right() <= panel.chart.axes.plot.right() + 1
    assert flag.place.bottom() < flag.top


def test_after_going_back_the_curve_is_that_of_the_steps_that_followed(panel):
    run, fresh = extended(200, loss=6.0), extended(100, loss=6.0)
    shows(panel, run)
    run.add(Rewound(100, 5.0, 200))
    for step in range(101, 251):
        for made in (run, fresh):
            made.add(Stepped(step, step * 0.05, 2.0, 1e-3, 0.7, step * 100, 0.0, 0.0))
    again = panel.picture(run, 250, panel.options).smooth.y
    assert again.tolist() == TrailingMean(panel.options.smoothing).of(fresh.curve(Stepped, "loss")[1]).tolist()
    assert again[-1] == 2.0


def test_the_legend_names_averaged_weights_only_where_there_are_some(panel, run):
    assert AVERAGED not in [entry.name for entry in shows(panel, run).legend.entries]
    averaged = recording(100, Settings(average=0.99))
    (entry,) = [entry for entry in shows(panel, averaged).legend.entries if entry.name == AVERAGED]
    assert (entry.colour, entry.dash) == (LIGHT.line3, LIGHT.lines.dash3)
    assert panel.chart.layers.average.lines
    panel.choose(show_validation=False)
    assert not shows(panel, averaged).chart.layers.average.lines


def test_words_of_marks_stand_inside_the_chart_and_not_on_each_other(panel):
    run = recording(300)
    run.add(Rewound(250, 12.5, 300))
    run.add(Annealed(250, 12.5, 400))
    marks = shows(panel, run).chart.layers.marks
    assert [mark.flag for mark in marks if mark.flag]
    for mark in marks:
        assert not mark.flag or panel.chart.axes.plot.contains(mark.place)


@pytest.mark.parametrize("width", [330, 650, 1400])
def test_a_diverged_run_offers_to_go_back_and_to_start_again(qtbot, panel, width):
    run = recording(120)
    run.add(Diverged(120, 6.0, "The loss is not a number.", "Go back, or lower the learning rate."))
    panel.resize(width, 280)
    bar = shows(panel, run).stop_bar
    QApplication.sendPostedEvents()
    assert bar.back_button.text() == "Go back to step 100 at half the rate"
    with qtbot.waitSignal(panel.stop_bar.back_asked) as asked:
        bar.back_button.click()
    assert asked.args == [100, 1e-3]
    with qtbot.waitSignal(panel.stop_bar.restart_asked) as asked:
        bar.button.click()
    assert asked.args == [{"learning_rate": 2e-4}]
    run.add(Rewound(100, 5.0, 120))
    assert shows(panel, run).stop_bar.isHidden()


def test_the_title_row_tells_the_present_values(panel, run):
    shows(panel, run)
    told = panel.legend.accessibleName()
    assert told == f"training {panel.chart.picture.training_loss:.2f}, validation 2.88, smoothed over 20 steps"
    shows(panel, run, 100)
    assert "validation 3.91" in panel.legend.accessibleName()


def test_a_narrow_title_row_gives_way(panel, run):
    shows(panel, run)
    assert len(panel.legend.fitting(1000)) == 3
    assert [entry.name for entry in panel.legend.fitting(260)] == ["training", "validation"]
    assert [entry.name for entry in panel.legend.fitting(130)] == ["", ""]
    assert panel.legend.fitting(10) == ()


def test_a_lecture_has_one_large_number(panel, run):
    panel.dress(LIGHT.at_lecture_size(1600))
    shows(panel, run)
    assert not panel.lecture_head.isHidden()
    assert panel.segments.isHidden()
    assert panel.lecture_head.number == f"{panel.chart.picture.training_loss:.2f}"


def test_segments_choose_what_the_curve_runs_along(panel, run, qtbot):
    shows(panel, run)
    panel.segments.chosen.emit("tokens")
    shows(panel, run)
    assert panel.chart.picture.unit == "tokens"
    panel.choose(x="seconds")
    shows(panel, run)
    assert panel.segments.value == "seconds"


# following


def test_the_range_follows_in_steps_and_the_ground_is_kept_between_them(panel):
    run = extended(500)
    shows(panel, run).chart.grab()
    ground = panel.chart._ground
    for step in range(501, 1000):
        run.add(Stepped(step, step * 0.05, 2.0, 1e-3, 0.7, step * 100, 0.0, 0.0))
    shows(panel, run).chart.grab()
    assert panel.chart._ground is ground
    for step in range(1000, 1002):
        run.add(Stepped(step, step * 0.05, 2.0, 1e-3, 0.7, step * 100, 0.0, 0.0))
    shows(panel, run)
    assert panel.chart.view.x.high == pytest.approx(np.log10(2000))


def test_a_zoom_survives_live_updates_until_a_person_follows_again(panel, qtbot):
    run = extended(500)
    chart = shows(panel, run).chart
    whole = chart.view.x
    wheel(chart, chart.axes.plot.center(), 3)
    zoomed = chart.view.x
    assert zoomed.size < whole.size
    assert chart.follow_button.isVisible()
    run.add(Stepped(5000, 300.0, 2.0, 1e-3, 0.7, 5000, 0.0, 0.0))
    shows(panel, run)
    assert chart.view.x == zoomed
    qtbot.mouseClick(chart.follow_button, LEFT)
    assert chart.view.x.high == pytest.approx(np.log10(5000))
    assert not chart.follow_button.isVisible()


def test_a_new_run_is_followed_whatever_was_looked_at(panel):
    shows(panel, extended(500))
    panel.chart.zoom(0.5, 0.5, panel.chart.axes.plot.center())
    shows(panel, extended(20))
    assert not panel.chart.view.held


def test_a_stretch_chosen_in_steps_is_not_kept_in_tokens(panel):
    run = extended(500)
    shows(panel, run).chart.zoom(0.5, 0.5, panel.chart.axes.plot.center())
    panel.choose(x="tokens")
    shows(panel, run)
    assert not panel.chart.view.held


def test_a_drag_moves_what_is_under_the_pointer_along(panel, qtbot):
    chart = shows(panel, extended(500)).chart
    start = chart.axes.plot.center()
    value = chart.axes.x.value(start.x())
    qtbot.mousePress(chart, LEFT, pos=start.toPoint())
    qtbot.mouseMove(chart, start.toPoint() + QPoint(30, 12))
    qtbot.mouseRelease(chart, LEFT, pos=start.toPoint() + QPoint(30, 12))
    assert chart.axes.x.value(start.x() + 30) == pytest.approx(value, rel=0.02)


def test_shift_and_drag_zooms_into_a_box_and_double_click_follows(panel, qtbot):
    chart = shows(panel, extended(500)).chart
    plot, axes = chart.axes.plot, chart.axes
    corners = plot.topLeft().toPoint() + QPoint(100, 20), plot.topLeft().toPoint() + QPoint(200, 90)
    qtbot.mousePress(chart, LEFT, SHIFT, corners[0])
    qtbot.mouseMove(chart, corners[1])
    qtbot.mouseRelease(chart, LEFT, SHIFT, corners[1])
    assert chart.view.x.low == pytest.approx(axes.x.place(corners[0].x()), abs=0.02)
    assert chart.view.x.high == pytest.approx(axes.x.place(corners[1].x()), abs=0.02)
    qtbot.mouseDClick(chart, LEFT, pos=corners[0])
    assert not chart.view.held


def test_the_wheel_over_an_axis_zooms_that_axis_alone(panel):
    chart = shows(panel, extended(500)).chart
    plot = chart.axes.plot
    wheel(chart, QPointF(plot.left() - 10, plot.center().y()), 2)
    assert (chart.view.held_x, chart.view.held_y) != (None, None)
    assert chart.view.held_x is None
    chart.follow()
    wheel(chart, QPointF(plot.center().x(), plot.bottom() + 10), 2)
    assert chart.view.held_y is None
    assert chart.view.held_x is not None


def test_everything_can_be_done_by_keyboard(panel, qtbot):
    chart = shows(panel, extended(500)).chart
    whole = chart.view.x
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.view.x.size < whole.size
    qtbot.keyClick(chart, Qt.Key.Key_Minus)
    assert chart.view.x.size == pytest.approx(whole.size)
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart.view.x == whole
    qtbot.keyClick(chart, Qt.Key.Key_Home, SHIFT)
    assert chart.reading.words.headline == "Step 1"
    qtbot.keyClick(chart, Qt.Key.Key_Right, SHIFT)
    assert chart.reading.words.headline == "Step 2"


# reading out


def test_the_pointer_reads_out_the_nearest_recorded_step(panel, qtbot):
    chart = shows(panel, extended(500)).chart
    with qtbot.waitSignal(chart.explained) as told:
        chart._point(QPointF(chart.axes.x.pixel(100.3), chart.axes.plot.center().y()))
    assert chart.reading.words.headline == "Step 100"
    assert told.args[0].startswith("Step 100: training 2.000, this step 2.000")
    assert chart.rect().contains(chart.reading.geometry())
    chart.leaveEvent(None)
    assert not chart.reading.isVisible()


def test_a_reading_never_leaves_the_chart(panel):
    chart = shows(panel, extended(999)).chart
    plot = chart.axes.plot
    for corner in (plot.topLeft(), plot.topRight(), plot.bottomLeft(), plot.bottomRight()):
        chart._point(corner + (plot.center() - corner) * 0.001)
        assert chart.rect().contains(chart.reading.geometry())


def test_a_shorter_run_takes_back_a_reading_that_is_no_more(panel):
    chart = shows(panel, extended(500)).chart
    chart.read_index = 400
    shows(panel, extended(3))
    assert chart.read_index is None
    assert not chart.reading.isVisible()


def test_all_knobs_turned_near_the_pointer_are_named_oldest_first(panel):
    run = extended(500)
    for step, knob, value in ((100, "clip", 0.5), (101, "weight_decay", 0.2), (101, "batch_size", 8)):
        run.add(Turned(step, step * 0.05, knob, value))
    chart = shows(panel, run).chart
    chart._point(QPointF(chart.axes.x.pixel(100.0), chart.axes.plot.center().y()))
    named = [row.name for row in chart.reading.words.rows][-3:]
    assert [words.split(" turned")[0] for words in named] == ["Gradient clip", "Weight decay", "Batch size"]


def test_of_many_knobs_turned_in_one_place_the_newest_are_named(panel):
    run = extended(500)
    for turn in range(20):
        run.add(Turned(100, 5.0 + 2 * turn, "clip", turn / 10))
    chart = shows(panel, run).chart
    chart._point(QPointF(chart.axes.x.pixel(100.0), chart.axes.plot.center().y()))
    names = [row.name for row in chart.reading.words.rows]
    assert names[-1] == "Gradient clip turned to 1.9"
    assert names[-MOST_WORDS - 1] == f"and {20 - MOST_WORDS} before"


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR], ids=["light", "dark", "projector"])
def test_a_label_at_the_top_of_the_axis_stands_clear_of_its_title(panel, run, theme):
    panel.dress(theme)
    axes, height = shows(panel, run).chart.axes, QFontMetricsF(theme.font("caption")).height()
    title = title_row(axes, theme)
    assert title.center().y() - height / 2 >= 0
    assert title.center().y() + height / 2 + height / 4 <= axes.plot.top() - height / 2


# trouble


def test_a_diverged_run_says_why_in_plain_text_and_starts_again_with_a_lower_rate(panel, qtbot):
    run = extended(20)
    run.add(Started(0, 0.0, "amber-heron", Settings(learning_rate=1e-2).model_dump(), 1, "CPU"))
    run.add(Diverged(20, 1.0, "The loss is <i>no</i> number.", "All steps before are kept."))
    shows(panel, run)
    assert panel.stop_bar.isVisible()
    assert panel.stop_bar.headline.text() == "The loss is <i>no</i> number."
    assert panel.stop_bar.headline.textFormat() == Qt.TextFormat.PlainText
    assert panel.chart.layers.stop == pytest.approx(panel.chart.axes.x.pixel(20))
    with qtbot.waitSignal(panel.stop_bar.restart_asked) as asked:
        qtbot.mouseClick(panel.stop_bar.button, LEFT)
    assert asked.args == [{"learning_rate": 1e-3}]


def test_a_run_that_could_not_start_does_not_invite_to_press_play(panel):
    run = Recording()
    run.add(Progressed(0, 0.0, "Reading corpus", 0.5))
    run.add(Failed(0, 0.0, "There is no text.", "Choose another folder."))
    picture = shows(panel, run).chart.picture
    assert not picture.waiting
    assert not picture.counting
    assert panel.stop_bar.isVisible()


def test_a_run_that_could_not_start_offers_another_text_and_one_that_diverged_does_not(panel, qtbot):
    run = Recording()
    run.add(Failed(0, 0.0, "empty.txt is empty.", "Choose a file with some text in it."))
    shows(panel, run)
    with qtbot.waitSignal(panel.stop_bar.open_asked):
        qtbot.mouseClick(panel.stop_bar.open_button, LEFT)
    run = extended(20)
    run.add(Started(0, 0.0, "amber-heron", Settings().model_dump(), 1, "CPU"))
    run.add(Diverged(20, 1.0, "The loss is no number.", ""))
    shows(panel, run)
    assert panel.stop_bar.button.isVisible()
    assert not panel.stop_bar.open_button.isVisible()


def test_the_invitation_waits_until_the_model_is_ready(panel, run):
    assert len(painted(panel, LIGHT.ink)) == 0
    shows(panel, Recording())
    assert len(painted(panel, LIGHT.ink)) == 0
    ready = Recording()
    for event in (run.latest(Started, 0), run.latest(SentencePredicted, 0)):
        ready.add(event)
    shows(panel, ready)
    assert len(painted(panel, LIGHT.ink)) > 0


def test_a_new_run_takes_the_trouble_away(panel):
    run = extended(20)
    run.add(Diverged(20, 1.0, "The loss is no number.", ""))
    shows(panel, run)
    shows(panel, extended(5))
    assert not panel.stop_bar.isVisible()


def test_repainting_leaks_no_reference(panel, run):
    shows(panel, run)
    panel.chart.repaint()
    gc.collect()  # what earlier tests left must not go while counting
    before = sys.getrefcount(None)
    for turn in range(300):
        panel.chart.zoom(1.1 if turn % 2 else 1 / 1.1, 1.0, panel.chart.axes.plot.center())  # paints the ground anew
        panel.chart.repaint()
    assert abs(sys.getrefcount(None) - before) < 100


def test_nothing_is_drawn_twice_or_while_hidden(panel, run):
    assert panel.refresh(run, 300)
    assert not panel.refresh(run, 300)
    panel.hide()
    assert not panel.refresh(run, 200)


def test_a_held_view_is_within_what_there_is(panel):
    chart = shows(panel, extended(500)).chart
    chart.look(chart.view.hold(Span(-50.0, -40.0), None))
    assert chart.view.x.high >= chart.view.full_x.low


@pytest.mark.parametrize(
    "theme", [LIGHT, PROJECTOR, LIGHT.at_lecture_size(1600)], ids=["light", "projector", "lecture"]
)
def test_a_zoomed_chart_has_room_for_its_labels_and_a_round_button_beside_the_flags(panel, run, theme):
    panel.resize(900, 560)
    panel.dress(theme)
    chart = shows(panel, run).chart
    chart.look(chart.view.hold(Span(1.0, 300.0), Span(2.0, 3.1)))
    plot, button = chart.axes.plot, chart.follow_button.geometry()
    metrics = QFontMetricsF(theme.font("caption"))
    assert plot.left() - metrics.horizontalAdvance("2.5") - label_gap(theme) >= 0
    assert button.bottom() < plot.top() if not theme.lecture else button.top() > plot.center().y()
    assert chart.rect().contains(button)
    assert button.height() == 2 * theme.pixels("small")


def with_floors(losses, steps=900):
    """A run with floors of all orders, some of them close together."""
    made = recording(steps, Settings(tokenizer="character"))
    for order, loss in losses.items():
        made.add(FloorCounted(0, 0.0, f"{order}-gram", order, loss))
    return made


def test_names_of_floors_that_are_close_fold_and_are_told_when_pointed_at(panel, qtbot):
    chart = shows(panel, with_floors({4: 2.28, 5: 2.15, 6: 2.12})).chart
    margin = chart.axes.plot.right() + 30
    at = QPointF(margin, chart.axes.y.pixel(2.12))
    assert chart.told_at(at) == "4-gram 2.28 nats per token, 5-gram 2.15 nats per token, 6-gram 2.12 nats per token"
    told = []
    chart.explained.connect(told.append)
    qtbot.mouseMove(chart, at.toPoint())
    assert "6-gram" in told[-1]
    assert "6-gram" in chart.toolTip()
    qtbot.mouseMove(chart, chart.axes.plot.center().toPoint())
    assert not chart.toolTip()
    assert chart.told_at(QPointF(chart.axes.plot.left() - 5, at.y())) == ""


def test_a_flag_without_room_for_words_tells_them_to_the_pointer(panel):
    chart = shows(panel, with_floors({4: 2.60, 5: 2.58})).chart
    bare = [flag for flag in chart.layers.flags if not flag.words]
    assert bare
    chart._point(QPointF(bare[0].foot.x(), chart.axes.plot.center().y()))
    assert bare[0].feat.capitalize() in [row.name for row in chart.reading.words.rows]


def test_bits_per_byte_are_said_on_the_axis_in_the_legend_and_in_a_lecture(panel, run):
    chart = shows(panel, run).chart
    chart.zoom(0.5, 0.5, chart.axes.plot.center())
    panel.choose(unit="bits per byte")
    shows(panel, run)
    assert chart.titles()[1] == "bits per byte"
    assert not chart.view.held  # what was chosen in nats means nothing
    value = panel.chart.picture.training_loss
    assert panel.legend.accessibleName().startswith(f"training {value:.2f}, ")
    assert (panel.lecture_head.unit, panel.lecture_head.number) == ("bits per byte", f"{value:.2f}")


def test_a_record_without_bytes_says_why_it_shows_nats(panel):
    panel.choose(unit="bits per byte")
    run = extended(20)
    run.add(CorpusRead(0, 0.0, "Text", "", 1, 1, 1, 1, "", ("a",), 0))
    assert shows(panel, run).chart.titles()[1] == "nats per token"
    assert panel.legend.accessibleName().endswith("this run does not know its bytes")


def test_a_text_in_another_encoding_is_read_as_the_person_says(panel, qtbot):
    run = Recording()
    run.add(EncodingUnsure(0, 0.0, "long", "words", "", "/texts/old.txt", "cp1252", "Gr\u00fc\u00dfe"))
    bar = shows(panel, run).stop_bar
    assert (bar.button.text(), bar.preview.text()) == ("Read it as Windows-1252", "Gr\u00fc\u00dfe")
    assert not bar.open_button.isVisible()
    with qtbot.waitSignal(panel.stop_bar.encoding_asked) as asked:
        qtbot.mouseClick(bar.button, LEFT)
    assert asked.args == ["/texts/old.txt", "cp1252"]
    with qtbot.waitSignal(panel.stop_bar.encoding_asked) as asked:
        bar.others.actions()[0].trigger()
    assert asked.args == ["/texts/old.txt", "cp1250"]


def test_a_text_that_was_spoiled_on_purpose_is_said_beside_its_curve(qtbot):
    for changes, words in (({}, "training"), ({"typos": 0.2}, "training, spoiled")):
        panel = LossPanel()
        qtbot.addWidget(panel)
        whole = recording(20, Settings(**changes))
        picture = panel.picture(whole, 20, panel.options)
        panel.draw(picture)
        assert panel.legend.entries[0].name == words


def test_what_all_rules_leave_keeps_its_name_beside_floors_that_fold(panel):
    chart = shows(panel, with_floors({5: 1.12, 6: 1.11, -1: 1.10})).chart
    names = floor_names(chart.picture, chart.axes, chart.theme, chart.width())
    assert [(name.words, name.more) for name in names[-2:]] == [("6-gram", 1), ("all rules known", 0)]
