"""Labels that show text as it is, never as markup, and that give way when there is no room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel

from gui.text import one_line
from gui.theme import Role


class PlainLabel(QLabel):
    """`role` and `tone` name a role and a colour of the theme; the style sheet does the rest."""

    def __init__(self, text: str = "", role: Role = "body", tone: str = "ink", strong: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", role)
        self.setProperty("tone", tone)
        self.setProperty("strong", strong)
        self.setText(text)


class ElidedLabel(PlainLabel):
    """One line, whatever it is told; cut with … where it does not fit. The whole is for the tool tip of its owner."""

    whole = ""

    def show_text(self, text: str) -> None:
        whole = one_line(text)
        if whole != self.whole:
            self.whole = whole
            self.updateGeometry()
            self._fit()

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        wide = self.fontMetrics().horizontalAdvance(self.whole) + 2 + margins.left() + margins.right()
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width()
        self.setText(self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, room))
