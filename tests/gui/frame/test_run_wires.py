"""In the whole window: the timeline moves every panel, notes are written, runs are opened, compared and branched."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine.bench.scripted import ScriptedTrainer
from engine.commands import Play, Prompt, Turn
from engine.events import Diverged
from engine.folders import runs_folder
from engine.logs.command import worked
from engine.logs.importing import make_run
from engine.run import Run
from engine.runfile import RunFile
from engine.settings import Settings
from gui.bundled import bundled
from gui.frame.note_dialog import NoteDialog
from gui.frame.run_wires import NOT_OURS, speed_of
from gui.lane import Lane
from gui.panels.loss import LossPanel
from gui.panels.overlay import OverlayPanel
from gui.session import Session
from gui.window import Window
from tests.engine.logs.given import log_of
from tests.fakes import events
from tests.gui.conftest import Desk
from tests.gui.test_session import FakeRun


@pytest.fixture
def runs() -> list[Path]:
    """Two recorded runs in the library."""
    made = []
    for name, steps in (("amber-heron", 60), ("night-carp", 40)):
        file = RunFile(runs_folder() / name)
        for event in events(steps):
            file.add(event)
        file.close()
        made.append(runs_folder() / name)
    return made


@pytest.fixture
def looking(desk: Desk, runs: list[Path]) -> Desk:
    desk.show()
    assert desk.window.travel.open_run(str(runs[0]))
    yield desk
    for lane in desk.session.lanes:
        lane.forget()


def refreshed(desk: Desk) -> None:
    desk.session.tick()
    for panel in desk.window.panels:
        panel.refresh(desk.session.recording, desk.session.playhead.step)
    desk.window.glance()
    desk.window.take_in()


def panel(desk: Desk, kind: type) -> object:
    return next(one for one in desk.window.panels if isinstance(one, kind))


def test_the_timeline_moves_the_playhead_and_the_words_follow(looking: Desk) -> None:
    timeline, transport = looking.window.head.timeline, looking.window.head.transport
    timeline.sought.emit(20)
    refreshed(looking)
    assert looking.session.playhead.step == 20
    assert "20" in transport.detail.whole
    assert panel(looking, LossPanel).chart.picture.playhead == 20
    timeline.live_asked.emit()
    refreshed(looking)
    assert looking.session.playhead.step == 60


def test_keys_step_through_what_was_recorded(looking: Desk) -> None:
    looking.window.travel.seek(20)
    refreshed(looking)
    looking.qtbot.keyClick(looking.window, Qt.Key.Key_Left)
    assert looking.session.playhead.step == 19
    refreshed(looking)
    looking.qtbot.keyClick(looking.window, Qt.Key.Key_Right)
    assert looking.session.playhead.step == 20


def test_the_big_button_replays_a_recorded_run_and_stops_again(looking: Desk) -> None:
    looking.window.head.transport.play.click()
    assert looking.session.playhead.playing
    refreshed(looking)
    looking.window.head.transport.play.click()
    assert not looking.session.playhead.playing


def test_a_speed_that_was_chosen_is_remembered(looking: Desk) -> None:
    looking.window.head.timeline.speed.chosen.emit(50.0)
    assert looking.window.travel.speed == 50.0
    again = Window(Session(lambda settings: pytest.fail("no run is wanted"), Settings()), *config_of(looking))
    assert again.travel.speed == 50.0
    again.close()


def config_of(desk: Desk) -> tuple[Path, str]:
    desk.window.memory.save()
    return Path(desk.window.memory._store.fileName()), "light"


def test_a_note_is_written_changed_and_deleted(looking: Desk) -> None:
    def write(text: str) -> NoteDialog:
        dialog = next(one for one in looking.window.findChildren(NoteDialog) if one.isVisible())
        dialog.words.setPlainText(text)
        return dialog

    looking.window.travel.seek(30)
    looking.window.run_wires.ask_note_here()
    write("Here").accept()
    (note,) = looking.session.recording.notes
    assert (note.step, note.text) == (30, "Here")
    looking.settle()
    looking.window.run_wires.open_note(note.key)
    write("There").accept()
    assert [one.text for one in looking.session.recording.notes] == ["There"]
    looking.settle()
    looking.window.run_wires.open_note(note.key)
    write("").delete.click()
    assert looking.session.recording.notes == ()
    looking.window.run_wires.bring_note_back()
    assert [(one.step, one.text) for one in looking.session.recording.notes] == [(30, "There")]
    looking.window.run_wires.bring_note_back()
    assert len(looking.session.recording.notes) == 1


def test_no_words_are_asked_for_that_could_not_be_kept(looking: Desk) -> None:
    looking.window.travel.open_run(str(bundled()))
    looking.window.run_wires.ask_note(30)
    assert not looking.window.findChildren(NoteDialog)
    assert "came with the program" in looking.window.head.notice.message.text()


def test_train_it_yourself_begins_a_run_with_what_was_chosen(looking: Desk) -> None:
    begun = []
    looking.session.begin = lambda settings, play=False: begun.append(settings)
    looking.window.steering._choices.choose("layers", 2, running=False)
    looking.window.head.transport.train_asked.emit()
    assert [settings.layers for settings in begun] == [2]


def test_ticked_runs_reach_the_panels_that_compare(looking: Desk, runs: list[Path]) -> None:
    looking.window.show_layout("compare")
    looking.window.runs.shown_changed.emit([str(runs[1])])
    refreshed(looking)
    assert [run.name for run in looking.session.shown()] == ["amber-heron", "night-carp"]
    refreshed(looking)
    assert "night-carp" in panel(looking, OverlayPanel).chart.accessibleDescription()
    looking.window.runs.shown_changed.emit([])
    assert len(looking.session.shown()) == 1


def test_nothing_branches_from_a_log_of_another_program(looking: Desk) -> None:
    refreshed(looking)
    form = looking.window.branch_form
    assert form.train.isEnabled()
    logged = worked(make_run(log_of([("loss", 1, 3.0), ("loss", 2, 2.0)])), "")
    assert looking.window.travel.open_run(str(logged))
    refreshed(looking)
    assert form.trouble.text() == NOT_OURS
    assert not form.train.isEnabled()


def test_settings_are_duplicated_into_the_next_run(looking: Desk) -> None:
    looking.window.show_layout("Compare")
    looking.window.runs.duplicate_asked.emit({**Settings(layers=2, seed=9).model_dump(mode="json")})
    following = looking.window.steering._choices.next_settings()
    assert (following.layers, following.seed) == (2, 9)
    assert looking.window.experiment.isVisible()
    looking.window.runs.duplicate_asked.emit({"from_the_future": 1})
    assert "not known here" in looking.window.head.notice.message.text()


def test_looking_back_while_training_goes_on(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    desk.session._crew._start = lambda settings: Run(lambda: ScriptedTrainer(settings), RunFile(folder), folder)
    desk.ready()
    desk.session.send(Play())
    desk.until(lambda: desk.session.recording.last_step > 100)
    desk.window.travel.seek(50)
    desk.until(lambda: desk.session.recording.last_step > 200)
    assert desk.session.playhead.step == 50
    transport = desk.window.head.transport
    assert transport.headline.whole == "Looking back at step 50"
    assert transport.detail.whole.startswith("training goes on")
    assert transport.place.button.text().strip() == "Back to live"
    transport.place.button.click()
    assert desk.session.playhead.following
    desk.session.pause()
    desk.until(lambda: not desk.session.playing)
    assert desk.session.close(5)


def test_a_run_that_is_about_to_be_deleted_is_let_go_of(looking: Desk, runs: list[Path]) -> None:
    looking.window.runs.shown_changed.emit([str(runs[1])])
    looking.window.runs.deletion_asked.emit([str(runs[1])])
    assert len(looking.session.shown()) == 1


def test_a_dropped_run_is_opened(desk: Desk, runs: list[Path]) -> None:
    desk.window.texts.open([str(runs[1])])
    assert desk.session.recording.last_step == 40
    QApplication.processEvents()
    desk.session.main.forget()


@pytest.mark.parametrize(("word", "speed"), [("20.0", 20.0), ("", 10.0), ("fast", 10.0), ("nan", 10.0), ("1e9", 10.0)])
def test_a_speed_that_was_kept_wrongly_is_the_usual_one(word: str, speed: float) -> None:
    assert speed_of(word, 10.0) == speed


def test_above_the_charts_of_several_runs_stands_how_many_there_are(looking: Desk, runs: list[Path]) -> None:
    looking.window.show_layout("compare")
    looking.window.travel.tick_runs([str(runs[1])])
    assert looking.window.head.menu_row.words.whole == "2 runs on show"
    looking.window.show_layout("overview")
    refreshed(looking)
    assert "on show" not in looking.window.head.menu_row.words.whole


def test_a_hostile_name_stays_one_short_line_in_the_menu_row(looking: Desk) -> None:
    row = looking.window.head.menu_row
    row.show_run("a\nb\u202e" + "c" * 500, "")
    assert row.name.text().startswith("a↵bU+202Ec")
    assert len(row.name.text()) < 50


def test_what_to_look_at_is_asked_of_all_that_train(looking: Desk) -> None:
    runs = [FakeRun(Settings()) for _ in range(2)]
    looking.session.lanes += [Lane(Settings(), one) for one in runs]
    looking.window.steering.ask(Prompt("The mill"))
    looking.window.steering.ask(Turn("clip", 2.0))
    assert [one.sent for one in runs] == [[Prompt("The mill")]] * 2
    for one in runs:
        one.alive = False


def test_a_run_that_stops_behind_the_one_on_show_is_told_once(looking: Desk, runs: list[Path]) -> None:
    looking.window.runs.shown_changed.emit([str(runs[1])])
    behind = next(lane for lane in looking.session.lanes if lane is not looking.session.main)
    behind._note(Diverged(40, 2.0, "The loss is not a number.", "Go back."))
    refreshed(looking)
    notice = looking.window.head.notice
    assert notice.message.text().startswith("night-carp stopped at step 40")
    notice.tell("", "")
    refreshed(looking)
    assert "night-carp" not in notice.message.text()
