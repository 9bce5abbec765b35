"""What a person is asked about texts: which to open, which to mix in, and which tokenizer to cut them with."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from engine.checkpoints import is_run
from gui.frame.dialogs import file_dialog, text_dialog
from gui.frame.setup_dialogs import SetupDialogs
from gui.frame.source_dialog import SourceDialog
from gui.sources import corpus_label

if TYPE_CHECKING:
    from gui.window import Window

TOKENIZERS = "Tokenizers (*.json);;All files (*)"


class TextDialogs:
    """Opens each of them over the window."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self.setups = SetupDialogs(window)

    def open(self, paths: Sequence[str]) -> None:
        """What was dropped: a run is shown, a set-up or model is opened, a text is read, several are mixed."""
        if len(paths) > 1:
            self.add_sources(paths)
        elif self.setups.takes(paths[0]):
            self.setups.open(paths[0])
        elif is_run(Path(paths[0])):
            self._window.travel.open_run(paths[0])
        else:
            self.open_text(paths[0])

    def open_text(self, path: str) -> None:
        """Begin a run that reads this file or folder."""
        window = self._window
        window.steering.open_text(path)
        window.experiment.offer(window.memory.recents())
        window.take_in()

    def add_sources(self, sources: Sequence[str]) -> None:
        """Mix these in, too, in the next run."""
        window = self._window
        window.steering.add_sources(list(sources))
        window.experiment.offer(window.memory.recents())
        window.take_in()
        window.status_line.explain(f"{corpus_label(tuple(sources))} added: mixed in from the next run on.")

    def show_recents(self) -> None:
        """As the menu opens."""
        self._window.menus.show_recents(self._window.memory.recents())

    def open_recent(self, action: QAction) -> None:
        """The one that was chosen."""
        if action.data():
            self.open_text(action.data())

    def ask_for_text(self) -> None:
        self._open(text_dialog(self._window, folder=False))

    def ask_for_folder(self) -> None:
        self._open(text_dialog(self._window, folder=True))

    def ask_for_tokenizer(self) -> None:
        """A tokenizer.json for the next run."""
        dialog = file_dialog(self._window, "Open tokenizer", TOKENIZERS)
        dialog.fileSelected.connect(self._window.experiment.tokenizer_file.take)
        dialog.open()

    def ask_for_source(self) -> None:
        """One more text for the mixture of the next run."""
        window = self._window
        dialog = SourceDialog(window, window.theme, window.steering.mixture().next_corpus)
        dialog.added.connect(self.add_sources)
        dialog.open()

    def _open(self, dialog: QFileDialog) -> None:
        dialog.fileSelected.connect(self.open_text)
        dialog.open()
