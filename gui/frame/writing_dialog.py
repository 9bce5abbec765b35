"""A dialog that writes one thing in the background, and offers to open it once it is there."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QSizePolicy, QWidget

from gui.frame.export.sheet import export_sheet, reading_theme
from gui.frame.file_row import FileRow
from gui.frame.work_dialog import WorkDialog
from gui.theme import LIGHT, Theme
from gui.widgets.labels import PlainLabel

ROW = 28  # pixels at reading size: a field as high as a button


class WritingDialog(WorkDialog):
    """Subclasses say what is written, and begin with it in `write`."""

    told = Signal(object)  # Path of what was written

    THERE = "This file is there already and will be replaced."
    OPENS = "Open"  # what can be done with it afterwards

    def __init__(self, parent: QWidget, theme: Theme, title: str, folder: Path, says: str) -> None:
        theme = reading_theme(theme)
        super().__init__(parent, theme, title)
        self.setStyleSheet(export_sheet(theme))
        self.setFont(theme.font("body"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that nothing wears a ring before a key is pressed
        self.setFocus()
        self._row = round(ROW * theme.pixels("small") / LIGHT.pixels("small"))
        self.written: Path | None = None
        self.file = FileRow(folder, title, says)
        self.file.edited.connect(self.look_there)

    def write(self, path: Path, overwrite: bool) -> None:
        """Begin."""
        raise NotImplementedError

    def contents(self) -> str:
        """What will be written, in a sentence."""
        raise NotImplementedError

    def hindrance(self) -> str:
        """Why it cannot be, in a sentence; empty where it can."""
        return ""

    def opened(self, path: Path) -> Path:
        """What is opened afterwards."""
        return path

    def accept(self) -> None:
        """Write; or open what was written, and close."""
        if not self._yes.isEnabled():
            return
        if self.written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.opened(self.written))))
            super().accept()
            return
        path, overwrite = self.file.path(), self.file.taken()
        self._show_writing(True)
        self.write(path, overwrite)

    def failed(self) -> None:
        """The words say why; they stay until something is changed."""
        self._show_writing(False)

    def made(self, path: Path, words: str) -> None:
        """It is there: say so, and offer to open it."""
        self.written = path
        self._show_writing(False)
        self._yes.setText(self.OPENS)
        self._name_no("Close")
        self.progress.show_share(1.0)
        self.say(words, "good")
        self.told.emit(path)

    def look_there(self) -> None:
        """Something was changed: what can be done now."""
        self.written = None
        self._name_no("Cancel")
        self.progress.show_share(None)
        there, hindrance = self.file.taken(), self.hindrance()
        self._yes.setText("Replace" if there else "Export")
        self._yes.setEnabled(bool(self.file.path().name) and not hindrance and not self.busy)
        words = hindrance or (self.THERE if there else self.contents())
        self.say(words, "bad" if hindrance else "warn" if there else "ink2")

    def changeable(self) -> tuple[QWidget, ...]:
        """What may not be changed while it is written."""
        return (self.file,)

    def form(self, rows: Mapping[str, QWidget]) -> QFormLayout:
        """Fields as high as a button, each behind its words."""
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in rows.items():
            label = PlainLabel(words, "small", "ink2")
            label.setFixedHeight(self._row)
            field.setMaximumHeight(self._row)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            form.addRow(label, field)
        return form

    def _name_no(self, words: str) -> None:
        """The button that leaves everything as it is."""
        for buttons in self.findChildren(QDialogButtonBox):
            button = buttons.button(QDialogButtonBox.StandardButton.Cancel)
            button.setText(words)
            button.setMinimumWidth(max(button.minimumWidth(), button.sizeHint().width()))  # none moves

    def _show_writing(self, on: bool) -> None:
        self._yes.setEnabled(not on)
        for part in self.changeable():
            part.setEnabled(not on)
