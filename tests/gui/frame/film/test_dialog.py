"""Filming from the window: what is shown, what is written, that it can be called off, and that all is as it was."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from gui.export.film.choices import Film
from gui.export.film.frames import picture
from gui.export.sheet import Sheet
from gui.frame.export import dialogs as export_dialogs
from gui.frame.export.dialogs import ExportDialogs
from gui.frame.film import stage as film_stage
from gui.frame.film.dialog import FilmDialog
from gui.panels.loss import LossPanel
from tests.fakes import events
from tests.gui.conftest import Desk

STEPS = 6


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is really drawn here: the step is the shade."""
    monkeypatch.setattr(film_stage, "picture", shaded)
    monkeypatch.setattr(film_stage.WindowStage, "settles", 0.0)


def shaded(sheet: Sheet, film: Film) -> np.ndarray:
    step = int(sheet.aside.removeprefix("step ").replace(",", ""))
    return np.full((film.size[1], film.size[0], 3), 40 * step, np.uint8)


@pytest.fixture
def trained(desk: Desk, tmp_path: Path) -> Desk:
    desk.show()
    for event in events(STEPS):
        desk.session.recording.add(event)
    desk.session.playhead.follow(desk.session.recording)
    desk.window.take_in()
    film = Film(format="gif", width=160)
    desk.window.memory.keep_word(export_dialogs.FILM, film.model_dump_json())
    desk.window.memory.keep_word(export_dialogs.FOLDER, str(tmp_path))
    return desk


@pytest.fixture
def dialog(trained: Desk) -> Iterator[FilmDialog]:
    exports = ExportDialogs(trained.window)
    exports.ask_for_film()
    (made,) = trained.window.findChildren(FilmDialog)
    trained.qtbot.waitUntil(lambda: not made.parts.picture.empty)
    yield made
    if isValid(made):
        made.reject()


def make(desk: Desk, dialog: FilmDialog) -> Path:
    path = dialog.parts.file.path()
    with desk.qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.accept()
    return path


def shades(path: Path) -> list[int]:
    with Image.open(path) as image:
        found = []
        for place in range(getattr(image, "n_frames", 1)):
            image.seek(place)
            found.append(image.convert("RGB").getpixel((0, 0))[0])
        return found


def test_without_a_recording_it_is_said_what_to_do(desk: Desk) -> None:
    said: list[tuple[str, str]] = []
    desk.window.steering.troubled.connect(lambda *words: said.append(words))
    exports = ExportDialogs(desk.window)
    exports.ask_for_film()
    exports.ask_for_report()
    exports.ask_for_model()
    assert [message for message, _ in said] == [*["Nothing was recorded yet."] * 2, export_dialogs.NO_MODEL[0]]
    assert not desk.window.findChildren(FilmDialog)


def test_every_step_of_a_short_run_becomes_a_picture(trained: Desk, dialog: FilmDialog, tmp_path: Path) -> None:
    told: list[Path] = []
    dialog.told.connect(told.append)
    path = make(trained, dialog)
    assert told == [path]
    assert path.parent == tmp_path
    assert path.name.endswith("-loss.gif")
    assert shades(path) == [40 * step for step in range(STEPS + 1)]
    assert [one for one in tmp_path.iterdir() if "aside" in one.name] == []


def test_the_slider_goes_through_the_pictures(trained: Desk, dialog: FilmDialog) -> None:
    slider = dialog.parts.slider
    assert (slider.maximum(), slider.value()) == (STEPS, STEPS)
    shown: list[int] = []
    show = dialog.parts.picture.show_pixels
    dialog.parts.picture.show_pixels = lambda picture_YX3: (shown.append(int(picture_YX3[0, 0, 0])), show(picture_YX3))  # type: ignore[method-assign]
    slider.setValue(2)
    assert dialog.parts.step.text() == "Step 2"
    assert dialog.parts.place.text() == "picture 3 of 7"
    trained.qtbot.waitUntil(lambda: 80 in shown)


def test_what_is_chosen_changes_the_film_and_is_remembered(trained: Desk, dialog: FilmDialog) -> None:
    dialog.parts.form.edited.emit({"first": 2, "last": 5, "rate": 4, "hold": 0.0})
    assert dialog.parts.slider.maximum() == 3
    assert dialog.parts.note.text().startswith("4 pictures, 1.0 s long.")
    dialog.parts.form.edited.emit({"format": "webm"})
    assert dialog.parts.file.path().suffix == ".webm"
    dialog.reject()
    kept = ExportDialogs(trained.window)._film()
    assert (kept.rate, kept.format, kept.first, kept.last) == (4, "webm", 0, 0)  # steps belong to a run


def test_a_number_that_cannot_be_is_refused_in_words(dialog: FilmDialog) -> None:
    number = dialog.parts.form.measures["rate"].number
    number.setText("1000")
    number.setModified(True)
    number.editingFinished.emit()
    assert dialog.parts.note.text() == "Pictures goes from 1 to 30 /s."


def test_closing_calls_off_and_leaves_no_file(
    trained: Desk, dialog: FilmDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = Event()

    def draw(sheet: Sheet, film: Film) -> np.ndarray:
        drawn.set()
        return shaded(sheet, film)

    monkeypatch.setattr(film_stage, "picture", draw)
    dialog.accept()
    trained.qtbot.waitUntil(drawn.is_set)
    work = dialog.line._work
    assert work
    dialog.reject()
    trained.qtbot.waitUntil(lambda: work.over)
    assert not [path for path in tmp_path.iterdir() if "loss" in path.name]


def test_nothing_can_be_changed_while_it_is_made(trained: Desk, dialog: FilmDialog) -> None:
    dialog.accept()
    dialog._show_progress()
    assert not dialog.parts.form.isEnabled()
    assert not dialog._yes.isEnabled()
    assert dialog.parts.note.text().startswith("Picture ")


def test_a_file_that_is_there_is_replaced_only_by_that_word(trained: Desk, dialog: FilmDialog) -> None:
    path = dialog.parts.file.path()
    path.write_text("mine")
    dialog.parts.file.edited.emit()
    assert dialog._yes.text() == "Replace"
    assert "will be replaced" in dialog.parts.note.text()
    assert path.read_text() == "mine"
    make(trained, dialog)
    assert path.read_bytes().startswith(b"GIF")


def test_what_cannot_be_written_is_said_and_it_stays_open(trained: Desk, dialog: FilmDialog, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    dialog.parts.file.field.setText(str(tmp_path / "file" / "a.gif"))
    dialog.accept()
    trained.qtbot.waitUntil(lambda: "cannot be written" in dialog.parts.note.text())
    assert dialog.isVisible()
    assert dialog._yes.isEnabled()
    assert dialog.parts.form.isEnabled()


def test_a_step_that_cannot_be_drawn_is_said(
    trained: Desk, dialog: FilmDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: LossPanel, recording: object, step: int) -> Sheet:
        raise ValueError(f"no {step}")

    monkeypatch.setattr(LossPanel, "on_paper", fail)
    dialog.accept()
    trained.qtbot.waitUntil(lambda: "cannot be drawn: no 0" in dialog.parts.note.text())
    assert not dialog.parts.file.path().exists()


def test_without_the_encoders_it_is_said_how_to_get_them(dialog: FilmDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.export.film.writing.find_spec", lambda name: None)
    dialog.parts.form.edited.emit({"format": "mp4"})
    assert "lm-terrarium[film]" in dialog.parts.note.text()
    assert not dialog._yes.isEnabled()
    dialog.parts.form.edited.emit({"format": "gif"})
    assert dialog._yes.isEnabled()


def choose_window(desk: Desk, dialog: FilmDialog) -> None:
    dialog.parts.what.setCurrentIndex(dialog.parts.what.count() - 1)
    assert dialog.shot.panel == ""


@pytest.mark.parametrize("follows", [True, False])
def test_the_window_is_shown_at_each_step_and_put_back(
    trained: Desk, dialog: FilmDialog, follows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    playhead = trained.session.playhead
    if not follows:
        playhead.seek(4, trained.session.recording)
    seen: list[int] = []
    grabbed = film_stage.grabbed

    def grab(window: QWidget, film: Film) -> np.ndarray:
        seen.append(playhead.step)
        assert window is trained.window
        return grabbed(trained.window, film)

    monkeypatch.setattr(film_stage, "grabbed", grab)
    choose_window(trained, dialog)
    trained.qtbot.waitUntil(lambda: bool(seen))
    assert not dialog.parts.form.looks.isVisible()
    seen.clear()
    path = make(trained, dialog)
    assert path.name.endswith("-whole-window.gif")
    assert seen == list(range(STEPS + 1))
    assert (playhead.following, playhead.step) == (follows, STEPS if follows else 4)
    with Image.open(path) as image:
        window = trained.window
        assert image.size == (160, round(160 * window.height() / window.width() / 2) * 2)


def test_the_playhead_is_put_back_when_it_is_called_off_or_another_is_chosen(trained: Desk, dialog: FilmDialog) -> None:
    playhead = trained.session.playhead
    choose_window(trained, dialog)
    dialog.parts.slider.setValue(1)
    assert playhead.step == 1
    dialog.parts.what.setCurrentIndex(0)
    assert playhead.following
    choose_window(trained, dialog)
    dialog.parts.slider.setValue(1)
    dialog.accept()
    dialog.reject()
    assert playhead.following
    assert playhead.step == STEPS


def test_the_first_is_the_panel_with_the_focus_and_only_those_on_show_can_be_chosen(
    trained: Desk, dialog: FilmDialog
) -> None:
    titles = [dialog.parts.what.itemText(place) for place in range(dialog.parts.what.count())]
    assert titles[0] == "Loss"
    assert titles[-1] == "Whole window"
    shown = {panel.title for panel in trained.window.panels if panel.isVisible()}
    assert set(titles[:-1]) == shown


def test_closing_the_window_closes_it_and_ends_the_film(trained: Desk, dialog: FilmDialog) -> None:
    dialog.accept()
    trained.window.close()
    assert dialog.isHidden()


def test_a_real_picture_of_a_panel_is_drawn(trained: Desk) -> None:
    panel = next(panel for panel in trained.window.panels if isinstance(panel, LossPanel))
    stage = film_stage.PanelStage(trained.session, panel)
    film = Film(width=320)
    sheet = stage.take(3, film)
    assert sheet.aside == "step 3"
    picture_YX3 = picture(sheet, film)
    assert picture_YX3.shape == (180, 320, 3)
    assert picture_YX3.std() > 1
