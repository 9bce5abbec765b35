"""A fader for a share of 1: small shares have more room, since there most mixtures are made."""

from math import sqrt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

PLACES = 100  # a share of 1 stands at the last
ROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down)  # move between faders


class Fader(QSlider):
    edited = Signal(float)  # a share, by a person's hand only

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, PLACES)
        self.setPageStep(PLACES // 10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(lambda place: self.edited.emit((place / PLACES) ** 2))

    def show_share(self, share: float) -> None:
        """Without telling anybody; a hand on it is not disturbed."""
        if not self.isSliderDown():
            self.put_back(share)

    def put_back(self, share: float) -> None:
        """Even from under a hand."""
        blocked = self.blockSignals(True)
        self.setValue(round(PLACES * sqrt(min(max(share, 0.0), 1.0))))
        self.blockSignals(blocked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()
