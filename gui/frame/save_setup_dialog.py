"""The dialog that writes a set-up: where, and what is in it."""

from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.folders import cache_folder
from engine.settings import Settings
from engine.setup_file import ENDING, Look, named, save
from engine.setup_texts import setup_of
from gui.frame.path_row import PathRow
from gui.frame.work_dialog import WorkDialog
from gui.sources import corpus_label
from gui.text import one_line
from gui.theme import Theme

CONTENTS = (
    "All settings, {}, the layout and the options of the panels. Of texts their names and hashes, not their words."
)
THERE = "This file is there already and will be replaced."


class SaveSetupDialog(WorkDialog):
    saved = Signal(object)  # Path

    def __init__(self, parent: QWidget, theme: Theme, name: str, settings: Settings, look: Look) -> None:
        super().__init__(parent, theme, "Save set-up")
        self._name, self._settings, self._look = name, settings, look
        row = PathRow("Save set-up", "Where the set-up is written", str(Path.home() / f"{plain(name)}{ENDING}"))
        self.path = row.field
        self.path.textChanged.connect(self._look_there)
        self.column.addWidget(row)
        self.column.addWidget(self.progress)
        self.column.addWidget(self.note)
        self._yes = self.ask("Save")
        self._look_there()

    def accept(self) -> None:
        """Write, and close when that is done."""
        if self._yes.isEnabled():
            self._yes.setEnabled(False)
            self.begin(self._writing(self._place()), "Hashing texts", self._made)

    def failed(self) -> None:
        self._yes.setEnabled(True)

    def _writing(self, path: Path) -> Generator[float, None, Path]:
        setup = yield from setup_of(self._settings, cache_folder(), self._name, window=self._look)
        return save(setup, path, overwrite=True)

    def _place(self) -> Path:
        return named(Path(self.path.text().strip()).expanduser())

    def _look_there(self) -> None:
        path = self._place()
        self._yes.setEnabled(bool(path.name) and not self.busy)
        try:
            there = path.is_file()
        except (OSError, ValueError):  # said when it is written
            there = False
        self._yes.setText("Replace" if there else "Save")
        contents = CONTENTS.format(one_line(corpus_label(self._settings.corpus)))
        self.say(THERE if there else contents, "warn" if there else "ink2")

    def _made(self, path: Path) -> None:
        super().accept()
        self.saved.emit(path)


def plain(name: str) -> str:
    """A run's name as that of a file."""
    letters = "".join(sign if sign.isalnum() or sign in "-_ " else "-" for sign in name).strip("- ")
    return letters[:60] or "experiment"
