"""A share is set in whole per cents, and shows where the present run has it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent

from engine.declared import knobs
from engine.settings import Settings
from gui.form.share_row import BORDER, ShareRow
from gui.theme import LIGHT

TYPOS = next(knob for knob in knobs(Settings) if knob.name == "typos")


@pytest.fixture
def row(qtbot):
    made = ShareRow(TYPOS)
    qtbot.addWidget(made)
    made.resize(220, 44)
    made.slider.dress(LIGHT)
    made.show()
    return made


def test_a_share_is_told_in_whole_per_cents(row, qtbot):
    row.show_value(0.05)
    with qtbot.waitSignal(row.edited) as edited:
        qtbot.keyClick(row.slider, Qt.Key.Key_Right)
    assert edited.args == ["typos", 0.06]
    qtbot.keyClick(row.slider, Qt.Key.Key_End)
    assert row.slider.value() == 90


def test_its_range_is_told_as_it_is_shown(row):
    assert row.slider.statusTip() == "Share of the words that are mistyped. Goes from 0 to 90 %."


def test_showing_a_value_tells_nobody(row):
    told = []
    row.edited.connect(lambda *args: told.append(args))
    row.show_value(0.4)
    assert told == []
    assert row._number.text() == "40 %"


def test_what_waits_says_what_it_was(row):
    row.show_present(0.05, waits=True)
    assert (row.property("bar"), row.note.text()) == ("warn", "was 5 %")
    row.show_present(0.05, waits=False)
    assert row.property("bar") == ""
    assert row.note.isHidden()


def test_in_a_narrow_row_the_name_and_the_number_stay_whole(row, qtbot):
    row.show_value(0.9)
    row.show_present(0.05, waits=True)
    assert row.note.isVisible()
    row.resize(110, 44)
    assert row.note.isHidden()
    qtbot.waitUntil(lambda: row._name.width() >= row._name.sizeHint().width())
    assert row.property("bar") == "warn"
    row.resize(220, 44)
    assert row.note.isVisible()


@pytest.mark.parametrize("present", [0.0, 0.45, 0.9])
def test_the_tick_stands_under_the_handle_of_the_present_value(row, present):
    row.show_present(present, waits=False)
    tick = row.slider.tick()
    assert BORDER < tick < row.slider.width() - BORDER
    image = row.slider.grab().toImage()
    column = [image.pixelColor(round(tick), y).lightness() for y in range(image.height() - 4, image.height())]
    assert min(column) < QColor(LIGHT.edge).lightness() + 40
    assert tick == pytest.approx(9 + (row.slider.width() - 18) * present / 0.9, abs=1)


def test_the_wheel_scrolls_past_unless_it_is_meant(row):
    row.slider.clearFocus()
    row.show_value(0.4)
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False
    event = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), *none)
    row.slider.wheelEvent(event)
    assert row.slider.value() == 40
    assert not event.isAccepted()
