"""The choice of a file: its name on a button; whoever owns the form opens the dialog."""

from pathlib import PurePath
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from gui.text import prose


class FileField(QPushButton):
    edited = Signal(object)  # a path, from `take`
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("field")
        self.clicked.connect(self.asked)
        self._path = ""
        self.show_value("")

    def show_value(self, value: Any) -> None:
        self._path = str(value)
        name = prose(PurePath(self._path).name).replace("&", "&&")
        self.setText(name or "Choose…")

    def take(self, path: str) -> None:
        """The file a person has chosen."""
        self.show_value(path)
        self.edited.emit(path)
