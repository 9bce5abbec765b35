"""A model from the window: which step, what cannot be and why, and what was compared."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from shiboken6 import isValid

from engine.export import exporting
from engine.trouble import Trouble
from gui.bundled import all_bundled
from gui.frame.export import dialogs as export_dialogs
from gui.frame.export.dialogs import ExportDialogs
from gui.frame.model_dialog import ModelDialog, step_words
from tests.engine.export.trained import saved, trained
from tests.fakes import events, recording
from tests.gui.conftest import Desk


def ask(desk: Desk, run: Path) -> ModelDialog:
    desk.show()
    for event in events(8):
        desk.session.recording.add(event)
    desk.session.main.folder = run
    desk.window.memory.keep_word(export_dialogs.FOLDER, str(run.parent))
    exports = ExportDialogs(desk.window)
    exports.ask_for_model()
    (made,) = desk.window.findChildren(ModelDialog)
    desk.qtbot.waitUntil(lambda: not made.busy, timeout=30_000)
    return made


@pytest.fixture
def dialog(desk: Desk, tmp_path: Path) -> Iterator[ModelDialog]:
    run = saved(tmp_path / "quiet-fox", trained())
    saved(run, trained()._replace(step=3), 3)
    made = ask(desk, run)
    yield made
    if isValid(made):
        made.reject()
    desk.session.main.folder = None


def choose(desk: Desk, dialog: ModelDialog, form: str) -> None:
    dialog.formats.choose(form)
    dialog.formats.chosen.emit(form)
    desk.qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)


def test_the_newest_step_comes_first_with_its_loss(dialog: ModelDialog) -> None:
    words = [dialog.steps.itemText(place) for place in range(dialog.steps.count())]
    assert [word.split(",")[0] for word in words] == ["Step 7", "Step 3"]
    assert "loss" in words[0]
    assert step_words(1_000_000, recording(3)) == "Step 1,000,000"


def test_it_is_written_checked_and_said(
    desk: Desk, dialog: ModelDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog.steps.setCurrentIndex(1)
    desk.qtbot.waitUntil(lambda: not dialog.busy)
    dialog.accept()
    desk.qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert (tmp_path / "quiet-fox-3" / "model.safetensors").is_file()
    assert "read back" in dialog.note.text()
    assert dialog._yes.text() == "Open folder"
    dialog.accept()
    assert opened == [str(tmp_path / "quiet-fox-3")]


def test_a_file_is_opened_in_its_folder(desk: Desk, dialog: ModelDialog, tmp_path: Path) -> None:
    assert dialog.opened(tmp_path / "a.gguf") == tmp_path


def test_the_name_follows_step_and_format(desk: Desk, dialog: ModelDialog, tmp_path: Path) -> None:
    assert dialog.file.path() == tmp_path / "quiet-fox-7"
    choose(desk, dialog, "onnx")
    assert dialog.file.path() == tmp_path / "quiet-fox-7.onnx"
    assert "onnxruntime" in dialog.use.text()


def test_what_is_missing_is_said_before_anything_is_written(
    desk: Desk, dialog: ModelDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lent(name: str) -> None:
        raise Trouble(f"This needs the package {name}, which is not installed.", 'pip install "lm-terrarium[models]".')

    monkeypatch.setattr(exporting, "lent", lent)
    choose(desk, dialog, "gguf")
    assert "lm-terrarium[models]" in dialog.note.text()
    assert not dialog._yes.isEnabled()
    choose(desk, dialog, "huggingface")
    assert dialog._yes.isEnabled()


def test_a_model_that_nobody_else_could_compute_is_refused_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    made = ask(desk, saved(tmp_path / "run", trained(objective="masked")))
    assert "looks both ways" in made.note.text()
    assert not made._yes.isEnabled()
    made.reject()
    desk.session.main.folder = None


def test_a_folder_with_more_in_it_is_never_replaced(desk: Desk, dialog: ModelDialog, tmp_path: Path) -> None:
    (tmp_path / "quiet-fox-7").mkdir()
    (tmp_path / "quiet-fox-7" / "thesis.txt").write_text("dear to somebody")
    dialog.look_there()
    assert dialog._yes.text() == "Replace"
    dialog.accept()
    desk.qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert "holds more than a model" in dialog.note.text()
    assert (tmp_path / "quiet-fox-7" / "thesis.txt").exists()
    assert dialog._yes.isEnabled()


def test_the_bundled_run_has_no_model(desk: Desk) -> None:
    said: list[str] = []
    desk.window.steering.troubled.connect(lambda message, advice: said.append(message))
    desk.session.main.folder = all_bundled()[0]
    ExportDialogs(desk.window).ask_for_model()
    desk.session.main.folder = None
    assert said == [export_dialogs.BUNDLED[0]]
