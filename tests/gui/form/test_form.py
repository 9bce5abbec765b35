"""A form shows values, tells what a person changed, and nothing else."""

from typing import Any, Literal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.declared import Declared, knob, knobs
from gui.form.form import FieldRow, Form, SliderRow


class Options(Declared):
    rate: float = knob(0.01, "How <b>fast</b>", 1e-4, 1.0, log=True, unit="nats")
    count: int = knob(3, "How many", 1, 9)
    axis: Literal["step", "tokens"] = knob("step", "Along what")
    shown: bool = knob(True, "Whether")
    words: str = knob("a", "What")


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(list(knobs(Options)), sliders=True)
    qtbot.addWidget(made)
    made.show_values(Options().model_dump())
    made.show()
    return made


def told(form: Form) -> list[tuple[str, Any]]:
    """What the form tells from now on."""
    edits: list[tuple[str, Any]] = []
    form.edited.connect(lambda name, value: edits.append((name, value)))
    return edits


def test_numbers_with_a_range_get_a_slider_and_the_rest_do_not(form: Form) -> None:
    kinds = {name: type(row) for name, row in form.rows.items()}
    assert kinds == {"rate": SliderRow, "count": SliderRow, "axis": FieldRow, "shown": FieldRow, "words": FieldRow}


def test_showing_values_tells_nobody(form: Form) -> None:
    edits = told(form)
    form.show_values({"rate": 0.5, "count": 9, "axis": "tokens", "shown": False, "words": "b"})
    assert edits == []


def test_a_moved_slider_tells_and_its_number_follows(form: Form) -> None:
    edits = told(form)
    number, slider = form.rows["count"].fields
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert edits == [("count", 4)]
    assert number.text() == "4"


def test_a_typed_number_moves_the_slider(form: Form) -> None:
    edits = told(form)
    number, slider = form.rows["rate"].fields
    number.selectAll()
    QTest.keyClicks(number, "1")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert edits == [("rate", 1.0)]
    assert slider.value() == slider.maximum()
    assert number.text() == "1.0e0"


@pytest.mark.parametrize("typed", ["many", "1000"])
def test_a_number_that_cannot_be_used_is_taken_back_with_a_sentence(form: Form, typed: str) -> None:
    edits = told(form)
    row = form.rows["count"]
    row.fields[0].selectAll()
    QTest.keyClicks(row.fields[0], typed)
    QTest.keyClick(row.fields[0], Qt.Key.Key_Return)
    assert edits == []
    assert row.fields[0].text() == "3"
    assert row.note.isVisible()


def test_every_kind_of_field_tells_its_own_kind_of_value(form: Form) -> None:
    edits = told(form)
    form.rows["shown"].fields[0].click()
    choice, words = form.rows["axis"].fields[0], form.rows["words"].fields[0]
    QTest.keyClick(choice, Qt.Key.Key_Down)
    QTest.keyClicks(words, "b")
    QTest.keyClick(words, Qt.Key.Key_Return)
    assert edits == [("shown", False), ("axis", "tokens"), ("words", "b" + "a")]


def test_without_sliders_a_count_is_typed_in_a_box(qtbot: QtBot) -> None:
    form = Form(list(knobs(Options)), sliders=False)
    qtbot.addWidget(form)
    form.show_values(Options().model_dump())
    edits = told(form)
    box = form.rows["count"].fields[0]
    box.selectAll()
    QTest.keyClicks(box, "7")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert edits == [("count", 7)]


def test_the_wheel_scrolls_past_a_control_without_the_focus(form: Form) -> None:
    edits = told(form)
    form.rows["words"].fields[0].setFocus()
    for field in (form.rows["count"].fields[1], form.rows["axis"].fields[0]):
        QApplication.sendEvent(field, wheel_up(field))
    assert edits == []


def wheel_up(widget: QWidget) -> QWheelEvent:
    at = QPointF(widget.rect().center())
    no_keys, no_buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
    return QWheelEvent(at, at, QPoint(), QPoint(0, 120), no_buttons, no_keys, Qt.ScrollPhase.NoScrollPhase, False)


def test_every_control_explains_itself_and_help_is_never_markup(form: Form) -> None:
    for row in form.rows.values():
        for field in row.fields:
            assert field.accessibleName() == row.knob.label
            assert field.statusTip().startswith(row.knob.help)
    assert "&lt;b&gt;fast" in form.rows["rate"].fields[0].toolTip()
    assert "1.0e-4 to 1.0e0 nats" in form.rows["rate"].fields[0].toolTip()


def test_a_row_shows_that_it_waits(form: Form) -> None:
    row = form.rows["count"]
    row.show_state("warn", "was 4")
    assert (row.property("bar"), row.note.text()) == ("warn", "was 4")
    row.show_state("")
    assert (row.property("bar"), row.note.isVisible()) == ("", False)
