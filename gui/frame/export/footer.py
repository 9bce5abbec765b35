"""The foot of the export dialog: name, folder and size of the file, and what can be done with the figure."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from gui.explain import explain, tip
from gui.style import mark
from gui.text import one_line
from gui.theme import LIGHT, Theme
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import ElidedLabel, PlainLabel

NAME, HEIGHT = 352, 36  # pixels of the field, and of what stands beside it
THERE = "There already, will be replaced"


class SuffixEdit(QLineEdit):
    """A name whose ending stands behind it and cannot be typed."""

    suffix = ""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self.setObjectName("bare")

    def show_suffix(self, suffix: str, theme: Theme) -> None:
        self.suffix, self._theme = suffix, theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        metrics = self.fontMetrics()
        left = self.cursorRect().center().x() + metrics.horizontalAdvance(self.text()[self.cursorPosition() :])
        if left + metrics.horizontalAdvance(self.suffix) > self.width():
            return
        painter = QPainter(self)
        painter.setPen(self._theme.ink3)
        box = self.rect().adjusted(left + 1, 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.suffix)


class Footer(QWidget):
    renamed = Signal()  # by a person: another name, or another folder

    def __init__(self, name: str, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.folder, self._ending = LIGHT, folder, "pdf"
        self.name, self.browse = SuffixEdit(), IconButton("folder", "Choose the folder")
        self.name.setText(name)
        explain(self.name, "Save as", "Name of the file, or its whole path")
        self.name.textEdited.connect(self.renamed)
        self.browse.clicked.connect(self.choose_folder)
        self.said = ElidedLabel("", "small", "ink2")
        self.copy_picture, self.copy_vector = QPushButton("Copy picture"), QPushButton("Copy vector")
        explain(self.copy_picture, "Copy picture", "Pixels, for any program that takes pictures")
        explain(self.copy_vector, "Copy vector", "SVG and PDF, for programs that can enlarge it")
        self.save = QPushButton("Save")
        self.save.setProperty("kind", "accent")
        self.save.setDefault(True)
        self._build()
        self.show_folder(folder)

    def path(self) -> Path:
        """What is typed, in the folder unless it names one of its own; "" has no name."""
        typed = self.name.text().strip()
        ending = f".{self._ending}"
        name = typed[: -len(ending)] if typed.lower().endswith(ending) else typed
        return self.folder / Path(f"{name}{ending}").expanduser() if name else Path()

    def show_ending(self, ending: str) -> None:
        """The file ends as its format does."""
        self._ending = ending
        self.name.show_suffix(f".{ending}", self._theme)

    def show_folder(self, folder: Path) -> None:
        self.folder = folder
        explain(self.browse, "Choose the folder", f"Saved in {one_line(str(folder))}")

    def say(self, words: str, tone: str = "ink2") -> None:
        """Beside the name."""
        self.said.show_text(words)
        self.said.setToolTip(tip(words))
        mark(self.said, "tone", tone)

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        scale = theme.pixels("small") / LIGHT.pixels("small")
        self._field.setFixedSize(round(NAME * scale), round(HEIGHT * scale))
        self.browse.dress(theme)
        self.show_ending(self._ending)
        for button in (self.copy_picture, self.copy_vector, self.save):
            button.setFixedHeight(round(HEIGHT * scale))
            button.setMinimumWidth(round(112 * scale))

    def choose_folder(self) -> None:
        dialog = QFileDialog(self, "Save figures in", str(self.folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)  # font and palette as in the window
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_folder)
        dialog.open()

    def _take_folder(self, folder: str) -> None:
        self.show_folder(Path(folder))
        self.name.setText(Path(self.name.text()).name)
        self.renamed.emit()

    def _build(self) -> None:
        self._field = QFrame()
        self._field.setObjectName("exportField")
        inside = QHBoxLayout(self._field)
        inside.setContentsMargins(4, 0, 6, 0)
        inside.addWidget(self.name, 1)
        inside.addWidget(self.browse)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 14, 24, 14)
        row.setSpacing(8)
        row.addWidget(PlainLabel("Save as", "small", "ink2"))
        row.addSpacing(4)
        row.addWidget(self._field)
        row.addSpacing(8)
        row.addWidget(self.said, 1)
        for button in (self.copy_picture, self.copy_vector, self.save):
            button.setAutoDefault(button is self.save)
            row.addWidget(button)
