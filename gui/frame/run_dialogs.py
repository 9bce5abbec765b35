"""What a person is asked about a run: where to go back to, which to resume, whether a new text will do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QListWidget, QListWidgetItem, QWidget

from engine.checkpoints import TEXT_CHANGED
from engine.events import Failed, Stepped
from engine.folders import runs_folder
from engine.recording import Recording
from gui.frame.dialogs import Dialog
from gui.machine import Fact, machine_facts
from gui.session import Session
from gui.steering import Steering
from gui.travel import Travel
from gui.widgets.labels import PlainLabel

BACK = "Training goes on from there, and what came after is left behind."
NEW_TEXT = "The run can go on at the same place in the new text, cut into the same tokens."


class RunDialogs:
    """Opens each of them over the window, and keeps the open ones up to date."""

    def __init__(self, window: QWidget, session: Session, steering: Steering, travel: Travel) -> None:
        self._window, self._session, self._steering, self._travel = window, session, steering, travel
        self._machine: MachineDialog | None = None
        self._asked_about: Failed | None = None

    def take_in(self) -> None:
        """A few times a second: fresh numbers, and a question where the engine has one."""
        recording = self._session.recording
        if self._machine:
            self._machine.show_facts(machine_facts(recording))
        failure = recording.latest(Failed)
        if failure and failure is not self._asked_about and failure.message.startswith(TEXT_CHANGED):
            self._asked_about = failure
            self._ask_about_text()

    def show_machine(self) -> None:
        if self._machine is None:
            self._machine = MachineDialog(self._window)
            self._machine.finished.connect(self._forget_machine)
        self._machine.show_facts(machine_facts(self._session.recording))
        self._machine.open_beside()

    def ask_where(self) -> None:
        """Which of the kept steps to go back to."""
        kept = self._steering.kept()
        if not kept:
            self._steering.troubled.emit("No checkpoint of this run is there any more.", "Save one now, or restart.")
            return
        dialog = BackDialog(self._window, kept, self._session.recording)
        dialog.accepted.connect(lambda: self._steering.go_back(dialog.step))
        dialog.open()

    def ask_which(self) -> None:
        """The folder of a run that is to go on."""
        self._ask_for_folder("Resume a run").fileSelected.connect(self._steering.resume)

    def ask_which_to_show(self) -> None:
        """The folder of a run that is to be looked at."""
        self._ask_for_folder("Open a run").fileSelected.connect(self._travel.open_run)

    def _ask_for_folder(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title, str(runs_folder()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)  # font and palette as in the window
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.open()
        return dialog

    def _ask_about_text(self) -> None:
        dialog = Dialog(self._window, TEXT_CHANGED.removesuffix("."))
        dialog.column.addWidget(PlainLabel(NEW_TEXT, "body", "ink2"))
        dialog.ask("Go on with the new text")
        dialog.accepted.connect(self._steering.accept_new_text)
        dialog.open()

    def _forget_machine(self) -> None:
        self._machine = None


class BackDialog(Dialog):
    """The kept steps, newest first, each with its loss."""

    def __init__(self, parent: QWidget, steps: Sequence[int], recording: Recording) -> None:
        super().__init__(parent, "Go back")
        self.column.addWidget(PlainLabel(BACK, "body", "ink2"))
        self.steps = QListWidget()
        self.steps.setAccessibleName("Kept steps")
        for step in steps:
            stepped = recording.latest(Stepped, step)
            loss = f"  ·  loss {stepped.loss:.2f}" if stepped and stepped.step == step else ""
            item = QListWidgetItem(f"Step {step:,}{loss}", self.steps)
            item.setData(Qt.ItemDataRole.UserRole, step)
        self.steps.setCurrentRow(0)
        self.steps.itemActivated.connect(self.accept)
        self.column.addWidget(self.steps)
        self.ask("Go back")

    @property
    def step(self) -> int:
        """The chosen one."""
        return int(self.steps.currentItem().data(Qt.ItemDataRole.UserRole))


class MachineDialog(Dialog):
    """Stays open beside the training, with the newest numbers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Machine")
        self.setModal(False)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(32)
        self._shown: tuple[Fact, ...] | None = None
        self.column.addLayout(self._grid)
        self.finish()

    def open_beside(self) -> None:
        self.show()
        self.raise_()

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Labels are kept while the names stay the same."""
        if facts == self._shown:
            return
        names = [fact.name for fact in facts]
        if self._shown is None or names != [fact.name for fact in self._shown]:
            self._lay_out(facts)
        self._shown = facts
        for row, fact in enumerate(facts):
            self._values[row].setText(f"{fact.value} {fact.unit}".rstrip())

    def _lay_out(self, facts: tuple[Fact, ...]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._values = [PlainLabel("", "body", strong=True) for _ in facts]
        for row, fact in enumerate(facts):
            self._grid.addWidget(PlainLabel(fact.name, "body", "ink2"), row, 0)
            self._grid.addWidget(self._values[row], row, 1, Qt.AlignmentFlag.AlignRight)
        if not facts:
            self._grid.addWidget(PlainLabel("Nothing was measured yet: press play.", "body", "ink2"), 0, 0)
