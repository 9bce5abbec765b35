"""The button in a panel's title row that exports its figure: a click asks how, dragging takes it out of the window."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.explain import explain
from gui.widgets.icon_button import IconButton


class ExportHandle(IconButton):
    dragged = Signal()  # far enough to be meant

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("export", f"Export {title}", parent=parent)
        explain(self, f"Export {title}", "Export this figure, or drag it to a folder or a slide")
        self._pressed: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._pressed is None:
            return
        way = (event.position().toPoint() - self._pressed).manhattanLength()
        if way >= QApplication.startDragDistance():
            self._pressed = None
            self.setDown(False)  # letting go is no click any more
            self.dragged.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)
