"""Importing and exporting logs by hand: what is asked, what is said while it goes on, and what comes out."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.folders import runs_folder
from engine.logs import importing
from engine.runfile import FILE_NAME, RunFile
from gui.frame import log_dialogs
from gui.frame.export_log_dialog import ExportLogDialog
from gui.frame.import_log_dialog import ImportLogDialog
from gui.frame.log_dialogs import LogDialogs
from gui.theme import LIGHT
from gui.widgets.labels import PlainLabel
from tests.fakes import events
from tests.gui.conftest import Desk


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[PlainLabel]:
    made = PlainLabel("")
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def dialog(parent: PlainLabel) -> ImportLogDialog:
    made = ImportLogDialog(parent, LIGHT)
    made.show()
    return made


@pytest.fixture
def run(tmp_path: Path) -> Path:
    file = RunFile(tmp_path / "fox")
    for event in events(5):
        file.add(event)
    file.close()
    return tmp_path / "fox"


@pytest.fixture
def log(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "quiet.csv"
        path.write_text(text)
        return path

    return write


def choose(qtbot: QtBot, dialog: ImportLogDialog, path: Path) -> None:
    dialog._chosen(str(path))
    qtbot.waitUntil(lambda: not dialog.busy)


def test_nothing_can_be_imported_before_a_log_is_read(dialog: ImportLogDialog) -> None:
    assert not dialog._yes.isEnabled()
    assert "TensorBoard" in dialog.note.text()
    dialog.accept()
    assert dialog.isVisible()


def test_a_log_with_a_usual_name_needs_one_click(
    qtbot: QtBot, dialog: ImportLogDialog, log: Callable[[str], Path]
) -> None:
    choose(qtbot, dialog, log("step,train_loss,f1\n1,3,1\n2,2,1\n"))
    assert (dialog.loss.currentText(), dialog.name.text()) == ("train_loss", "quiet")
    assert dialog.note.text() == "2 series, 4 numbers."
    with qtbot.waitSignal(dialog.imported) as imported:
        dialog._yes.click()
    assert imported.args == [runs_folder() / "quiet"]
    assert (runs_folder() / "quiet" / FILE_NAME).is_file()
    assert not dialog.isVisible()


def test_a_loss_that_cannot_be_told_is_asked_for(
    qtbot: QtBot, dialog: ImportLogDialog, log: Callable[[str], Path]
) -> None:
    choose(qtbot, dialog, log("step,f1,my loss,b\n1,3,1,1\n"))
    assert [dialog.loss.itemText(place) for place in range(3)] == ["my loss", "b", "f1"]
    assert dialog.loss.currentIndex() == -1
    assert "Which of them is the training loss?" in dialog.note.text()
    assert not dialog._yes.isEnabled()
    dialog.loss.setCurrentIndex(0)
    assert dialog._yes.isEnabled()


def test_the_name_may_be_changed(qtbot: QtBot, dialog: ImportLogDialog, log: Callable[[str], Path]) -> None:
    choose(qtbot, dialog, log("step,loss\n1,3\n"))
    dialog.name.setText(" Red fox ")
    with qtbot.waitSignal(dialog.imported) as imported:
        dialog._yes.click()
    assert imported.args == [runs_folder() / "Red-fox"]


def test_what_cannot_be_read_is_said_and_can_be_tried_again(
    qtbot: QtBot, dialog: ImportLogDialog, log: Callable[[str], Path]
) -> None:
    path = log("step,loss\n1,3\n")
    choose(qtbot, dialog, path)
    other = path.with_name("other.csv")
    choose(qtbot, dialog, other)
    assert "no file" in dialog.note.text()
    assert not dialog._yes.isEnabled()
    assert dialog.loss.count() == 0
    path.rename(other)
    dialog.read()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog._yes.isEnabled()


def test_names_of_a_stranger_are_harmless(qtbot: QtBot, dialog: ImportLogDialog, log: Callable[[str], Path]) -> None:
    choose(qtbot, dialog, log('step,"<b>a\nb</b>\u202e"\n1,3\n'))
    assert dialog.loss.currentText() == "<b>a↵b</b>U+202E"
    assert dialog.loss.currentData() == "<b>a\nb</b>\u202e"


def test_cancelling_calls_off_and_leaves_no_run(
    qtbot: QtBot, dialog: ImportLogDialog, log: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(qtbot, dialog, log("step,loss\n" + "1,3\n" * 100))
    monkeypatch.setattr(importing, "OFTEN", 1)
    dialog._yes.click()
    work = dialog._work
    assert work
    dialog.reject()
    qtbot.waitUntil(lambda: work.over)
    assert not runs_folder().exists() or not [path for path in runs_folder().iterdir() if path.name.startswith(".")]


def test_export_follows_the_format(parent: PlainLabel, run: Path) -> None:
    dialog = ExportLogDialog(parent, LIGHT, run)
    assert dialog.path.text() == str(Path.home() / "fox.csv")
    dialog.path.setText(str(run.parent / "my.log.csv"))
    dialog.formats.choose("tfevents")
    dialog.formats.chosen.emit("tfevents")
    assert dialog.path.text() == str(run.parent / "my.log.tfevents")
    assert "TensorBoard" in dialog.use.text()
    dialog.path.setText("")
    assert not dialog._yes.isEnabled()


def test_export_writes_and_closes(qtbot: QtBot, parent: PlainLabel, run: Path) -> None:
    dialog = ExportLogDialog(parent, LIGHT, run)
    dialog.show()
    dialog.path.setText(str(run.parent / "out.csv"))
    with qtbot.waitSignal(dialog.accepted):
        dialog._yes.click()
    assert (run.parent / "out.csv").read_text().startswith("step,time,loss,")


def test_a_file_that_is_there_is_replaced_only_by_that_word(qtbot: QtBot, parent: PlainLabel, run: Path) -> None:
    dialog = ExportLogDialog(parent, LIGHT, run)
    path = run.parent / "out.csv"
    path.write_text("mine")
    dialog.path.setText(str(path))
    assert dialog._yes.text() == "Replace"
    assert "will be replaced" in dialog.note.text()
    dialog.reject()
    assert path.read_text() == "mine"


def test_what_cannot_be_written_is_said_and_the_dialog_stays(qtbot: QtBot, parent: PlainLabel, run: Path) -> None:
    dialog = ExportLogDialog(parent, LIGHT, run)
    dialog.show()
    dialog.path.setText(str(run / FILE_NAME / "out.csv"))
    dialog._yes.click()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert "cannot be written" in dialog.note.text()
    assert dialog.isVisible()
    assert dialog._yes.isEnabled()
    dialog.reject()


def test_a_run_that_is_not_on_disk_cannot_be_exported(desk: Desk) -> None:
    said: list[str] = []
    desk.window.steering.troubled.connect(lambda message, advice: said.append(message))
    LogDialogs(desk.window, lambda folder: None).ask_where()
    assert said == ["Nothing was recorded yet."]
    assert not desk.window.findChildren(ExportLogDialog)


def test_both_open_over_the_window(desk: Desk, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.show()
    imported: list[Path] = []
    dialogs = log_dialogs.LogDialogs(desk.window, imported.append)
    dialogs.ask_for_log()
    (asked,) = desk.window.findChildren(ImportLogDialog)
    asked.imported.emit(run)
    assert imported == [run]
    asked.reject()
    desk.session.main.folder = run
    dialogs.ask_where()
    (asked_where,) = desk.window.findChildren(ExportLogDialog)
    assert asked_where.isVisible()
    asked_where.reject()
