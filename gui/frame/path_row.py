"""A path that is typed, or chosen in a dialog."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from gui.explain import explain


class PathRow(QWidget):
    def __init__(self, title: str, says: str, path: str = "") -> None:
        """`title` is that of the dialog in which a place is chosen; `says` what is written there."""
        super().__init__()
        self._title = title
        self.field, self.browse = QLineEdit(path), QPushButton("Choose…")
        explain(self.field, "File", says)
        explain(self.browse, "Choose where")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._ask)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)  # as high as the button
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.browse)

    def begin_at(self) -> str:
        """Where the dialog begins."""
        return self.field.text()

    def _ask(self) -> None:
        dialog = QFileDialog(self, self._title, self.begin_at())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)  # font and palette as in the window
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # said below the path
        dialog.fileSelected.connect(self.field.setText)
        dialog.open()
