"""Writes, changes or deletes a note at a step; what happened there stands above it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from engine.annotations import LONGEST, Note
from gui.explain import explain, native
from gui.frame.dialogs import Dialog
from gui.text import one_line
from gui.widgets.labels import PlainLabel

ACCEPT = "Ctrl+Return"
WIDTH, LINES = 440, 5  # pixels, and lines of text, at reading size


class NoteDialog(Dialog):
    written = Signal(int, str)  # the step and the words of a new one
    changed = Signal(int, str)  # the key of one that was there, and other words
    deleted = Signal(int)  # its key

    def __init__(self, parent: QWidget, step: int, happened: Sequence[str] = (), note: Note | None = None) -> None:
        """`note` is the one to be changed, if it is there already; `happened` are lines about the step."""
        super().__init__(parent, f"Note at step {step:,}")
        self._step, self._note = step, note
        told = PlainLabel("\n".join(one_line(line) for line in happened), "small", "ink2")
        told.setWordWrap(True)
        told.setVisible(bool(happened))
        self.column.addWidget(told)
        self.words = QPlainTextEdit(note.text if note else "")
        self.words.setTabChangesFocus(True)
        self.words.setPlaceholderText("What was seen, tried or changed here")
        explain(self.words, "Words of the note", f"{native(ACCEPT)} keeps it")
        self.words.textChanged.connect(self._allow)
        self.column.addWidget(self.words)
        self._too_long = PlainLabel(f"A note has room for {LONGEST:,} characters.", "small", "warn")
        self.column.addWidget(self._too_long)
        self._add_delete()
        self.keep = self.ask("Change note" if note else "Add note")
        self.accepted.connect(self._tell)
        self.keep.setShortcut(ACCEPT)
        self._fit()
        self._allow()
        self.words.moveCursor(QTextCursor.MoveOperation.End)
        self.words.setFocus()

    def _add_delete(self) -> None:
        self.delete = QPushButton("Delete note")
        self.delete.setProperty("kind", "flat")
        self.delete.setAutoDefault(False)
        self.delete.setVisible(self._note is not None)
        self.delete.clicked.connect(self._delete)
        row = QHBoxLayout()
        row.addWidget(self.delete)
        row.addStretch()
        self.column.addLayout(row)

    def _fit(self) -> None:
        line = self.words.fontMetrics().lineSpacing()
        self.words.setMinimumSize(round(WIDTH * line / 16), LINES * line + 16)

    def _allow(self) -> None:
        text = self.words.toPlainText().strip()
        self._too_long.setVisible(len(text) > LONGEST)
        self.keep.setEnabled(0 < len(text) <= LONGEST)

    def _tell(self) -> None:
        text = self.words.toPlainText().strip()
        if self._note is None:
            self.written.emit(self._step, text)
        elif text != self._note.text:
            self.changed.emit(self._note.key, text)

    def _delete(self) -> None:
        if self._note is not None:
            self.deleted.emit(self._note.key)
        self.reject()
