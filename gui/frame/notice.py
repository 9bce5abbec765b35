"""A calm bar for what a person should know: one sentence what, one what to do. Never a traceback."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget

from gui.explain import explain
from gui.theme import Theme
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import ElidedLabel


class Notice(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._details = ""
        self._folder: Path | None = None
        self.message, self.advice = ElidedLabel("", "body", strong=True), ElidedLabel("", "body")
        self.copy, self.dismiss = QPushButton("Copy details"), IconButton("close", "Dismiss this note")
        explain(self.copy, "Copy details", "Copy what a developer needs to know")
        self.copy.clicked.connect(self._copy)
        self.open_folder = QPushButton("Open folder")
        explain(self.open_folder, "Open folder", "Show what was written in the file manager")
        self.open_folder.clicked.connect(self._open_folder)
        self.dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        for part in (self.message, self.advice, self.copy, self.open_folder, self.dismiss):
            row.addWidget(part, 1 if part is self.advice else 0)
        self.hide()

    def tell(self, message: str, advice: str = "", details: str = "", folder: Path | None = None) -> None:
        """`details` are for a bug report and are only copied, never shown; `folder` is where something was written."""
        self._details, self._folder = details, folder
        self.open_folder.setVisible(folder is not None)
        self.message.show_text(message)
        self.advice.show_text(advice)
        self.copy.setVisible(bool(details))
        explain(self, f"{message} {advice}".strip())
        self.show()

    def dress(self, theme: Theme) -> None:
        self.dismiss.dress(theme)

    def _open_folder(self) -> None:
        if self._folder:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._details)
