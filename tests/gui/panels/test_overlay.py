"""The overlay as a person meets it: several runs on one chart, one place in time, all of them read out together."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage

from engine.events import Stepped
from engine.recording import Recording
from gui.frame.dock import OptionsPopup
from gui.panels.loss import LossPanel
from gui.panels.overlay import OverlayPanel
from gui.theme import DARK, LIGHT, PROJECTOR
from gui.widgets.overlay_chart import INVITATION
from tests.fakes import recording
from tests.gui.widgets.compared_runs import branch, filled, metered, run, shown

FALL = [2 + 4 / (1 + step / 20) for step in range(200)]
PARENT = run(FALL)
RATE = branch(PARENT, 80, [3.0] * 60, {"learning_rate": 1e-3}, {"learning_rate": 3e-3})
BATCH = branch(PARENT, 80, [2.2] * 60, {"batch_size": 24}, {"batch_size": 48})
RUNS = (shown(PARENT), shown(RATE, "rate", 1, live=True), shown(BATCH, "batch", 2))
MILLION, SPIKE = 1_000_000, 612_345


@pytest.fixture(params=[OverlayPanel])
def panel(qtbot, request):
    made = request.param()
    qtbot.addWidget(made)
    made.resize(700, 400)
    for widget in made.title_row():
        qtbot.addWidget(widget)
    made.show()
    return made


def shows(panel, runs=RUNS, step=None):
    """Draw, and tell that nothing went wrong."""
    panel.show_runs(runs)
    main = runs[0].recording
    panel.refresh(main, main.last_step if step is None else step)
    assert panel._stack.currentWidget() is panel.body, panel._trouble.details
    return panel


def pixels(panel):
    """Of the chart, with no pointer on it, wherever the last test has left that."""
    panel.chart.leaveEvent(QEvent(QEvent.Type.Leave))
    image = panel.chart.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()) & 0xFFFFFF


def painted(panel, colour):
    """Rows and columns of the pixels that have this very colour."""
    return np.nonzero(pixels(panel) == QColor(colour).rgb() & 0xFFFFFF)


def nameless(panel, colour):
    """The same, but for the names of the lines."""
    rows, across = painted(panel, colour)
    places = [name.place for name in panel.chart.layers.names]
    kept = [not any(place.contains(x, y) for place in places) for x, y in zip(across, rows, strict=True)]
    return rows[kept], across[kept]


def reads(panel, x):
    """What is read out at a value across."""
    chart = panel.chart
    chart._point(QPointF(chart.axes.x.pixel(x), chart.axes.plot.center().y()))
    return chart.reading.words


# drawing


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR, LIGHT.at_lecture_size(1280)], ids=lambda theme: theme.name)
def test_every_run_has_its_colour_in_every_theme(panel, theme):
    panel.dress(theme)
    shows(panel)
    for colour in (theme.line1, theme.line2, theme.line3):
        assert len(painted(panel, colour)[0])
    assert not len(painted(panel, theme.line4)[0])


@pytest.mark.parametrize("size", [(320, 160), (1400, 900)])
@pytest.mark.parametrize("axis", ["step", "tokens", "seconds", "flops"])
def test_every_axis_is_drawn_small_and_large(panel, axis, size):
    panel.resize(*size)
    panel.choose(x=axis)
    assert len(painted(shows(panel), LIGHT.line3)[0])
    assert panel.segments.value == axis


def test_a_branch_is_drawn_from_its_fork_on_and_its_change_is_named(panel):
    shows(panel)
    fork = panel.chart.axes.x.pixel(80)
    assert painted(panel, LIGHT.line3)[1].min() >= fork - 1
    (layer,) = panel.chart.layers.forks
    assert [words for words, _ in layer.rows] == [
        "Fork at step 80", "Peak learning rate 1.0e-3 → 3.0e-3", "Batch size 24 → 48",
    ]  # fmt: skip
    assert layer.foot.x() == pytest.approx(fork)
    assert layer.rows[1][1] == LIGHT.line2_text


def test_words_of_several_forks_never_stand_on_each_other(panel):
    steps = range(10, 200, 10)
    branches = [
        branch(PARENT, step, [2.5] * 9, {"batch_size": 24}, {"batch_size": size})
        for step in steps for size in (32, 48, 64, 96, 128)
    ]  # fmt: skip
    shows(panel, (RUNS[0], *(shown(one, f"branch {place}", place) for place, one in enumerate(branches, 1))))
    forks = panel.chart.layers.forks
    assert len(forks) == len(steps)
    worded = [fork for fork in forks if fork.rows]
    assert 1 < len(worded) < len(forks)
    assert not any(one.place.intersects(other.place) for at, one in enumerate(worded) for other in worded[:at])
    assert all(panel.chart.axes.plot.contains(fork.place) for fork in worded)
    assert [words for words, _ in worded[0].rows][-1] == "and 1 more"


def test_words_of_a_fork_make_room_for_the_line_that_begins_there(panel):
    steep = branch(PARENT, 80, [6.0] * 10 + [2.0] * 50, {"batch_size": 24}, {"batch_size": 48})
    shows(panel, (RUNS[0], shown(steep, "steep", 1)))
    (fork,) = panel.chart.layers.forks
    assert fork.rows
    assert fork.place.left() > panel.chart.axes.x.pixel(90) or fork.place.right() < panel.chart.axes.x.pixel(80)


def test_names_stand_at_the_ends_of_their_lines_and_on_no_other_words(panel):
    names = shows(panel).chart.layers.names
    assert {name.words for name in names} == {"parent", "rate", "batch"}
    places = [name.place for name in names] + [fork.place for fork in panel.chart.layers.forks]
    assert not any(one.intersects(other) for at, one in enumerate(places) for other in places[:at])


def test_a_run_alone_is_drawn_and_asks_for_company(panel):
    shows(panel, RUNS[:1])
    assert panel.note.whole == "Tick a run in the library to lay it over this one."
    assert panel.chart.layers.names == ()


def test_with_nothing_to_show_it_says_what_to_do(panel):
    panel.refresh(Recording(), 0)
    assert len(painted(panel, LIGHT.ink)[0])
    assert INVITATION[0].startswith("Tick a run in the library")
    assert panel.note.isHidden()


def test_runs_of_a_former_recording_are_not_mixed_with_the_one_on_show(panel):
    panel.show_runs(RUNS)
    panel.refresh(recording(40), 40)
    assert [track.name for track in panel.chart.picture.tracks] == ["amber-heron"]


def test_seeds_are_a_mean_with_a_band_unless_each_is_wanted(panel):
    seeds = tuple(shown(run([3.0 + seed / 4] * 100, seed=seed), f"s{seed}", seed, "five") for seed in range(1, 4))
    shows(panel, (shown(PARENT), *seeds))
    assert [track.name for track in panel.chart.picture.tracks] == ["parent", "3 seeds"]
    assert "3 seeds: mean ± standard deviation, n = 3." in panel.note.whole
    band = QColor.fromRgbF(*(
        0.84 * one + 0.16 * other
        for one, other in zip(QColor(LIGHT.panel).getRgbF()[:3], QColor(LIGHT.line2).getRgbF()[:3], strict=True)
    ))  # fmt: skip
    near = np.abs(pixels(panel).view(np.uint8).reshape(panel.chart.height(), -1, 4)[..., :3].astype(int)
                  - [band.blue(), band.green(), band.red()]).max(axis=2) <= 1  # fmt: skip
    rows = np.nonzero(near[:, round(panel.chart.axes.x.pixel(50))])[0]
    top, bottom = (panel.chart.axes.y.pixel(3.5 + side * 0.25) for side in (1, -1))
    assert rows.min() == pytest.approx(top, abs=1.5)
    assert rows.max() == pytest.approx(bottom, abs=1.5)
    panel.choose(group_by="none")
    assert len(shows(panel, (shown(PARENT), *seeds)).chart.picture.tracks) == 4


# a spike of a single step among a million


@pytest.mark.parametrize("panel", [OverlayPanel, LossPanel], indirect=True)
def test_a_spike_of_one_step_among_a_million_is_on_the_picture(panel):
    losses = np.full(MILLION, 3.0)
    losses[0], losses[SPIKE - 1] = 4.0, 3.6
    panel.choose(smoothing=1)
    if isinstance(panel, OverlayPanel):
        panel.choose(show_floors=False)
    made = filled(losses)
    panel.refresh(made, MILLION)
    flat = filled(np.concatenate([[4.0], np.full(MILLION - 1, 3.0)]))
    axes, with_spike = panel.chart.axes, pixels(panel).copy()
    at, top = round(axes.x.pixel(SPIKE)), axes.y.pixel(3.6)
    other = type(panel)()
    other.choose(**panel.options.model_dump())
    other.resize(panel.size())
    other.show()
    other.refresh(flat, MILLION)
    other.chart.look(panel.chart.view)
    changed = np.nonzero(with_spike != pixels(other))
    other.deleteLater()
    assert len(changed[0]) > 0.8 * (axes.y.pixel(3.0) - top)
    assert set(changed[1]) <= set(range(at - 2, at + 3))
    assert changed[0].min() == pytest.approx(top, abs=2)


def test_the_spike_is_there_smoothed_too_and_among_others(panel):
    losses = np.full(MILLION, 3.0)
    losses[SPIKE - 1] = 13.0  # over twenty steps half a nat
    runs = (shown(filled(np.full(MILLION, 3.2))), shown(filled(losses), "spiked", 1))
    shows(panel, runs)
    at = round(panel.chart.axes.x.pixel(SPIKE))
    top, bottom = (round(panel.chart.axes.y.pixel(loss)) for loss in (3.48, 3.3))
    column = pixels(panel)[top:bottom, at - 1 : at + 2]
    plain = QColor(LIGHT.panel).rgb() & 0xFFFFFF, QColor(LIGHT.grid).rgb() & 0xFFFFFF
    assert (~np.isin(column, plain)).any(axis=1).all()


# the place in time


def test_looking_back_marks_every_line_at_that_step_and_fades_what_is_later(panel):
    shows(panel, step=100)
    rings = [track.ring for track in panel.chart.layers.tracks]
    assert [ring.x() for ring in rings] == pytest.approx([panel.chart.axes.x.pixel(100)] * 3)
    assert len(painted(panel, LIGHT.accent)[0])
    assert nameless(panel, LIGHT.line1)[1].max() <= panel.chart.axes.x.pixel(100) + 8


def test_a_run_that_has_not_come_so_far_has_no_ring(panel):
    shows(panel, step=190)
    assert [track.ring is None for track in panel.chart.layers.tracks] == [False, True, True]
    assert panel.chart.layers.tracks[1].now == np.inf


def test_before_its_fork_a_branch_is_still_to_come(panel):
    shows(panel, step=40)
    assert [track.ring is None for track in panel.chart.layers.tracks] == [False, True, True]
    assert not len(nameless(panel, LIGHT.line3)[0])


def test_before_the_fork_of_the_main_run_the_place_in_time_is_marked_all_the_same(panel):
    shows(panel, (shown(RATE, "rate"), shown(PARENT, place=1)), step=40)
    assert panel.chart.layers.playhead == panel.chart.axes.x.pixel(40)
    assert [track.ring is None for track in panel.chart.layers.tracks] == [True, False]


@pytest.mark.parametrize("theme", [LIGHT, PROJECTOR, LIGHT.at_lecture_size(1600)])
def test_the_step_on_the_axis_is_on_the_chart_as_a_whole(panel, theme):
    panel.dress(theme)
    panel.resize(1000, 700)
    shows(panel, step=100)
    rows, _ = painted(panel, theme.accent)
    assert panel.chart.axes.plot.bottom() < rows.max() < panel.chart.height() - 1


def test_only_what_trains_has_a_dot_at_its_end(panel):
    shows(panel)
    assert [track.end is not None for track in panel.chart.layers.tracks] == [False, True, False]


# reading out


def test_the_pointer_reads_all_lines_at_one_place(panel):
    shows(panel)
    words = reads(panel, 120)
    assert words.headline == "Step 120"
    assert [row.name for row in words.rows] == ["parent", "rate", "batch"]
    assert [row.colour for row in words.rows] == [LIGHT.line1, LIGHT.line2, LIGHT.line3]
    assert words.rows[1].value == "3.000"
    assert reads(panel, 199).rows[1].value == "–"


def test_what_is_read_out_has_the_lines_of_the_runs_beside_it(panel):
    shows(panel)
    reads(panel, 120)
    image = panel.chart.reading.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    seen = {QColor(image.pixel(x, y)).name() for x in range(12, 26) for y in range(image.height())}
    assert {QColor(colour).name() for colour in (LIGHT.line1, LIGHT.line2, LIGHT.line3)} <= seen


def test_the_line_at_the_pointer_leaves_the_words_of_a_fork_alone(panel):
    shows(panel)
    words = panel.chart.layers.forks[0].place.toRect().adjusted(1, 1, -1, -1)
    before = panel.chart.grab(words).toImage()
    panel.chart._point(QPointF(words.center().x(), panel.chart.axes.plot.bottom() - 4))
    panel.chart.reading.hide()
    assert panel.chart.grab(words).toImage() == before


def test_at_a_fork_the_pointer_reads_what_was_changed(panel):
    shows(panel)
    assert [row.name for row in reads(panel, 80).rows][3:] == [
        "Fork at step 80", "Peak learning rate 1.0e-3 → 3.0e-3", "Batch size 24 → 48",
    ]  # fmt: skip


def test_shift_and_arrows_read_step_by_step(panel, qtbot):
    shows(panel)
    told = []
    panel.explained.connect(told.append)
    qtbot.keyClick(panel.chart, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(panel.chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert told[0].startswith("Step 200: parent")
    assert told[1].startswith("Step 199: parent")


# what costs


def test_a_run_that_has_not_changed_is_not_worked_out_again(panel):
    grown = run(FALL[:150])
    runs = (shown(grown), shown(run(FALL, seed=2), "other", 1))
    shows(panel, runs)
    panel.chart.grab()
    before = {place: drawn for place, (_, drawn) in panel.chart._drawn.items()}
    grown.add(Stepped(151, 75.5, 2.4, 0.0, 0.0, 15_100, 0.0, 0.0))
    assert panel.refresh(grown, 151)
    panel.chart.grab()
    after = {place: drawn for place, (_, drawn) in panel.chart._drawn.items()}
    assert after[1] is before[1]
    assert after[0] is not before[0]


def test_it_draws_again_when_another_run_has_grown(panel):
    other = run(FALL)
    runs = (shown(PARENT), shown(other, "other", 1))
    shows(panel, runs)
    assert not panel.refresh(PARENT, 200)
    other.add(Stepped(201, 100.5, 2.3, 0.0, 0.0, 20_100, 0.0, 0.0))
    assert panel.refresh(PARENT, 200)
    assert panel.chart.picture.tracks[1].courses[0].steps[-1] == 201


# hands


def test_the_segments_choose_the_axis(panel, qtbot):
    shows(panel)
    next(b for b in panel.segments._group.buttons() if b.objectName() == "tokens").click()
    assert panel.options.x == "tokens"
    assert shows(panel).chart.picture.choice.axis == "tokens"


def test_a_stretch_that_was_chosen_stays_until_the_axis_means_another_thing(panel):
    shows(panel)
    panel.chart.zoom(0.5, 0.5, panel.chart.axes.plot.center())
    held = panel.chart.view.x
    shows(panel, step=150)
    assert panel.chart.view.x == held
    panel.choose(x="tokens")
    assert not shows(panel).chart.view.held


def test_lines_can_be_grouped_by_settings_that_differ_and_by_no_other(panel, qtbot):
    shows(panel)
    popup = OptionsPopup(panel, panel)
    field = popup.form.rows["group_by"].fields[0]
    words = [field.itemText(place) for place in range(field.count())]
    assert words == ["None", "Seeds", "Peak learning rate", "Batch size"]
    field.setCurrentIndex(3)
    field.activated.emit(3)
    assert panel.options.group_by == "batch_size"
    assert [track.name for track in shows(panel).chart.picture.tracks] == ["Batch size 24", "Batch size 48"]
    popup.deleteLater()


def test_an_estimate_is_said_to_be_one(panel):
    made = run(FALL)
    made.add(metered(200, 100.0, 50.0, measured=0))
    panel.choose(x="energy")
    shows(panel, (shown(made),))
    assert panel.note.whole.startswith("The energy is an estimate.")
