"""The spoiling bench as a person meets it: sliders that wait, a document that follows, a curve to compare with."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.recording import Recording
from engine.settings import Settings
from gui.panels.spoiling import SpoilingPanel
from gui.theme import DARK, LIGHT, PROJECTOR
from tests.fakes import recording

CLEAN = recording(120)
RUN = recording(120, Settings(duplicates=0.3, typos=0.05))


@pytest.fixture
def around(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def panel(around):
    """In a widget with its title row, as in a dock."""
    made, column = SpoilingPanel(), QVBoxLayout(around)
    for part in (*made.title_row(), made):
        column.addWidget(part)
    around.resize(600, 400)
    around.show()
    return made


def shows(panel, run=RUN, step=120):
    panel.refresh(run, step)
    assert panel._stack.currentWidget() is panel.body, panel._trouble.details
    return panel


def move(qtbot, panel, name, key=Qt.Key.Key_PageUp):
    """As a hand does."""
    qtbot.keyClick(panel.rows[name].slider, key)


def test_a_moved_slider_waits_for_the_next_run(panel, qtbot):
    shows(panel)
    assert panel.start.isHidden()
    with qtbot.waitSignal(panel.chosen) as chosen:
        move(qtbot, panel, "typos")
    assert chosen.args == [{"typos": 0.15}]
    row = shows(panel).rows["typos"]
    assert (row.property("bar"), row.note.text()) == ("warn", "was 5 %")
    assert panel.rows["duplicates"].property("bar") == ""
    assert panel.start.isVisible()
    with qtbot.waitSignal(panel.next_run_asked):
        qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)


def test_the_next_run_with_these_values_leaves_nothing_waiting(panel, qtbot):
    shows(panel)
    move(qtbot, panel, "typos")
    shows(panel, recording(20, Settings(duplicates=0.3, typos=0.15)), 20)
    assert panel.start.isHidden()
    assert panel.rows["typos"].note.isHidden()
    assert panel.rows["typos"].slider.value() == 15


def test_undo_goes_back_to_the_present_run(panel, qtbot):
    shows(panel)
    assert not panel.undo.isEnabled()
    move(qtbot, panel, "typos")
    move(qtbot, panel, "shuffled")
    assert shows(panel).undo.isEnabled()
    with qtbot.waitSignal(panel.chosen) as chosen:
        panel.undo.click()
    assert chosen.args == [{"typos": 0.05, "shuffled": 0.0}]
    assert shows(panel).start.isHidden()
    assert panel.rows["shuffled"].slider.value() == 0


def test_what_was_chosen_or_reset_elsewhere_is_shown(panel):
    panel.show_chosen({"typos": 0.4, "layers": 3})
    assert shows(panel).rows["typos"].slider.value() == 40
    panel.show_chosen({})
    assert shows(panel).rows["typos"].slider.value() == 5


def test_nothing_waits_before_there_is_a_run(panel, qtbot):
    shows(panel, Recording(), 0)
    move(qtbot, panel, "typos")
    assert shows(panel, Recording(), 0).start.isHidden()


def test_the_document_follows_the_sliders_and_pages_turn(panel, qtbot):
    before = shows(panel).text.toPlainText()
    for _ in range(8):
        move(qtbot, panel, "typos")
    assert shows(panel).text.toPlainText() != before
    qtbot.mouseClick(panel.another, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.another, Qt.MouseButton.LeftButton)
    assert shows(panel).subtitle.whole == "Facts"


def test_markup_and_direction_signs_of_a_document_are_shown_not_obeyed(panel):
    panel.turn_page()
    text = shows(panel).text.toPlainText()
    assert "<b>" in text
    assert "U+202E" in text


def test_a_clean_run_is_kept_for_the_spoiled_one_that_takes_its_place(panel):
    shows(panel, CLEAN)
    assert not len(panel.chart.curves.unspoiled.x)
    panel.hide()
    panel.refresh(RUN, 120)  # replaced while nobody looks
    panel.show()
    shows(panel)
    assert len(panel.chart.curves.unspoiled.x)
    assert "unspoiled (amber-heron)" in panel.chart.sentence_at(100.0)
    shows(panel, recording(40, Settings(typos=0.5)), 40)  # and for those that follow
    assert len(panel.chart.curves.unspoiled.x)


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR, LIGHT.at_lecture_size(1600)], ids=lambda theme: theme.name)
def test_nothing_is_to_be_pressed_in_a_lecture(panel, qtbot, theme):
    panel.dress(theme)
    panel.show_chosen({"typos": 0.4})
    shows(panel)
    assert panel.start.isVisible() == panel.undo.isVisible() == (not theme.lecture)


@pytest.mark.parametrize(("size", "chart", "below"), [((300, 420), False, True), ((600, 240), True, False)])
def test_where_there_is_little_room_the_sliders_stay(panel, qtbot, size, chart, below):
    panel.parentWidget().resize(*size)
    shows(panel)
    qtbot.waitUntil(lambda: panel.chart.isVisible() == chart and panel.below.isVisible() == below)
    assert all(row.isVisible() for row in panel.rows.values())


@pytest.mark.parametrize(("theme", "width"), [(LIGHT, 400), (PROJECTOR, 470)], ids=["light", "projector"])
def test_in_the_layout_of_a_small_window_the_curves_are_seen_and_the_names_whole(panel, theme, width):
    panel.dress(theme)
    panel.show_chosen({"shuffled": 0.9})
    panel.parentWidget().resize(width, 330)
    shows(panel)
    QCoreApplication.sendPostedEvents()
    assert panel.chart.isVisible()
    for row in panel.rows.values():
        assert row._name.width() >= row._name.sizeHint().width()
