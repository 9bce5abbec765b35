"""The dialog that writes a run as a log other tools read: in which format, and where."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.logs.exporting import FORMATS, Format, file_name, write_log
from gui.frame.path_row import PathRow
from gui.frame.work_dialog import WorkDialog
from gui.theme import Theme
from gui.widgets.labels import PlainLabel
from gui.widgets.segments import Segments

NAMES = {"csv": "CSV", "jsonl": "JSON Lines", "parquet": "Parquet", "tfevents": "TensorBoard"}
USES: dict[Format, str] = {
    "csv": "For spreadsheets, pandas and polars: a row for each step, all digits.",
    "jsonl": "For programs: a record for each step, all digits. What is no number is null.",
    "parquet": "For pandas, polars and DuckDB: a row for each step, all digits, small.",
    "tfevents": "For TensorBoard: an event file, numbers in 32 bits as TensorBoard writes them.",
}
CONTENTS = "Every number of every step that counts, with marks and notes."
THERE = "This file is there already and will be replaced."


class ExportLogDialog(WorkDialog):
    def __init__(self, parent: QWidget, theme: Theme, run: Path) -> None:
        super().__init__(parent, theme, "Export log")
        self._run = run
        self.formats = Segments("Format", NAMES)
        self.formats.dress(theme)
        self.formats.chosen.connect(self._rename)
        self.use = PlainLabel("", "small", "ink2")
        self.use.setWordWrap(True)
        row = PathRow("Export log", "Where the log is written", str(Path.home() / file_name(run.name, self.form)))
        self.path = row.field
        self.path.textChanged.connect(self._look_there)
        self.column.addWidget(self.formats, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.use)
        self.column.addWidget(row)
        self.column.addWidget(self.progress)
        self.column.addWidget(self.note)
        self._yes = self.ask("Export")
        self._rename()

    @property
    def form(self) -> Format:
        """The chosen one."""
        return next(form for form in FORMATS if form == self.formats.value)

    def accept(self) -> None:
        """Write, and close when that is done."""
        if self._yes.isEnabled():
            self._yes.setEnabled(False)
            path = Path(self.path.text().strip()).expanduser()
            self.begin(write_log(self._run, self.form, path, overwrite=True), "Writing", self._made)

    def failed(self) -> None:
        self._yes.setEnabled(True)

    def _rename(self) -> None:
        """The file ends as its format does."""
        self.use.setText(USES[self.form])
        path = Path(self.path.text().strip() or Path.home() / self._run.name)
        ours = path.name.removesuffix(path.suffix) if path.suffix.removeprefix(".") in FORMATS else path.name
        self.path.setText(str(path.with_name(file_name(ours or self._run.name, self.form))))
        self._look_there()

    def _look_there(self) -> None:
        path = Path(self.path.text().strip()).expanduser()
        self._yes.setEnabled(bool(path.name) and not self.busy)
        try:
            there = path.is_file() or (path / file_name(self._run.name, self.form)).is_file()
        except OSError:  # too long a name, or not allowed: said when it is written
            there = False
        self._yes.setText("Replace" if there else "Export")
        self.say(THERE if there else CONTENTS, "warn" if there else "ink2")

    def _made(self, path: Path) -> None:
        super().accept()
