"""The bottom row: one sentence about the thing under the pointer, and what this machine does."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtWidgets import QApplication, QStatusBar, QWidget

from gui.explain import explain
from gui.widgets.labels import ElidedLabel, PlainLabel

HEIGHT = 24


class StatusLine(QStatusBar):
    machine_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, sizeGripEnabled=False)
        self.setFixedHeight(HEIGHT)
        self.setContentsMargins(12, 0, 12, 0)
        self.sentence, self.machine = ElidedLabel("", "small", "ink3"), PlainLabel("", "small", "ink3")
        self.addWidget(self.sentence, 1)
        self.addPermanentWidget(self.machine)

    def explain(self, sentence: str) -> None:
        """Nothing to say: then what the panel below the pointer is for."""
        self.sentence.show_text(sentence or below_pointer())

    def show_machine(self, chosen: str, *words: str) -> None:
        """`chosen` is what was measured and chosen at the start; it stands in the tool tip."""
        self.machine.setText("  ·  ".join(word for word in words if word))
        explain(self.machine, "Machine", f"{chosen or 'What training costs this machine'}. Double-click for all of it.")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.machine.geometry().contains(event.position().toPoint()):
            self.machine_asked.emit()


def below_pointer() -> str:
    """The nearest explanation of what the pointer is on."""
    widget: QWidget | None = QApplication.widgetAt(QCursor.pos())
    while widget and not widget.statusTip():
        widget = widget.parentWidget()
    return widget.statusTip() if widget else ""
