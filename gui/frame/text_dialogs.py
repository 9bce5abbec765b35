"""What a person is asked about texts: which to open, which to mix in, and which tokenizer to cut them with."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from gui.frame.dialogs import file_dialog, text_dialog
from gui.frame.source_dialog import SourceDialog

if TYPE_CHECKING:
    from gui.window import Window

TOKENIZERS = "Tokenizers (*.json);;All files (*)"


class TextDialogs:
    """Opens each of them over the window."""

    def __init__(self, window: "Window") -> None:
        self._window = window

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
        dialog.added.connect(window.add_sources)
        dialog.open()

    def _open(self, dialog: QFileDialog) -> None:
        dialog.fileSelected.connect(self._window.open_text)
        dialog.open()
