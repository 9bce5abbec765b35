"""What all lists of pieces have in common: they scroll sideways, explain what is under the pointer, own their keys."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip, QWidget

from gui.explain import tip
from gui.widgets.piece_cells import PieceCells

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Key = Qt.Key


def nothing(row: int, place: int) -> str:
    """What is known of a piece by nobody else."""
    return ""


class PieceArea(QAbstractScrollArea):
    """Subclasses say what they tell about a point, and how they arrange what they show."""

    edit_asked = Signal()  # by a double-click or a key
    pointed = Signal(str)  # a sentence about what is under the pointer
    own_keys: ClassVar[tuple[Qt.Key, ...]]

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.explain = nothing  # a sentence about one piece of a row

    def told(self, point: QPointF) -> str:
        """A sentence about what is under a point of the viewport; empty where there is nothing."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Place everything in the present size."""
        raise NotImplementedError

    def reveal(self, byte: int) -> None:
        """Scroll so that this byte of the text is seen."""
        raise NotImplementedError

    def scroll_over(self, width: float, room: float, look: PieceCells) -> None:
        """The pieces need so many pixels and have so many."""
        self.horizontalScrollBar().setRange(0, max(0, round(width - room)))
        self.horizontalScrollBar().setPageStep(round(room))
        self.horizontalScrollBar().setSingleStep(round(2 * look.letter))
        self.updateGeometry()
        self.viewport().update()

    def show_at(self, pixel: float, room: float, look: PieceCells) -> None:
        """Scroll so that this place among the pieces is seen, with some letters around it."""
        bar, margin = self.horizontalScrollBar(), 4 * look.letter
        if pixel + margin > bar.value() + room:
            bar.setValue(round(pixel + margin - room))
        elif pixel - margin < bar.value():
            bar.setValue(round(pixel - margin))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit_asked.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.told(event.position()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip(self.told(QPointF(event.pos()))), self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit("")
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the focus, before the window takes them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._owns(event):
            event.accept()
            return True
        return super().event(event)

    def _owns(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return plain and event.key() in self.own_keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
