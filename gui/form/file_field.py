"""The choice of a file: its name on a button; whoever owns the form opens the dialog."""

from pathlib import PurePath
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from gui.text import one_line

PADDING = 16  # pixels of the button that are not its text


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
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The end of a name tells most."""
        name = one_line(PurePath(self._path).name) or "Choose…"
        cut = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, self.width() - PADDING)
        self.setText(cut.replace("&", "&&"))

    def take(self, path: str) -> None:
        """The file a person has chosen."""
        self.show_value(path)
        self.edited.emit(path)
