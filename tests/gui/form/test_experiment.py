"""A knob that is turned reaches the engine and is believed only when it comes back; the rest waits."""

import html
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from engine.commands import Command, Turn
from engine.events import Turned
from gui.form.choices import KNOBS
from gui.form.corpus_field import OPEN, CorpusField
from gui.form.experiment import Experiment
from gui.form.fields import NumberField
from gui.form.form import Row
from gui.sources import SMALL_WORLD
from gui.widgets.labels import PlainLabel
from tests.gui.conftest import Desk

OpenDesk = Callable[..., Desk]


def row(desk: Desk, name: str) -> Row:
    return next(form.rows[name] for form in desk.window.experiment.forms if name in form.rows)


def bar(desk: Desk, name: str) -> object:
    return row(desk, name).property("bar")


def asked(experiment: Experiment) -> list[Command]:
    commands: list[Command] = []
    experiment.asked.connect(commands.append)
    return commands


def test_a_turned_knob_wears_a_bar_until_the_engine_has_turned_it(desk: Desk) -> None:
    desk.ready()
    QTest.keyClick(row(desk, "learning_rate").fields[1], Qt.Key.Key_End)
    assert bar(desk, "learning_rate") == "accent"
    desk.until(lambda: desk.session.recording.count(Turned) > 0)
    assert bar(desk, "learning_rate") == ""
    assert desk.session.recording.all(Turned)[-1].value == 0.1
    assert row(desk, "learning_rate").fields[0].text() == "1.0e-1"


def test_a_dragged_slider_asks_now_and_then_and_the_latest_wins(desk: Desk) -> None:
    desk.ready()
    commands = asked(desk.window.experiment)
    slider = row(desk, "batch_size").fields[1]
    for place in range(1, slider.maximum() + 1):
        slider.setValue(place)
    assert len(commands) == 1
    desk.until(lambda: bool(desk.session.recording.all(Turned)) and desk.session.recording.all(Turned)[-1].value == 512)
    assert commands[-1] == Turn("batch_size", 512.0)
    assert len(commands) == 2


def test_what_cannot_be_turned_waits_and_says_what_it_was(desk: Desk) -> None:
    desk.ready()
    experiment = desk.window.experiment
    assert not experiment._footer.isVisible()
    row(desk, "layers").fields[0].setValue(6)
    assert bar(desk, "layers") == "warn"
    assert row(desk, "layers").note.text() == "was 4"
    assert experiment._footer.isVisible()
    assert desk.session.settings.layers == 4


def test_reset_takes_back_what_waits(desk: Desk) -> None:
    desk.ready()
    row(desk, "layers").fields[0].setValue(6)
    desk.window.experiment.reset()
    assert row(desk, "layers").fields[0].value() == 4
    assert not desk.window.experiment._footer.isVisible()


def test_the_next_run_has_what_waited(desk: Desk) -> None:
    desk.ready()
    row(desk, "layers").fields[0].setValue(6)
    desk.window.experiment._start.click()
    assert desk.session.settings.layers == 6
    desk.until(lambda: desk.session.playing)
    assert bar(desk, "layers") == ""


def test_the_size_of_the_next_model_is_told_at_once(desk: Desk) -> None:
    desk.show()
    before = desk.window.experiment._size.text()
    row(desk, "width").fields[0].setValue(256)
    assert before.startswith("0.92 M")
    assert desk.window.experiment._size.text().startswith("3.4")


def test_settings_that_do_not_fit_say_so_under_the_field_and_do_not_start(desk: Desk) -> None:
    desk.ready()
    row(desk, "heads").fields[0].setValue(5)
    assert row(desk, "heads").note.text() == "5 heads cannot share a width of 128 evenly."
    assert not desk.window.experiment._start.isEnabled()
    desk.window.steering.begin_next()
    assert desk.window.head.notice.isVisible()
    assert desk.session.settings.heads == 4


def test_before_the_first_run_nothing_waits_and_play_takes_it(desk: Desk) -> None:
    desk.show()
    row(desk, "layers").fields[0].setValue(6)
    assert bar(desk, "layers") == ""
    desk.window.steering.press()
    assert desk.session.settings.layers == 6


def test_play_before_the_first_step_takes_what_waits(desk: Desk) -> None:
    desk.ready()
    row(desk, "layers").fields[0].setValue(6)
    desk.window.steering.press()
    assert desk.session.settings.layers == 6


def test_more_unfolds_what_is_seldom_changed(desk: Desk) -> None:
    desk.show()
    assert not row(desk, "top_k").isVisible()
    desk.window.experiment.folded.button.click()
    assert row(desk, "top_k").isVisible()


def visible(desk: Desk) -> set[str]:
    """Names of the settings that can be seen, were it not for the fold."""
    return {name for form in desk.window.experiment.forms for name, row in form.rows.items() if not row.isHidden()}


def test_what_means_nothing_beside_the_other_choices_is_not_there(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.show()
    assert not {"n_grams", "soft_cap", "masked_share", "infill_share", "momentum"} & visible(desk)
    assert {"beta1", "vocabulary", "key_value_heads"} <= visible(desk)
    for name, choice in (("architecture", "fast"), ("objective", "masked"), ("optimizer", "sgd")):
        row(desk, name).edited.emit(name, choice)
    assert {"n_grams", "soft_cap", "masked_share", "momentum"} <= visible(desk)
    assert not {"infill_share", "beta1", "beta2"} & visible(desk)


def test_the_folded_settings_stand_in_groups(desk: Desk) -> None:
    desk.show()
    groups = desk.window.experiment.folded.groups
    names = [[name for form in group.forms for name in form.rows] for group in groups]
    assert len(groups) == 6
    assert all(len({KNOBS[name].group for name in some}) == 1 for some in names)
    assert {name for some in names for name in some} == {name for name, knob in KNOBS.items() if knob.advanced}


def test_a_group_without_a_row_has_no_heading(desk: Desk) -> None:
    desk.show()
    folded = desk.window.experiment.folded
    text = next(group for group in folded.groups if any("megabytes" in form.rows for form in group.forms))
    for form in text.forms:
        for one in form.rows.values():
            one.hide()
    folded.show_groups()
    assert [group.isHidden() for group in folded.groups].count(True) == 1


def test_what_has_a_panel_of_its_own_is_not_in_the_form(desk: Desk) -> None:
    desk.show()
    shown = {name for form in desk.window.experiment.forms for name in form.rows}
    assert shown == {name for name, knob in KNOBS.items() if knob.group not in ("mixture", "spoiling")}


def test_a_tokenizer_from_a_file_asks_which(desk: Desk) -> None:
    desk.ready()
    with desk.qtbot.waitSignal(desk.window.experiment.tokenizer_asked):
        row(desk, "tokenizer").edited.emit("tokenizer", "file")
    assert "tokenizer_file" in visible(desk)
    desk.window.experiment.tokenizer_file.take("/texts/a & b.json")
    assert desk.window.experiment.tokenizer_file.text() == "a && b.json"
    assert desk.window._choices.next_settings().tokenizer_file == "/texts/a & b.json"
    for dialog in desk.window.findChildren(QFileDialog):
        dialog.close()


def test_weights_that_are_turned_reach_the_engine_together(open_desk: OpenDesk) -> None:
    desk = open_desk(corpus=("stories", "facts"))
    desk.ready()
    desk.window.experiment.turn_weights((0.25, 0.75))
    desk.until(lambda: desk.session.recording.count(Turned) > 0)
    turned = desk.session.recording.all(Turned)[-1]
    assert (turned.knob, turned.value) == ("weights", (0.25, 0.75))
    assert desk.window._choices.asked == {}


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("size", [(1280, 800), (1600, 900)])
def test_every_value_is_beside_the_scroll_bar(open_desk: OpenDesk, size: tuple[int, int], theme: str) -> None:
    desk = open_desk(architecture="fast", objective="masked", optimizer="muon")
    desk.window.resize(*size)
    desk.show()
    desk.window.show_theme(theme)
    experiment = desk.window.experiment
    experiment.folded.button.click()
    desk.settle()
    desk.settle()  # what has unfolded moves what is around it
    viewport = experiment._area.viewport()
    parts = [part for form in experiment.forms for row in form.rows.values() if row.isVisible() for part in row.fields]
    assert experiment._inside.width() <= viewport.width()
    assert len(parts) > 40
    for part in (*parts, experiment._size):
        assert part.mapTo(viewport, part.rect().topRight()).x() < viewport.width()
    labels = [label for form in experiment.forms for label in form.findChildren(PlainLabel) if label.isVisible()]
    wrapped = [label for label in labels if label.wordWrap()]
    assert not [label.text() for label in wrapped if label.height() < label.heightForWidth(label.width())]
    numbers = [part for part in parts if isinstance(part, NumberField)]
    assert all(part.width() > part.fontMetrics().horizontalAdvance(part.text()) for part in numbers)


def test_more_comes_into_view(desk: Desk) -> None:
    desk.window.resize(1280, 800)
    desk.show()
    experiment = desk.window.experiment
    experiment.folded.button.click()
    desk.until(lambda: not row(desk, "megabytes").visibleRegion().isEmpty())


def test_the_field_just_edited_stays_above_the_footer(desk: Desk) -> None:
    desk.window.resize(1280, 800)
    desk.ready()
    edited = row(desk, "layers")
    desk.window.experiment._area.ensureWidgetVisible(edited, 0, 0)
    edited.fields[0].setValue(6)
    desk.until(lambda: edited.visibleRegion().boundingRect() == edited.rect())
    assert desk.window.experiment._footer.isVisible()


def test_the_corpora_are_the_built_in_ones_the_recent_ones_and_open(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a & <b>.txt"
    path.write_text("once")
    field = desk.window.experiment.corpus
    field.offer([str(path)])
    texts = [field.itemText(index) for index in range(field.count())]
    assert texts[-1] == "Open text…"
    assert "a & <b>.txt" in texts
    assert field.currentText() == "Stories"


def test_a_mixture_is_one_line_of_the_corpora(desk: Desk) -> None:
    field = desk.window.experiment.corpus
    field.show_value(("stories", "python", "/texts/x.txt"))
    assert field.currentText() == "3 texts"
    assert "Stories, Python" in html.unescape(field.toolTip())
    field.show_value(("stories",))
    assert field.currentText() == "Stories"


def test_the_small_world_is_all_texts_made_by_rules(desk: Desk) -> None:
    field, chosen = desk.window.experiment.corpus, []
    field.edited.connect(chosen.append)
    field.activated.emit(field.findText(f"Small world ({len(SMALL_WORLD)} texts)"))
    assert chosen == [SMALL_WORLD]
    assert desk.window._choices.next_settings().corpus == SMALL_WORLD


def test_a_long_name_ends_in_an_ellipsis_and_is_whole_in_the_tool_tip(desk: Desk) -> None:
    desk.show()
    field = desk.window.experiment.corpus
    assert field.elided() == field.currentText()
    name = "tinyshakespeare & all <other> plays.txt"
    field.show_value((f"/texts/{name}",))
    assert field.elided().endswith("…")
    assert len(field.elided()) > 6
    assert html.escape(name) in field.toolTip()


def test_choosing_open_changes_nothing_and_asks(desk: Desk) -> None:
    field: CorpusField = desk.window.experiment.corpus
    with desk.qtbot.waitSignal(field.open_asked):
        field.setCurrentIndex(field.count() - 1)
        field.activated.emit(field.count() - 1)
    assert field.offers[field.count() - 1] is OPEN
    assert field.currentText() == "Stories"
