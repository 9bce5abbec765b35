"""The title row of the overlay: what its lines are, and what they run along."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui.theme import Theme
from gui.widgets.labels import ElidedLabel
from gui.widgets.segments import Segments

APART = 16
LEAST = 4  # letters of the subtitle that must be left; else the segments, which are options too, give way


class OverlayHeading(QWidget):
    def __init__(self, segments: Segments) -> None:
        super().__init__()
        self.subtitle, self._segments, self._lecture = ElidedLabel("", "small", "ink3"), segments, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(APART)
        row.addWidget(self.subtitle, 1)
        row.addWidget(segments)

    def dress(self, theme: Theme) -> None:
        """A lecture has nothing to press."""
        self._lecture = theme.lecture
        self._segments.dress(theme)
        self._make_room()

    def say(self, subtitle: str) -> None:
        """What the lines are."""
        self.subtitle.show_text(subtitle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        least = LEAST * self.subtitle.fontMetrics().averageCharWidth() + APART
        self._segments.setHidden(self._lecture or self._segments.sizeHint().width() + least > self.width())
