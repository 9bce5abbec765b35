"""The window as a whole: keys, themes, texts, trouble, and how it ends."""

import threading
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QStatusTipEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMenu,
    QWidget,
)

from engine.commands import Probe
from engine.events import SentencePredicted, Turned, Warned
from engine.run import Run
from engine.settings import Settings
from engine.trouble import Trouble
from gui.app import tell_errors
from gui.memory import Memory, remembered_settings
from gui.panels import PANELS
from gui.theme import THEMES
from tests.gui.conftest import Desk


def test_every_control_has_a_name_and_says_what_it_does(desk: Desk) -> None:
    desk.show()
    controls = desk.window.findChildren(QAbstractButton) + desk.window.findChildren(QAbstractSlider)
    ours = [control for control in controls if control.isVisible() and control.focusPolicy() != Qt.FocusPolicy.NoFocus]
    named = [control for control in ours if control.accessibleName() or getattr(control, "text", str)()]
    assert len(ours) > 15
    assert named == ours


def test_every_action_can_be_reached_from_the_menus(desk: Desk) -> None:
    listed: set[QAction] = set()
    for menu in desk.window.head.menu_row.menus.findChildren(QMenu):
        listed |= {action for inner in (menu, *menu.findChildren(QMenu)) for action in inner.actions()}
    assert set(desk.window.actions()) <= listed


def test_no_key_means_two_things(desk: Desk) -> None:
    keys = [action.shortcut().toString() for action in desk.window.actions() if not action.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))
    assert {"Space", "Right", "Ctrl+R", "Ctrl+Return", "Ctrl+O", "Ctrl+Q", "Ctrl+1", "Ctrl+2", "Ctrl+T", "F11"} <= set(
        keys
    )


def test_keys_belong_to_the_control_that_has_the_focus(desk: Desk) -> None:
    desk.ready()
    desk.window.activateWindow()
    slider = desk.window.experiment.forms[0].rows["clip"].fields[1]
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    button = desk.window.experiment.folded.button
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.isChecked()
    desk.until(lambda: desk.session.recording.count(Turned) == 1)
    assert desk.session.recording.last_step == 0
    assert not desk.session.playing


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_dresses_every_part(desk: Desk, name: str) -> None:
    desk.show()
    desk.window.show_theme(name)
    theme = THEMES[name]
    assert theme.accent in desk.window.styleSheet()
    assert desk.window.palette().window().color().name() == theme.window.lower()
    assert [panel.theme for panel in desk.window.panels] == [theme] * len(PANELS)
    assert desk.window.head.transport.headline.font().pixelSize() == theme.pixels("state")
    picture = desk.window.grab().toImage()
    assert picture.pixelColor(4, picture.height() - 40).name() == theme.window.lower()


def test_one_key_goes_through_the_themes(desk: Desk) -> None:
    desk.show()
    names = []
    for _ in range(4):
        QTest.keyClick(desk.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        names.append(desk.window.theme_name)
    assert names == ["dark", "projector", "system", "light"]


def test_a_text_is_opened_and_remembered(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "<b>&.txt"
    path.write_text("once upon a time")
    desk.show()
    desk.window.texts.open_text(str(path))
    assert desk.session.settings.corpus == (str(path),)
    assert desk.window.memory.recents() == [str(path)]
    desk.window.texts.show_recents()
    assert "<b>&&.txt" in [action.text() for menu in desk.window.findChildren(QMenu) for action in menu.actions()]


def test_a_text_is_dropped_on_the_window(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("once upon a time")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at, action, buttons = QPointF(10, 10), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(10, 10), action, data, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(desk.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(desk.window, QDropEvent(at, action, data, buttons, Qt.KeyboardModifier.NoModifier))
    assert desk.session.settings.corpus == (str(path),)


def test_several_dropped_texts_are_mixed_in_from_the_next_run_on(desk: Desk, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.txt", "b.csv")]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, action, buttons = QPointF(10, 10), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    desk.show()
    enter = QDragEnterEvent(QPoint(10, 10), action, data, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(desk.window, enter)
    QApplication.sendEvent(desk.window, QDropEvent(at, action, data, buttons, Qt.KeyboardModifier.NoModifier))
    assert desk.session.settings.corpus == ("stories",)
    assert desk.window.steering.mixture().next_corpus == ("stories", *map(str, paths))
    assert "2 texts" in desk.window.status_line.sentence.whole


def test_hostile_names_stand_as_text_in_every_label_and_tip(desk: Desk, tmp_path: Path) -> None:
    name = "<img src=x>.txt"
    (tmp_path / name).write_text("once upon a time")
    desk.show()
    desk.window.texts.open_text(str(tmp_path / name))
    desk.session.cancel()
    desk.window.take_in()
    assert name in desk.window.head.transport.detail.whole
    for label in desk.window.findChildren(QLabel):
        assert name not in label.text() or label.textFormat() == Qt.TextFormat.PlainText
    for widget in desk.window.findChildren(QWidget):
        assert name not in widget.toolTip()
    assert any(escape(name) in widget.toolTip() for widget in desk.window.findChildren(QWidget))


def test_what_is_under_the_pointer_is_explained(desk: Desk) -> None:
    desk.show()
    QApplication.sendEvent(desk.window, QStatusTipEvent("What this is"))
    assert desk.window.status_line.sentence.whole == "What this is"
    desk.window.panels[0].explained.emit("A point of the curve")
    assert desk.window.status_line.sentence.whole == "A point of the curve"


def test_the_meters_stand_after_the_device(desk: Desk) -> None:
    desk.ready()
    desk.window.meters("10 frames/s")
    assert desk.window.status_line.machine.text() == "CPU, 2 threads  ·  10 frames/s"


def test_a_panel_asks_the_engine_and_the_question_outlives_the_run(desk: Desk) -> None:
    desk.ready()
    looks = desk.session.recording.count(SentencePredicted)
    desk.window.panels[1].asked.emit(Probe("The mill"))
    desk.until(lambda: desk.session.recording.count(SentencePredicted) > looks)
    desk.window.steering.restart()
    assert desk.session.settings.probe == "The mill"


def test_a_warning_is_told_once_and_can_be_dismissed(desk: Desk) -> None:
    desk.ready()
    desk.session.main.warning = Warned(0, 0.0, "Read as cp1252.", "Save it as UTF-8.")
    desk.window.take_in()
    assert desk.window.head.notice.isVisible()
    desk.window.head.notice.dismiss.click()
    desk.window.take_in()
    assert not desk.window.head.notice.isVisible()


def test_a_run_that_cannot_be_made_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(settings: Settings) -> Run:
        raise Trouble("The disk is full.", "Make room.")

    desk.show()
    monkeypatch.setattr(desk.session._crew, "_start", fail)
    desk.window.steering.press()
    assert desk.window.head.notice.message.text() == "The disk is full."


def test_a_long_note_gives_way_and_can_be_read_whole(desk: Desk) -> None:
    desk.show()
    notice, message = desk.window.head.notice, f"The run cannot be recorded in {'/folder' * 60}."
    notice.tell(message, "Free some space.")
    desk.settle()
    assert desk.window.width() == 1600
    assert notice.message.text().endswith("…")
    assert message in notice.toolTip()
    assert message in notice.accessibleName()


def test_the_buttons_of_a_dialog_have_words_alone(desk: Desk) -> None:
    desk.show()
    desk.window.show_about()
    box = desk.window.findChild(QDialogButtonBox)
    assert box is not None
    assert all(button.text() and button.icon().isNull() for button in box.buttons())


def test_an_unforeseen_error_is_told_calmly(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("sys.__excepthook__", lambda *_: None)
    desk.show()
    tell_errors(desk.window.head.notice.tell)
    import sys

    sys.excepthook(ValueError, ValueError("<b>"), None)
    notice = desk.window.head.notice
    assert "ValueError" not in notice.message.text() + notice.advice.whole
    notice.copy.click()
    assert "ValueError" in QApplication.clipboard().text()


@pytest.mark.parametrize("moment", ["before", "loading", "training", "paused"])
def test_closing_ends_every_thread(desk: Desk, moment: str) -> None:
    desk.show()
    if moment != "before":
        desk.session.begin(play=moment == "training")
    if moment == "training":
        desk.until(lambda: desk.session.recording.last_step > 3)
    if moment == "paused":
        desk.until(lambda: desk.window.steering.status().state == "ready")
    desk.window.close()
    assert not desk.window.isVisible()
    assert not [thread for thread in threading.enumerate() if thread.name == "trainer"]


def test_closing_with_a_dialog_open_closes_both(desk: Desk) -> None:
    desk.ready()
    desk.window.texts.ask_for_text()
    desk.window.show_shortcuts()
    desk.window.show_about()
    assert len(desk.window.findChildren(QDialog)) == 3
    desk.window.close()
    assert not any(dialog.isVisible() for dialog in desk.window.findChildren(QDialog))
    assert not desk.session.running


@pytest.mark.parametrize("layout", ["Overview", "Lecture"])
def test_all_shortcuts_are_within_the_window(desk: Desk, layout: str) -> None:
    desk.show()
    desk.window.resize(1280, 800)
    desk.window.show_theme("projector")
    desk.window.show_layout(layout)
    desk.window.show_shortcuts()
    (dialog,) = [one for one in desk.window.findChildren(QDialog) if one.isVisible()]
    assert dialog.height() <= 800
    assert dialog.width() <= 1280


def test_a_chosen_file_in_the_dialog_is_opened(desk: Desk, tmp_path: Path) -> None:
    desk.show()
    desk.window.texts.ask_for_text()
    dialog = desk.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path))
    assert desk.session.settings.corpus == (str(tmp_path),)


def test_nothing_begins_after_the_window_is_closed(desk: Desk) -> None:
    desk.ready()
    desk.window.close()
    desk.window.steering.restart()
    assert not desk.session.running


def test_the_place_of_the_window_is_remembered(open_desk: Callable[[], Desk]) -> None:
    first = open_desk()
    first.show()
    first.window.resize(700 + 333, 666)
    first.window.close()
    second = open_desk()
    Memory.save(second.window.memory)
    assert second.window.memory.state("geometry") != QByteArray()


def test_settings_of_the_last_run_are_offered_again(desk: Desk, tmp_path: Path) -> None:
    desk.window.steering.begin(Settings(layers=6))
    desk.window.close()
    assert Memory(tmp_path / "settings.ini").settings() == (Settings(layers=6), "")


def test_a_text_is_not_spoiled_again_unasked(desk: Desk, tmp_path: Path) -> None:
    desk.window.steering.begin(Settings(layers=6, typos=0.2))
    desk.window.close()
    assert Memory(tmp_path / "settings.ini").settings() == (Settings(layers=6), "")


@pytest.mark.parametrize("kept", ["{", '{"layers": 900}', '{"wings": 2}', "[]", "3", '{"learning_rate": "fast"}'])
def test_a_broken_memory_means_the_usual_settings_and_a_word(tmp_path: Path, kept: str) -> None:
    memory = Memory(tmp_path / "settings.ini")
    memory.keep_word("settings", kept)
    settings, words = memory.settings()
    assert settings == Settings()
    assert words


def test_a_broken_memory_is_told_in_the_window(open_desk: Callable[[], Desk], tmp_path: Path) -> None:
    memory = Memory(tmp_path / "settings.ini")
    memory.keep_word("settings", "{")
    memory.save()
    assert remembered_settings(tmp_path / "settings.ini") == Settings()
    desk = open_desk()
    desk.show()
    assert desk.window.head.notice.isVisible()


def test_a_settings_file_of_garbage_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    path.write_bytes(b"\x00\xff[[=\n%%%" * 50)
    memory = Memory(path)
    assert memory.settings() == (Settings(), "")
    assert memory.recents() == []
    assert memory.state("geometry") == QByteArray()


def test_texts_that_are_gone_are_not_offered(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "settings.ini")
    here = tmp_path / "here.txt"
    here.write_text("x")
    for path in (str(tmp_path / "gone.txt"), str(here)):
        memory.keep_recent(path)
    assert memory.recents() == [str(here)]
