"""The command line that does what the dialog does, with a button that copies it."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui.explain import tip
from gui.theme import Theme
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import ElidedLabel


class CommandLine(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commandLine")
        self.setAccessibleName("The same on the command line")
        self.words, self.copy = ElidedLabel("", "axis_token", "ink2"), IconButton("copy", "Copy this command")
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.addWidget(self.words, 1)
        row.addWidget(self.copy)

    def show_command(self, command: str) -> None:
        self.words.show_text(command)
        self.words.setToolTip(tip(command))

    def dress(self, theme: Theme) -> None:
        self.copy.dress(theme)
        self.words.setFont(theme.font("axis_token"))
        self.setStyleSheet(f"QFrame#commandLine {{ background: {theme.panel}; border: none; border-radius: 4px; }}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.whole)
