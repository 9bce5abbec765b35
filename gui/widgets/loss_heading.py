"""The title row of the loss panel: what the lines are, what they run along, and in a lecture one large number."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui.theme import Theme
from gui.widgets.lecture_head import LectureHead
from gui.widgets.legend import Entry, Legend
from gui.widgets.segments import Segments

APART = 16


class LossHeading(QWidget):
    """The names of the lines come first: the segments stand in the panel's options, too, and give way to them."""

    def __init__(self, legend: Legend, segments: Segments, number: LectureHead) -> None:
        super().__init__()
        self._legend, self._segments, self._number = legend, segments, number
        self._lecture = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(APART)
        for part in (legend, segments, number):
            row.addWidget(part)

    def dress(self, theme: Theme) -> None:
        """A lecture shows one large number, and nothing to press."""
        self._lecture = theme.lecture
        for part in (self._legend, self._segments, self._number):
            part.dress(theme)
        self._legend.setHidden(theme.lecture)
        self._number.setHidden(not theme.lecture)
        self._make_room()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """What the lines are now."""
        self._legend.show_entries(entries)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        needed = self._legend.named_width() + APART + self._segments.sizeHint().width()
        self._segments.setHidden(self._lecture or needed > self.width())
