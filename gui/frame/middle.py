"""What stands between the head and the status line: the desk, and in a lecture the timeline at its foot."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.frame.desk import Desk
from gui.frame.head import Head
from gui.theme import Theme
from gui.widgets.hairline import Hairline


class Middle(QWidget):
    def __init__(self, desk: Desk, head: Head, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head, self._line = head, Hairline()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(desk, 1)
        self._column.addWidget(self._line)

    def dress(self, theme: Theme) -> None:
        """The back row looks at the curve first, and at where it is in time last."""
        self._line.setVisible(theme.lecture)
        if theme.lecture:
            self._column.addWidget(self._head.timeline)
        else:
            self._head.put_timeline_back()
