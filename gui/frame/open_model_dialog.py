"""The dialog that opens a published model: what it is, what training it takes, and what is not as it was published."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.settings import Settings
from engine.size import memory
from gui.frame.work_dialog import WorkDialog
from gui.sources import corpus_label
from gui.status import parameter_words
from gui.text import one_line
from gui.theme import Theme
from gui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Generator

    from engine.export.importing import Published

FAMILIES = {"gpt2": "GPT-2", "modern": "Qwen3"}


class OpenModelDialog(WorkDialog):
    chosen = Signal(object)  # Settings of a run that begins with it

    def __init__(self, parent: QWidget, theme: Theme, folder: Path, settings: Settings) -> None:
        super().__init__(parent, theme, "Open model")
        self._folder, self._settings = folder, settings
        self._begun: Settings | None = None
        self.about = PlainLabel(one_line(folder.name), "body", "ink")
        self.about.setWordWrap(True)
        for part in (self.about, self.progress, self.note):
            self.column.addWidget(part)
        self._yes = self.ask("Open")
        self._yes.setEnabled(False)
        self.begin(self._looking(), "Looking into it", self._take)

    def accept(self) -> None:
        """Only a model that could be read."""
        if self._begun:
            super().accept()
            self.chosen.emit(self._begun)

    def _looking(self) -> "Generator[float, None, Published]":
        from engine.export.importing import look_into  # seldom needed

        yield 0.0
        return look_into(self._folder, self._settings)

    def _take(self, published: "Published") -> None:
        self._begun = published.settings
        self._yes.setEnabled(True)
        self._yes.setFocus()
        self.about.setText(described(published))
        on = f"It learns on from {one_line(corpus_label(published.settings.corpus))}."
        self.say(" ".join((on, *published.notes)))


def described(published: "Published") -> str:
    """Family, shape, size, and the memory that training takes."""
    settings = published.settings
    return "\n".join(
        (
            f"{one_line(published.folder.name)}, of the family of {FAMILIES[settings.architecture]}.",
            f"{parameter_words(published.parameters)} in {settings.layers} layers of width {settings.width:,}, "
            f"{published.tokens:,} tokens, context {settings.context:,}.",
            f"To train it takes about {memory(settings, published.tokens) / 1e9:.1f} GB of memory.",
        )
    )
