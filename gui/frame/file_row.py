"""Where something is written: a path that is typed or chosen, with a suggested name until a person types one."""

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from gui.explain import explain


class FileRow(QWidget):
    edited = Signal()  # another path, typed, chosen or suggested

    def __init__(self, folder: Path, title: str, says: str) -> None:
        """`title` is that of the dialog in which a place is chosen; `says` what is written there."""
        super().__init__()
        self._folder, self._title, self._suggested = folder, title, ""
        self.field, self.browse = QLineEdit(), QPushButton("Choose…")
        explain(self.field, "File", says)
        explain(self.browse, "Choose where")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._ask)
        self.field.textChanged.connect(self.edited)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)  # as high as the button
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.browse)

    def suggest(self, name: str) -> None:
        """A name with its ending; of one that a person typed only the ending changes."""
        path, before = self._typed(), self._suggested
        self._suggested = name
        if path.name and path.name != before:
            name = path.name.removesuffix(Path(before).suffix) + Path(name).suffix
        self.field.setText(str((path.parent if path.name else self._folder) / name))
        self.field.setCursorPosition(len(self.field.text()))

    def path(self) -> Path:
        """With the ending of what is suggested; one without a name is none."""
        path, ending = self._typed(), Path(self._suggested).suffix
        if path.name and path.suffix.lower() != ending:
            return path.with_name(f"{path.name}{ending}")
        return path

    def taken(self) -> bool:
        """Whether something lies there."""
        try:
            return os.path.lexists(self.path())
        except (OSError, ValueError):  # too long a name, or not allowed: said when it is written
            return False

    def _typed(self) -> Path:
        return Path(os.path.expanduser(self.field.text().strip()))

    def _ask(self) -> None:
        dialog = QFileDialog(self, self._title, str(self.path()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)  # font and palette as in the window
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # said below the path
        dialog.fileSelected.connect(self.field.setText)
        dialog.open()
