"""A widget that paints itself and says what is under the pointer: in the status line, and as a tool tip."""

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gui.explain import tip


class Explained(QWidget):
    pointed = Signal(str)  # a sentence about what is under the pointer; "" when it leaves

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)

    def sentence_at(self, point: QPointF) -> str:
        """What is under a point, in words; empty where there is nothing."""
        raise NotImplementedError

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.sentence_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit("")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip(self.sentence_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)
