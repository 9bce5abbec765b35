"""What stands above the panels: menu row, transport, progress line, timeline, hairline, and now and then a notice."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from gui.frame.menu_row import MenuRow
from gui.frame.notice import Notice
from gui.frame.timeline import Timeline
from gui.frame.transport import Transport
from gui.state import Status
from gui.steering import Steering
from gui.theme import Theme
from gui.widgets.hairline import Hairline

WHOLE = 1000  # steps of the progress line


class Head(QWidget):
    def __init__(self, steering: Steering, layouts: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.menu_row, self.transport, self.notice = MenuRow(layouts), Transport(steering), Notice()
        self.timeline = Timeline()
        self._under_menu = Hairline()
        self._progress = QProgressBar(minimum=0, maximum=WHOLE, textVisible=False)
        self._progress.setObjectName("progress")
        self._progress.setAccessibleName("Progress")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rows = self.menu_row, self._under_menu, self.transport, self._progress, self.timeline, Hairline(), self.notice
        for part in rows:
            column.addWidget(part)

    def show_status(self, status: Status) -> None:
        self.transport.show_status(status)
        self._progress.setValue(round(WHOLE * (status.progress or 0.0)))

    def put_timeline_back(self) -> None:
        """Under the transport, from wherever a lecture has put it."""
        self._column.insertWidget(self._column.indexOf(self._progress) + 1, self.timeline)

    def dress(self, theme: Theme) -> None:
        for part in (self.menu_row, self._under_menu):
            part.setVisible(not theme.lecture)
        self.menu_row.dress(theme)
        self.transport.dress(theme)
        self.timeline.dress(theme)
        self.notice.dress(theme)
