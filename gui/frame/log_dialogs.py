"""What a person is asked about logs: which to make a run of, and how to write a run for other tools."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.runfile import FILE_NAME
from gui.frame.export_log_dialog import ExportLogDialog
from gui.frame.import_log_dialog import ImportLogDialog

if TYPE_CHECKING:
    from gui.window import Window


class LogDialogs:
    """Opens each of them over the window; `imported` is told the folder of a new run."""

    def __init__(self, window: "Window", imported: Callable[[Path], object]) -> None:
        self._window, self._imported = window, imported

    def ask_for_log(self) -> None:
        """Makes a run of it."""
        dialog = ImportLogDialog(self._window, self._window.theme)
        dialog.imported.connect(self._imported)
        dialog.open()

    def ask_where(self) -> None:
        """Writes the run on show, as far as it is on disk."""
        run = self._window.session.folder
        if run is None or not (run / FILE_NAME).is_file():
            self._window.steering.troubled.emit("Nothing was recorded yet.", "Train first: press play.")
            return
        ExportLogDialog(self._window, self._window.theme, run).open()
