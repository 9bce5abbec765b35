"""A report from the window: which steps, where, and that it can be opened and called off."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from shiboken6 import isValid

from engine.aside import file_aside
from engine.events import SentencePredicted
from engine.trouble import Trouble
from gui.export.report import html as report_html
from gui.export.report.contents import Report
from gui.frame.export import dialogs as export_dialogs
from gui.frame.export.dialogs import ExportDialogs
from gui.frame.report_dialog import ReportDialog, steps_in
from tests.fakes import events
from tests.gui.conftest import Desk

made: list[Report] = []


def written(report: Report, path: Path, overwrite: bool = False) -> Generator[float, None, Path]:
    """Nothing is really drawn here."""
    made.append(report)
    with file_aside(path, overwrite) as aside:
        yield 0.5
        aside.write_text(report.name)
    return path


@pytest.fixture
def trained(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(report_html, "write_html", written)
    made.clear()
    desk.show()
    for event in events(100):
        desk.session.recording.add(event)
    desk.session.playhead.follow(desk.session.recording)
    desk.window.memory.keep_word(export_dialogs.FOLDER, str(tmp_path))
    return desk


@pytest.fixture
def dialog(trained: Desk) -> Iterator[ReportDialog]:
    exports = ExportDialogs(trained.window)
    exports.ask_for_report()
    (asked,) = trained.window.findChildren(ReportDialog)
    yield asked
    if isValid(asked):
        asked.reject()


def write(desk: Desk, dialog: ReportDialog) -> None:
    dialog.accept()
    desk.qtbot.waitUntil(lambda: not dialog.busy)


def test_it_is_written_and_then_can_be_opened(
    trained: Desk, dialog: ReportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    write(trained, dialog)
    (path,) = tmp_path.glob("*-report.html")
    assert dialog._yes.text() == "Open"
    assert str(path) in dialog.note.text()
    assert opened == []  # only when a person asks for it
    dialog.accept()
    assert opened == [str(path)]
    assert dialog.isHidden()


def test_the_steps_are_those_that_were_asked_for(trained: Desk, dialog: ReportDialog) -> None:
    dialog.steps.setText("0, 19")
    assert dialog.note.text().endswith("at steps 0, 20.")
    write(trained, dialog)
    assert made[-1].steps == (0, 20)


def test_without_steps_they_are_chosen_fewer_for_print(dialog: ReportDialog) -> None:
    told = dialog.note.text()
    assert "at steps 0, 10, 20, 30, 40, 50 and 5 more." in told
    dialog.formats.choose("pdf")
    dialog.formats.chosen.emit("pdf")
    assert dialog.file.path().suffix == ".pdf"
    assert dialog.note.text() != told


def test_where_several_sentences_were_asked_one_is_chosen(trained: Desk) -> None:
    recording = trained.session.recording
    look = recording.latest(SentencePredicted)
    assert look is not None
    recording.add(replace(look, step=110, tokens_T=look.tokens_T[:3].copy()))
    exports = ExportDialogs(trained.window)
    exports.ask_for_report()
    (dialog,) = trained.window.findChildren(ReportDialog)
    assert dialog.sentence.count() == 2
    assert not dialog.sentence.isHidden()
    assert "110" not in dialog.note.text()  # the one that was looked at most
    dialog.sentence.setCurrentIndex(1)
    assert dialog.note.text().endswith("at step 110.")
    write(trained, dialog)
    assert made[-1].steps == (110,)
    assert "one of 2 sentences" in next(one.words for one in made[-1].sections if one.title == "Attention")
    dialog.reject()


def test_where_one_sentence_was_asked_nothing_is_to_be_chosen(dialog: ReportDialog) -> None:
    assert dialog.sentence.count() == 1
    assert dialog.sentence.isHidden()


def test_what_is_no_step_is_said(dialog: ReportDialog) -> None:
    dialog.steps.setText("10, soon")
    assert dialog.note.text() == "“soon” is no step. Write steps such as 0, 100, 1000."
    assert not dialog._yes.isEnabled()
    dialog.accept()
    assert not made


def test_changing_something_offers_to_write_again(trained: Desk, dialog: ReportDialog) -> None:
    write(trained, dialog)
    dialog.steps.setText("0")
    assert dialog._yes.text() == "Replace"
    assert "will be replaced" in dialog.note.text()
    write(trained, dialog)
    assert len(made) == 2


def test_what_cannot_be_written_is_said(trained: Desk, dialog: ReportDialog, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    dialog.file.field.setText(str(tmp_path / "file" / "a.html"))
    write(trained, dialog)
    assert "cannot be written" in dialog.note.text()
    assert dialog._yes.isEnabled()
    assert dialog.file.isEnabled()


def test_cancelling_leaves_nothing(trained: Desk, dialog: ReportDialog, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    dialog.accept()
    work = dialog._work
    assert work
    dialog.reject()
    trained.qtbot.waitUntil(lambda: work.over)
    assert not [path for path in set(tmp_path.iterdir()) - before if path.suffix != ".html"]


def test_numbers_are_read_and_nothing_else() -> None:
    assert steps_in(" 0, 100;1000 7 ") == (0, 100, 1000, 7)
    assert steps_in("") == ()
    for text in ("-1", "1.5", "²", "9" * 30, "<b>"):
        with pytest.raises(Trouble, match="is no step"):
            steps_in(text)
