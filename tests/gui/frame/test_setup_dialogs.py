"""Set-ups and published models by hand: what is said before they are opened, and what comes of it."""

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton

from engine.events import Paused
from engine.settings import Settings
from engine.setup_file import ENDING, Look, Setup, load, save, written
from engine.setup_texts import setup_of
from gui.frame.open_model_dialog import OpenModelDialog
from gui.frame.open_setup_dialog import OpenSetupDialog, summary
from gui.frame.save_setup_dialog import SaveSetupDialog, plain
from gui.widgets.labels import PlainLabel
from tests.gui.conftest import Desk

CHOSEN = Settings(corpus=("stories", "arithmetic"), megabytes=1, layers=2)


def action(desk: Desk, words: str) -> QAction:
    return next(action for action in desk.window.actions() if action.text() == words)


def dialog(desk: Desk, kind: type[QDialog]) -> Any:
    return next(one for one in desk.window.findChildren(kind) if one.isVisible())


def done(work: Generator[float, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def on_disk(folder: Path, settings: Settings = CHOSEN, look: Look | None = None, stop_at: int | None = None) -> Path:
    return save(done(setup_of(settings, None, "fox", stop_at, look)), folder / "mine")


def opened(desk: Desk, path: Path) -> OpenSetupDialog:
    desk.window.texts.open([str(path)])
    asked: OpenSetupDialog = dialog(desk, OpenSetupDialog)
    read(desk, asked)
    return asked


def read(desk: Desk, asked: Any) -> None:
    """Wait until it is, and laid out."""
    desk.qtbot.waitUntil(lambda: not asked.busy)
    desk.settle()


def words(asked: QDialog) -> list[str]:
    return [label.text() for label in asked.findChildren(PlainLabel) if label.isVisible()]


def button(asked: QDialog, text: str) -> QPushButton:
    return next(one for one in asked.findChildren(QPushButton) if one.text() == text)


def test_what_is_chosen_is_written_with_how_the_window_looks(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    desk.window.experiment.choose({"layers": 3})
    desk.window.show_layout("Data")
    panel = next(panel for panel in desk.window.panels if panel.title == "Attention")
    name, value = next((name, not value) for name, value in panel.options if isinstance(value, bool))
    panel.choose(**{name: value})
    action(desk, "Save set-up…").trigger()
    asked = dialog(desk, SaveSetupDialog)
    asked.path.setText(str(tmp_path / "mine"))
    asked.accept()
    desk.qtbot.waitUntil(lambda: (tmp_path / f"mine{ENDING}").exists())
    desk.qtbot.waitUntil(lambda: str(tmp_path) in desk.window.head.notice.advice.whole)
    setup, notes = load(tmp_path / f"mine{ENDING}")
    assert notes == ()
    assert setup.settings.layers == 3
    assert setup.window.layout == "Data"
    assert setup.window.panels == {"Attention": {name: value}}
    assert setup.texts[0].hash


def test_a_file_that_is_there_is_replaced_only_after_a_word(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    path = on_disk(tmp_path)
    action(desk, "Save set-up…").trigger()
    asked = dialog(desk, SaveSetupDialog)
    asked.path.setText(str(tmp_path / "new"))
    assert (asked._yes.text(), "Stories" in asked.note.text()) == ("Save", True)
    asked.path.setText(str(path))
    assert asked._yes.text() == "Replace"
    assert "will be replaced" in asked.note.text()
    asked.path.setText("")
    assert not asked._yes.isEnabled()


def test_where_it_cannot_be_written_is_said_and_can_be_mended(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    action(desk, "Save set-up…").trigger()
    asked = dialog(desk, SaveSetupDialog)
    (tmp_path / "file").write_text("")
    asked.path.setText(str(tmp_path / "file" / "mine"))
    asked.accept()
    desk.qtbot.waitUntil(lambda: not asked.busy)
    assert "cannot be written" in asked.note.text()
    assert asked.isVisible()
    assert asked._yes.isEnabled()


@pytest.mark.parametrize(("name", "file"), [("amber-heron", "amber-heron"), ("../x\n", "x"), ("", "experiment")])
def test_a_name_becomes_that_of_a_file(name: str, file: str) -> None:
    assert plain(name).strip("-. ") == file


def test_a_set_up_says_what_it_is_and_begins_when_it_is_wished(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    attention = next(panel for panel in desk.window.panels if panel.title == "Attention")
    name, value = next((name, not value) for name, value in attention.options if isinstance(value, bool))
    look = Look(layout="Compare", panels={"Attention": {name: value, "newer": 1}, "Unknown": {"x": 1}})
    asked = opened(desk, on_disk(tmp_path, look=look))
    assert {"Stories", "Arithmetic", "the same text"} <= set(words(asked))
    assert any(line.startswith("fox: modern, about") for line in words(asked))
    assert desk.session.settings.layers == 4
    asked.accept()
    desk.until(lambda: desk.window.steering.status().state == "ready")
    assert desk.session.settings == CHOSEN
    assert desk.window.layout_name == "Compare"
    assert getattr(attention.options, name) == value
    assert not desk.session.playing


def test_panels_that_were_moved_by_hand_are_there_again(desk: Desk) -> None:
    desk.show()
    window = desk.window
    window.show_layout("Data")
    dock = next(dock for dock in window.desk.docks.values() if not dock.isHidden())
    dock.close()
    desk.settle()
    assert window.desk.touched
    look = window.texts.setups.look()
    assert look.places
    window.show_layout("Compare")
    window.texts.setups.wear(look)
    assert dock.isHidden()
    assert window.desk.touched


def test_a_panel_that_was_as_usual_is_so_again(desk: Desk) -> None:
    desk.show()
    attention = next(panel for panel in desk.window.panels if panel.title == "Attention")
    name, value = next((name, value) for name, value in attention.options if isinstance(value, bool))
    look = desk.window.texts.setups.look()
    attention.choose(**{name: not value})
    desk.window.texts.setups.wear(Look())
    assert getattr(attention.options, name) != value
    desk.window.texts.setups.wear(look)
    assert getattr(attention.options, name) == value


def test_where_its_run_was_stopped_is_said_beside_how_far_it_goes(tmp_path: Path) -> None:
    setup = Setup(settings=CHOSEN, stop_at=12)
    assert summary(setup, tmp_path).endswith(f"{CHOSEN.horizon:,} steps. It waits at step 12.")


def test_options_of_another_version_leave_a_panel_as_usual(desk: Desk) -> None:
    desk.show()
    panel = next(panel for panel in desk.window.panels if panel.Options.model_fields)
    name = next(iter(panel.Options.model_fields))
    before = panel.options
    desk.window.texts.setups.wear(Look(layout="Nowhere", places="%%%", panels={panel.title: {name: ["odd"]}}))
    assert panel.options == before
    assert panel.title in desk.window.head.notice.message.whole


def test_places_that_are_none_leave_the_layout_as_it_is_meant(desk: Desk) -> None:
    desk.show()
    desk.window.texts.setups.wear(Look(layout="Data", places="bm90IGEgcGxhY2U="))
    assert desk.window.layout_name == "Data"
    assert not desk.window.desk.touched


def test_a_text_that_is_lacking_is_chosen_anew(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    gone, here = tmp_path / "gone.txt", tmp_path / "here.txt"
    gone.write_text("the cat sat on the mat\n" * 100)
    here.write_text("a dog ran to the mill\n" * 100)
    path = on_disk(tmp_path / "elsewhere", Settings(corpus=(str(gone),)))
    gone.unlink()
    asked = opened(desk, path)
    assert "not on this machine" in words(asked)
    assert not asked._yes.isEnabled()
    asked.accept()
    assert asked.isVisible()
    button(asked, "Choose…").click()
    dialog(desk, QFileDialog).fileSelected.emit(str(here))
    read(desk, asked)
    assert "as it is here" in words(asked)
    asked.accept()
    desk.until(lambda: desk.session.settings.corpus == (str(here),))


def test_what_cannot_be_opened_is_said_and_nothing_begins(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    path = tmp_path / f"odd{ENDING}"
    path.write_text("{}")
    asked = opened(desk, path)
    assert "is no set-up of Terrarium" in asked.note.text()
    assert not asked._yes.isEnabled()


def test_words_of_strangers_are_shown_as_they_are(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    path = tmp_path / f"odd{ENDING}"
    facts = json.loads(written(Setup(settings=CHOSEN, name="<b>\u202efox")))
    path.write_text(json.dumps({**facts, "version": 9, "<i>": 1}))
    asked = opened(desk, path)
    shown = " ".join(words(asked))
    assert "<b>U+202Efox" in shown
    assert "<i>" in shown
    assert "\u202e" not in shown


def a_model(folder: Path, **config: Any) -> Path:
    """As far as the window looks into it: no weights are loaded to say what it is."""
    import numpy as np
    from safetensors.numpy import save_file

    folder.mkdir()
    known = {"model_type": "gpt2", "n_layer": 2, "n_head": 2, "n_embd": 16, "n_positions": 32, "vocab_size": 3}
    (folder / "config.json").write_text(json.dumps({**known, **config}))
    tokenizer = {"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "c": 2}, "merges": []}, "added_tokens": []}
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    save_file({"transformer.wte.weight": np.zeros((3, 16), np.float32)}, folder / "model.safetensors")
    return folder


def test_a_published_model_says_what_it_is_and_begins_when_it_is_wished(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    desk.window.texts.open([str(a_model(tmp_path / "small <b>"))])
    asked = dialog(desk, OpenModelDialog)
    read(desk, asked)
    shown = " ".join(words(asked))
    assert "small <b>, of the family of GPT-2." in shown
    assert "2 layers of width 16, 4 tokens, context 32" in shown
    assert "It learns on from Stories." in shown
    assert desk.session.settings.begin_with == ""
    asked.accept()
    desk.until(lambda: desk.session.settings.begin_with == str(tmp_path / "small <b>"))
    assert not desk.session.playing


def test_a_model_that_cannot_be_opened_is_said(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    desk.window.texts.open([str(a_model(tmp_path / "odd", activation_function="relu"))])
    asked = dialog(desk, OpenModelDialog)
    read(desk, asked)
    assert "activation_function" in asked.note.text()
    asked.accept()
    assert asked.isVisible()


def test_a_run_of_a_set_up_pauses_where_that_one_was_stopped_and_can_be_played_on(desk: Desk, tmp_path: Path) -> None:
    desk.ready()
    asked = opened(desk, on_disk(tmp_path, stop_at=7))
    asked.accept()
    desk.until(lambda: desk.window.steering.status().state == "ready")
    desk.session.play()
    desk.until(lambda: desk.session.recording.count(Paused) > 0)
    assert desk.session.recording.latest(Paused).step == desk.session.recording.last_step == 7
    desk.session.play()
    desk.until(lambda: desk.session.recording.last_step > 8)
