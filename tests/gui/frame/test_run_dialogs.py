"""The menu's wishes about a run: saving, going back, annealing, resuming, and the question about a new text."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog

from engine.checkpoints import FOLDER, TEXT_CHANGED
from engine.commands import Step
from engine.events import Annealed, Diverged, Ended, Failed, Metered, Rewound, Saved, Stepped, Turned
from engine.folders import runs_folder
from engine.run import Run
from engine.runfile import RunFile
from engine.settings import Settings
from gui.frame.run_dialogs import BackDialog, MachineDialog
from tests.fakes import FakeTrainer, events
from tests.gui.conftest import Desk


def action(desk: Desk, words: str) -> QAction:
    return next(action for action in desk.window.actions() if action.text() == words)


def trained(desk: Desk, steps: int) -> None:
    desk.ready()
    desk.session.send(Step(steps))
    desk.until(lambda: desk.session.recording.last_step == steps)


def dialog(desk: Desk, kind: type[QDialog]) -> QDialog:
    return next(one for one in desk.window.findChildren(kind) if one.isVisible())


def test_wishes_can_be_had_only_where_they_make_sense(desk: Desk) -> None:
    desk.show()
    names = ("One step", "Anneal now", "Save now", "Go back…")
    assert [action(desk, name).isEnabled() for name in names] == [True, False, False, False]
    trained(desk, 10)
    assert [action(desk, name).isEnabled() for name in names] == [True, True, True, False]
    action(desk, "Save now").trigger()
    desk.until(lambda: desk.session.recording.count(Saved) == 1)
    action(desk, "Anneal now").trigger()
    desk.until(lambda: desk.session.recording.count(Annealed) == 1)
    assert [action(desk, name).isEnabled() for name in names] == [True, False, True, True]


def test_going_back_offers_the_kept_steps_newest_first(desk: Desk) -> None:
    trained(desk, 120)
    desk.session.playhead.seek(10, desk.session.recording)
    action(desk, "Go back…").trigger()
    asked = dialog(desk, BackDialog)
    assert isinstance(asked, BackDialog)
    assert [asked.steps.item(row).text().split("  ·  ")[0] for row in range(asked.steps.count())] == [
        "Step 100",
        "Step 50",
    ]
    asked.steps.setCurrentRow(1)
    asked.accept()
    desk.until(lambda: desk.session.recording.count(Rewound) == 1)
    assert desk.session.recording.last_step == desk.session.playhead.step == 50


def test_a_checkpoint_that_is_gone_is_not_offered(desk: Desk) -> None:
    trained(desk, 120)
    desk.session.main.folder = runs_folder() / "amber-heron"
    (runs_folder() / "amber-heron" / FOLDER / "step-000050").mkdir(parents=True)
    assert desk.window.steering.kept() == [50]
    (runs_folder() / "amber-heron" / FOLDER / "step-000050").rmdir()
    action(desk, "Go back…").trigger()
    assert not [one for one in desk.window.findChildren(QDialog) if one.isVisible()]
    assert desk.window.head.notice.message.text() == "No checkpoint of this run is there any more."


def test_saving_now_is_told_once_it_is_done(desk: Desk) -> None:
    trained(desk, 10)
    action(desk, "Save now").trigger()
    desk.window.take_in()
    assert "saved" not in desk.window.status_line.sentence.whole
    desk.until(lambda: desk.session.recording.count(Saved) == 1)
    assert desk.window.status_line.sentence.whole.startswith("Step 10 is saved")
    desk.window.status_line.explain("")
    desk.window.take_in()
    assert "saved" not in desk.window.status_line.sentence.whole


def test_going_back_from_a_loss_that_is_no_number_trains_on_at_half_the_rate(desk: Desk) -> None:
    trained(desk, 60)
    failure = Diverged(60, 3.0, "The loss is not a number.", "Go back.")
    desk.session.recording.add(failure)
    desk.session.main._note(failure)
    panel = desk.window.panels[0]
    panel.refresh(desk.session.recording, 60)
    panel.stop_bar.back_button.click()
    desk.until(lambda: desk.session.recording.count(Turned) == 1 and desk.session.playing)
    assert not desk.session.stopped
    assert desk.session.recording.all(Turned)[0].value == desk.session.settings.learning_rate / 2
    assert desk.session.recording.latest(Rewound).step == 50
    assert desk.session.recording.count(Diverged) == 0


def test_the_machine_is_told_and_kept_up_to_date(desk: Desk) -> None:
    desk.ready()
    desk.window.status_line.machine_asked.emit()
    opened = dialog(desk, MachineDialog)
    words = [label.text() for label in opened.findChildren(type(opened._values[0]))]
    assert "CPU, 2 threads" in words
    assert "Energy" not in words
    desk.session.send(Step(20))
    desk.until(lambda: desk.session.recording.count(Metered) == 1)
    desk.settle()
    assert "≈ 1.19 Wh, an estimate" in [label.text() for label in opened._values]
    opened.reject()
    desk.settle()
    desk.window.take_in()
    desk.window.dialogs.show_machine()
    assert dialog(desk, MachineDialog) is not opened


def test_what_was_chosen_stands_in_the_tip_of_the_device(desk: Desk) -> None:
    desk.ready()
    desk.window.meters("")
    assert "bf16 was 0.8×" in desk.window.status_line.machine.toolTip()


# resuming


class Resumed(FakeTrainer):
    """Goes on from step 50, unless the text has changed and may not."""

    def __init__(self, settings: Settings, new_text: bool) -> None:
        super().__init__(settings)
        self.new_text = new_text

    def start(self):
        self.step, self.time = 50, 2.5
        yield Rewound(50, 2.5, 60)
        if not self.new_text:
            yield Failed(50, 2.5, TEXT_CHANGED, "Go on with the new text, or bring the old one back.")
            return
        yield from self.look()


@pytest.fixture
def recorded(desk: Desk, tmp_path: Path) -> Path:
    """A run folder that can be resumed, once the new text is agreed to."""
    folder = tmp_path / "amber-heron"
    file = RunFile(folder)
    for event in [*events(60), Ended(60, 3.0)]:
        file.add(event)
    file.close()
    (folder / FOLDER / "step-000050").mkdir(parents=True)
    desk.session._crew._resume = lambda settings, folder, new_text: Run(lambda: Resumed(settings, new_text))
    return folder


def test_a_run_is_resumed_and_a_new_text_is_asked_about_once(desk: Desk, recorded: Path) -> None:
    desk.show()
    action(desk, "Resume a run…").trigger()
    files = dialog(desk, QFileDialog)
    assert isinstance(files, QFileDialog)
    files.fileSelected.emit(str(recorded))
    files.reject()
    desk.until(lambda: desk.session.stopped)
    question = next(one for one in desk.window.findChildren(QDialog) if TEXT_CHANGED.startswith(one.windowTitle()))
    desk.window.take_in()
    buttons = question.findChild(QDialogButtonBox).buttons()
    assert [button.text() for button in buttons if "text" in button.text()] == ["Go on with the new text"]
    question.accept()
    desk.until(lambda: desk.session.prepared)
    assert desk.session.recording.last_step == 50
    assert desk.window.steering.status().headline == "Paused at step 50"
    desk.session.step()
    desk.until(lambda: desk.session.recording.last_step == 51)
    assert desk.session.recording.count(Stepped) == 51


def test_the_question_can_be_left_unanswered(desk: Desk, recorded: Path) -> None:
    desk.show()
    desk.window.steering.resume(str(recorded))
    desk.until(lambda: desk.session.stopped)
    question = next(one for one in desk.window.findChildren(QDialog) if TEXT_CHANGED.startswith(one.windowTitle()))
    question.reject()
    desk.settle()
    desk.window.take_in()
    assert not [one for one in desk.window.findChildren(QDialog) if one.isVisible()]
    assert desk.session.stopped
    panel = desk.window.panels[0]
    panel.refresh(desk.session.recording, 50)
    assert panel.stop_bar.button.text() == "Go on with the new text"
    panel.stop_bar.button.click()
    desk.until(lambda: desk.session.prepared)
    assert desk.session.recording.last_step == 50
    assert not desk.session.stopped


def test_a_folder_without_a_run_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.session._crew._resume = lambda *_: pytest.fail("no run is wanted")
    desk.show()
    desk.window.steering.resume(str(tmp_path))
    assert desk.window.head.notice.isVisible()
