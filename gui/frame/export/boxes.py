"""Check boxes in two columns."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

COLUMNS = 2


class Boxes(QWidget):
    """`names` are what is switched on and off, with the words for it."""

    ticked = Signal(str, bool)  # by a person

    def __init__(self, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        self.boxes: dict[str, QCheckBox] = {}
        for place, (name, words) in enumerate(names.items()):
            box = self.boxes[name] = QCheckBox(words.replace("&", "&&"))
            box.setObjectName(name)
            box.clicked.connect(self._tell)
            grid.addWidget(box, place // COLUMNS, place % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    def show_ticked(self, ticked: Mapping[str, bool]) -> None:
        """Tells nobody."""
        for name, on in ticked.items():
            if name in self.boxes:
                self.boxes[name].setChecked(on)

    def _tell(self, on: bool) -> None:
        sender = self.sender()
        assert sender is not None
        self.ticked.emit(sender.objectName(), on)
