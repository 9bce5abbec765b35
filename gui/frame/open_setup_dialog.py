"""The dialog that opens a set-up: what it is, and for each text whether it is on this machine and still the same."""

from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from engine.folders import cache_folder
from engine.setup_file import Setup, load
from engine.setup_texts import Examined, Found, State, examined, replaced
from gui.explain import explain
from gui.frame.dialogs import TEXTS, Scrolled, file_dialog
from gui.frame.work_dialog import WorkDialog
from gui.status import parameter_words
from gui.text import one_line
from gui.theme import Theme
from gui.widgets.labels import ElidedLabel, PlainLabel

STATES: dict[State, tuple[str, str]] = {  # words and tone
    "same": ("the same text", "ink2"),
    "changed": ("not the text it was", "warn"),
    "there": ("as it is here", "ink2"),
    "lacking": ("not on this machine", "bad"),
}
READING = "Comparing texts"


class Read(NamedTuple):
    """What came of a look at it."""

    examined: Examined
    notes: tuple[str, ...]


class OpenSetupDialog(WorkDialog):
    chosen = Signal(object)  # Setup

    def __init__(self, parent: QWidget, theme: Theme, path: Path) -> None:
        super().__init__(parent, theme, "Open set-up")
        self._path, self._read = path, Read(_nothing(), ())
        self.about = PlainLabel(one_line(path.name), "body", "ink2")
        self.about.setWordWrap(True)
        self._rows = QGridLayout()
        self._rows.setColumnStretch(0, 1)
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(8)
        self._rows.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._rows)
        self._area = Scrolled(inside, parent)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.hide()
        for part in (self.about, self._area, self.progress, self.note):
            self.column.addWidget(part)
        self._yes = self.ask("Open")
        self._yes.setEnabled(False)
        self.begin(self._reading(), READING, self._take)

    def accept(self) -> None:
        """Only what can begin."""
        if self._yes.isEnabled():
            super().accept()
            self.chosen.emit(self._read.examined.setup)

    def failed(self) -> None:
        self._area.hide()

    def replace(self, source: str, new: str) -> None:
        """Have another text read in the place of one."""
        setup = replaced(self._read.examined.setup, source, new)
        self._yes.setEnabled(False)
        self.begin(self._comparing(setup, self._read.notes), READING, self._take)

    def _reading(self) -> Generator[float, None, Read]:
        setup, notes = load(self._path)
        return (yield from self._comparing(setup, notes))

    def _comparing(self, setup: Setup, notes: tuple[str, ...]) -> Generator[float, None, Read]:
        yield 0.0
        return Read((yield from examined(setup, self._path.absolute().parent, cache_folder())), notes)

    def _take(self, read: Read) -> None:
        self._read = read
        found = read.examined
        self.about.setText(summary(found.setup, self._path))
        self._lay_out(found.texts)
        self._yes.setEnabled(not found.lacking)
        if not found.lacking:
            self._yes.setFocus()
        words = " ".join((*read.notes, *found.notes))
        ask = "Choose a text in the place of what is not here." if found.lacking else ""
        self.say(" ".join((ask, words)).strip() or "It begins when you press play.")

    def _lay_out(self, texts: tuple[Found, ...]) -> None:
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row, text in enumerate(texts):
            words, tone = STATES[text.state]
            name = ElidedLabel("", "body", "ink")
            name.show_text(text.name)
            explain(name, one_line(text.name), one_line(text.source))
            self._rows.addWidget(name, row, 0)
            self._rows.addWidget(PlainLabel(words, "small", tone), row, 1, Qt.AlignmentFlag.AlignRight)
            if text.state in ("lacking", "changed"):
                self._rows.addWidget(self._button(text), row, 2)
        self._area.setVisible(bool(texts))
        self._rows.activate()
        self._area.updateGeometry()
        self.adjustSize()

    def _button(self, text: Found) -> QPushButton:
        button = QPushButton("Choose…")
        explain(button, f"Choose a text for {one_line(text.name)}")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._browse(text.source))
        return button

    def _browse(self, source: str) -> None:
        dialog = file_dialog(self, "Choose a text", TEXTS)
        dialog.fileSelected.connect(lambda path: self.replace(source, path))
        dialog.open()


def summary(setup: Setup, path: Path) -> str:
    """In a line or two: whose it is, how large its model, how far it goes."""
    from engine.size import expected_vocabulary, parameters

    settings = setup.settings
    size = parameter_words(parameters(settings, expected_vocabulary(settings)))
    name = one_line(setup.name or path.name)
    stopped = f" It waits at step {setup.stop_at:,}." if setup.stop_at else ""
    return f"{name}: {settings.architecture}, about {size}, {settings.horizon:,} steps.{stopped}"


def _nothing() -> Examined:
    from engine.settings import Settings

    return Examined(Setup(settings=Settings()), (), ())
