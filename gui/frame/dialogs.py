"""The few dialogs. None of them blocks: closing the window closes them."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.explain import native
from gui.widgets.labels import PlainLabel

TEXTS = "All files (*);;Texts (*.txt *.md *.html *.pdf);;Tables and records (*.csv *.tsv *.jsonl *.parquet)"
TWO_COLUMNS = 80  # letters
SHARE = 0.7  # of the window, for what scrolls in a dialog; the rest is title and buttons
ABOUT = (
    "Terrarium is a laboratory in which you watch a language model grow.\n"
    "It trains a small transformer on this machine; nothing leaves it."
)


def text_dialog(parent: QWidget, folder: bool) -> QFileDialog:
    """Asks for a text file, or a folder of them; `fileSelected` tells which."""
    if not folder:
        return file_dialog(parent, "Open text", TEXTS)
    dialog = file_dialog(parent, "Open folder", "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog


def file_dialog(parent: QWidget, title: str, filters: str) -> QFileDialog:
    """Asks for a file that exists; `filters` are kinds of files as Qt writes them."""
    dialog = QFileDialog(parent, title, str(Path.home()), filters)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)  # font and palette as in the window
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


class Dialog(QDialog):
    """A title, some lines, and Close; or a question with two answers."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)  # font and palette as in the window
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 24, 24, 16)
        self.column.setSpacing(16)
        self.column.addWidget(PlainLabel(title, "state"))

    def finish(self) -> "Dialog":
        """Add the button under all that was added."""
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._add(buttons)
        return self

    def ask(self, yes: str) -> QPushButton:
        """Add what it offers, and Cancel; gives the button for yes."""
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        accept = buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setProperty("kind", "accent")
        accept.setDefault(True)
        buttons.accepted.connect(self.accept)
        self._add(buttons)
        return accept

    def _add(self, buttons: QDialogButtonBox) -> None:
        """Words alone: the pictures some systems put before them are in no colour of ours."""
        for button in buttons.buttons():
            button.setIcon(QIcon())
        buttons.rejected.connect(self.reject)
        self.column.addWidget(buttons)


def about_dialog(parent: QWidget) -> Dialog:
    """What this is, and which."""
    try:
        which = f"Version {version('lm-terrarium')}"
    except PackageNotFoundError:
        which = "From a source folder"
    dialog = Dialog(parent, "Terrarium")
    dialog.column.addWidget(PlainLabel(f"{ABOUT}\n\n{which}. MIT licence.", "body", "ink2"))
    return dialog.finish()


def shortcuts_dialog(parent: QWidget, actions: Sequence[QAction]) -> Dialog:
    """Every action that has a key, in two columns where there is room."""
    dialog, content = Dialog(parent, "Shortcuts"), QWidget()
    grid = QGridLayout(content)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(32)
    shown = [action for action in actions if not action.shortcut().isEmpty()]
    columns = 2 if parent.width() > TWO_COLUMNS * parent.fontMetrics().averageCharWidth() else 1
    rows = -(-len(shown) // columns)
    for place, action in enumerate(shown):
        column, row = divmod(place, rows)
        grid.addWidget(PlainLabel(action.text().removesuffix("…"), "body", "ink2"), row, 2 * column)
        keys = PlainLabel(native(action.shortcut().toString()), "body", strong=True)
        grid.addWidget(keys, row, 2 * column + 1, Qt.AlignmentFlag.AlignRight)
    dialog.column.addWidget(Scrolled(content, parent))
    return dialog.finish()


class Scrolled(QScrollArea):
    """As large as what it holds, but no larger than the window leaves room for."""

    def __init__(self, content: QWidget, window: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self._content, self._window = content, window
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return (self._content.sizeHint() + QSize(bar, 0)).boundedTo(self._window.size() * SHARE)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
