"""What stands above the panels: menu row, transport, progress line, timeline, hairline, and now and then a notice."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.frame.menu_row import MenuRow
from gui.frame.notice import Notice
from gui.frame.timeline import Timeline
from gui.frame.transport import Transport
from gui.state import Status
from gui.steering import Steering
from gui.theme import Theme
from gui.widgets.hairline import Hairline
from gui.widgets.progress_line import ProgressLine


class Head(QWidget):
    def __init__(self, steering: Steering, layouts: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.menu_row, self.transport, self.notice = MenuRow(layouts), Transport(steering), Notice()
        self.timeline = Timeline()
        self._under_menu = Hairline()
        self._progress = ProgressLine()
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rows = self.menu_row, self._under_menu, self.transport, self._progress, self.timeline, Hairline(), self.notice
        for part in rows:
            column.addWidget(part)

    def show_status(self, status: Status) -> None:
        self.transport.show_status(status)
        self._progress.show_share(status.progress)

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
