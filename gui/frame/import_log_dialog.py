"""The dialog that makes a run of another program's log: which log, which number is the loss, what to call it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from engine.logs.importing import make_run
from engine.logs.log import Log
from engine.logs.names import loss_in
from engine.logs.reading import read_log
from gui.explain import explain
from gui.frame.dialogs import file_dialog
from gui.frame.work_dialog import WorkDialog
from gui.text import one_line
from gui.theme import Theme
from gui.widgets.elided_choice import ElidedChoice
from gui.widgets.labels import PlainLabel

KINDS = "TensorBoard event files, CSV, JSON Lines or Parquet. The log stays as it is."
LOGS = "Logs (*tfevents* *.csv *.tsv *.jsonl *.ndjson *.json *.parquet);;All files (*)"
PLACE = "A file, or the folder of one run"
CHOOSE = "Choose one"
LETTERS = 24  # of a name that are shown at least


class ImportLogDialog(WorkDialog):
    imported = Signal(object)  # Path of the new run

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme, "Import log")
        self._log: Log | None = None
        self._read = ""  # the path that was read, or is being read
        self.path, self.name, self.loss = QLineEdit(), QLineEdit(), ElidedChoice(LETTERS)
        explain(self.path, "Log", PLACE)
        self.path.setPlaceholderText(PLACE)
        explain(self.loss, "Training loss", "The series of the log that becomes the loss of the run")
        explain(self.name, "Name", "What the run is called")
        self.path.editingFinished.connect(self.read)
        self.loss.currentIndexChanged.connect(self._allow)
        self.column.addLayout(self._choosing())
        self.column.addLayout(self._reading())
        self.column.addWidget(self.progress)
        self.column.addWidget(self.note)
        self._yes = self.ask("Import")
        self._show(None)
        self.say(KINDS)

    def read(self) -> None:
        """What the path says, if that is new."""
        path = self.path.text().strip()
        if path and path != self._read:
            self._read = path
            self._show(None)
            self.begin(read_log(Path(path).expanduser()), "Reading", self._take)

    def accept(self) -> None:
        """Import, and close when that is done; while the log is still read, nothing."""
        if self._yes.isEnabled() and self._log:
            self._yes.setEnabled(False)
            loss, name = str(self.loss.currentData()), self.name.text().strip()
            self.begin(make_run(self._log, loss, name), "Recording", self._made)

    def failed(self) -> None:
        self._read = ""  # so that it can be tried again
        self._allow()

    # what it is made of

    def _choosing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        for words, browse in (("File…", self._browse_files), ("Folder…", self._browse_folders)):
            button = QPushButton(words)
            explain(button, f"Choose a {words.removesuffix('…').lower()}")
            button.setAutoDefault(False)
            button.clicked.connect(browse)
            row.addWidget(button)
        return row

    def _reading(self) -> QFormLayout:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(PlainLabel("Training loss", "small", "ink2"), self.loss)
        form.addRow(PlainLabel("Name", "small", "ink2"), self.name)
        return form

    # what a person does, and what comes of it

    def _browse_files(self) -> None:
        self._open(file_dialog(self, "Import log", LOGS))

    def _browse_folders(self) -> None:
        dialog = file_dialog(self, "Import the log in a folder", "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.path.setText(path)
        self.read()

    def _take(self, log: Log) -> None:
        self._show(log)
        numbers = sum(len(series.values) for series in log.series.values())
        count = "One series" if len(log.series) == 1 else f"{len(log.series):,} series"
        ask = "" if loss_in(log.series) else " Which of them is the training loss?"
        self.say(" ".join((f"{count}, {numbers:,} numbers.{ask}", *log.left_out)))

    def _show(self, log: Log | None) -> None:
        """The names of the log, likely ones first."""
        self._log = log
        self.loss.clear()
        names = sorted(log.series, key=lambda name: ("loss" not in name.casefold(), name.casefold())) if log else []
        for name in names:
            self.loss.addItem(one_line(name), name)
        self.loss.setPlaceholderText(CHOOSE if log else "")
        self.loss.setCurrentIndex(self.loss.findData(loss_in(log.series)) if log else -1)
        self.name.setText(log.name if log else "")
        for field in (self.loss, self.name):
            field.setEnabled(log is not None)
        self._allow()

    def _allow(self) -> None:
        self._yes.setEnabled(self._log is not None and self.loss.currentIndex() >= 0 and not self.busy)

    def _made(self, folder: Path) -> None:
        super().accept()
        self.imported.emit(folder)
