"""The form of a new branch: where it begins, what was and what is to be, and nothing is asked that cannot be."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from engine.settings import Settings
from gui.form.fields import NumberField
from gui.library.branch_form import BranchForm
from gui.style import style_sheet
from gui.theme import DARK, LIGHT, PROJECTOR

KEPT = (1000, 800, 512, 1)


def settings_at(step: int) -> Settings:
    """The rate was turned between step 512 and step 800."""
    return Settings(learning_rate=1e-3 if step < 800 else 2e-3)


@pytest.fixture
def form(qtbot: QtBot) -> BranchForm:
    made = BranchForm()
    qtbot.addWidget(made)
    made.setStyleSheet(style_sheet(LIGHT))
    made.dress(LIGHT)
    made.resize(352, 260)
    made.show()
    show(made, 640)
    return made


def show(form: BranchForm, step: int, name: str = "amber-heron", kept: tuple[int, ...] = KEPT, key: str = "") -> None:
    form.show_run(key or name, name, kept, step, settings_at)


def asked(form: BranchForm) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    form.branch_asked.connect(lambda *told: found.append(("branch", *told)))
    form.seeds_asked.connect(lambda *told: found.append(("seeds", *told)))
    return found


def type_in(form: BranchForm, name: str, text: str) -> None:
    field = form.rows[name].field
    assert isinstance(field, NumberField)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def actions(menu: QMenu) -> dict[str, Any]:
    return {str(action.data()): action for group in menu.findChildren(QMenu) for action in group.actions()}


def test_the_kept_step_nearest_to_the_playhead_is_chosen_and_step_0_is_always_there(form: BranchForm) -> None:
    assert form.steps.step == 512
    assert [form.steps.itemData(place) for place in range(form.steps.count())] == [1000, 800, 512, 1, 0]
    show(form, 940)
    assert form.steps.step == 1000
    show(form, 3, kept=())
    assert form.steps.step == 0


def test_what_was_is_what_was_at_that_step(form: BranchForm) -> None:
    row = form.rows["learning_rate"]
    assert (row.was.text(), form.changes) == ("1.0e-3", {})
    show(form, 900)
    assert row.was.text() == "2.0e-3"


def test_a_step_that_a_person_chose_stays_until_another_run_is_on_show(form: BranchForm) -> None:
    form.steps.setFocus()
    QTest.keyClick(form.steps, Qt.Key.Key_Up)
    assert form.steps.step == 800
    show(form, 3)
    assert form.steps.step == 800
    show(form, 3, "night-carp")
    assert form.steps.step == 1


def test_while_something_is_being_changed_the_step_stays(form: BranchForm) -> None:
    type_in(form, "learning_rate", "3e-3")
    show(form, 1200, kept=(1200, *KEPT))
    assert form.steps.step == 512
    show(form, 1200, kept=(1200, 1000))  # it was cleared away
    assert form.steps.step == 1200
    assert form.changes == {"learning_rate": 3e-3}


def test_both_buttons_tell_the_changes_and_only_them(form: BranchForm) -> None:
    told = asked(form)
    type_in(form, "learning_rate", "3e-3")
    form.menu.chosen.emit("batch_size")
    form.menu.chosen.emit("dropout")
    form.rows["batch_size"].field.edited.emit(48)  # type: ignore[attr-defined]
    form.train.click()
    form.seeds.click()
    changes = {"learning_rate": 3e-3, "batch_size": 48}
    assert told == [("branch", 512, changes), ("seeds", changes, 5)]


def test_an_unchanged_branch_may_be_asked_for(form: BranchForm) -> None:
    told = asked(form)
    QTest.keyClick(form.train, Qt.Key.Key_Space)
    assert told == [("branch", 512, {})]


def test_a_setting_that_is_taken_away_is_as_it_was(form: BranchForm) -> None:
    type_in(form, "learning_rate", "3e-3")
    form.rows["learning_rate"].away.click()
    assert form.changes == {}
    assert not form.rows
    show(form, 640, "night-carp")
    assert list(form.rows) == ["learning_rate"]


def test_what_cannot_be_is_said_and_nothing_is_asked(form: BranchForm) -> None:
    told = asked(form)
    form.menu.chosen.emit("horizon")
    form.rows["horizon"].field.edited.emit(300)  # type: ignore[attr-defined]
    assert "lies before it" in form.trouble.text()
    form.train.click()
    assert told == []
    form.seeds.click()  # from step 0 that horizon is none that is past
    assert told == [("seeds", {"horizon": 300}, 5)]
    form.rows["horizon"].field.edited.emit(3000)  # type: ignore[attr-defined]
    assert form.trouble.isHidden()


def test_what_cannot_be_read_is_taken_back_with_a_sentence(form: BranchForm) -> None:
    type_in(form, "learning_rate", "7")
    assert "Peak learning rate goes from" in form.trouble.text()
    assert form.changes == {}


def test_the_menu_says_why_the_width_cannot_change_on_the_way_and_offers_it_from_the_start(form: BranchForm) -> None:
    form.menu.offer(settings_at(512).model_dump(), 512, form.rows)
    on_the_way = actions(form.menu)
    assert not on_the_way["width"].isEnabled()
    assert "“Width” is part of the model." in on_the_way["width"].statusTip()
    assert on_the_way["dropout"].isEnabled()
    assert "learning_rate" not in on_the_way  # it is there already
    form.menu.offer(settings_at(0).model_dump(), 0, ())
    from_the_start = actions(form.menu)
    assert from_the_start["width"].isEnabled()
    assert "soft_cap" not in from_the_start  # means nothing in this architecture


def test_a_width_that_was_to_change_from_step_0_is_left_out_further_on(form: BranchForm) -> None:
    show(form, 0, kept=(800,))
    form.menu.chosen.emit("width")
    form.rows["width"].field.edited.emit(256)  # type: ignore[attr-defined]
    assert form.changes == {"width": 256}
    form.steps.setFocus()
    QTest.keyClick(form.steps, Qt.Key.Key_Up)
    assert form.steps.step == 800
    assert form.changes == {}
    assert "width" not in form.rows


def test_every_setting_that_is_offered_has_a_row_that_shows_it(form: BranchForm) -> None:
    show(form, 0, kept=())
    form.menu.offer(settings_at(0).model_dump(), 0, form.rows)
    names = list(actions(form.menu))
    for name in names:
        form.menu.chosen.emit(name)
    for name in names:
        row = form.rows[name]
        assert row.was.accessibleName()
        assert row.field.accessibleName() == row.knob.label
    assert form.changes == {}


def test_the_name_gives_way_before_the_step(form: BranchForm) -> None:
    show(form, 1000, "a\u202ename\n" * 50, (1000,))
    assert form.steps.elided().endswith(", step 1,000")
    assert "\n" not in form.steps.elided()
    assert "\u202e" not in form.steps.elided()


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR], ids=lambda theme: theme.name)
def test_it_fits_a_narrow_dock(form: BranchForm, theme: Any) -> None:
    form.menu.chosen.emit("prompt")
    form.setStyleSheet(style_sheet(theme))
    form.dress(theme)
    assert form.minimumSizeHint().width() <= 264


def test_all_can_be_reached_with_the_tab_key(form: BranchForm) -> None:
    wanted: list[QWidget] = [form.steps, form.rows["learning_rate"].field, form.another, form.train, form.seeds]
    form.steps.setFocus()
    reached: list[QWidget] = []
    for _ in range(8):
        focus = form.window().focusWidget()
        assert focus is not None
        reached.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert [widget for widget in reached if widget in wanted][:5] == wanted


def test_where_nothing_can_begin_it_says_why_and_nothing_can_be_pressed(form: BranchForm) -> None:
    found = asked(form)
    form.refuse("Nobody knows how.")
    show(form, 640, "another")
    assert form.trouble.isVisible()
    assert form.trouble.text() == "Nobody knows how."
    parts = [form.steps, form.another, form.train, form.seeds, *form.rows.values()]
    assert not any(part.isEnabled() for part in parts)
    form.train.click()
    assert found == []
    form.refuse("")
    assert not form.trouble.isVisible()
    assert form.train.isEnabled()
    assert form.rows["learning_rate"].isEnabled()


def test_two_runs_of_one_name_are_two(form: BranchForm) -> None:
    type_in(form, "learning_rate", "3e-3")
    form.show_run("another", "amber-heron", KEPT, 800, lambda step: Settings(learning_rate=5e-3))
    assert form.changes == {}
    assert form.rows["learning_rate"].field.text() == "5.0e-3"


def test_a_run_that_is_renamed_keeps_what_is_typed(form: BranchForm) -> None:
    type_in(form, "learning_rate", "3e-3")
    show(form, 640, name="tall heron", key="amber-heron")
    assert form.changes == {"learning_rate": 3e-3}
    assert "tall heron" in form.steps.elided()
