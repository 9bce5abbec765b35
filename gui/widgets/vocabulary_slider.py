"""A slider over sizes of a vocabulary: close together where it is small, by factors where it is large."""

from bisect import bisect_left

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

STOPS = 240


class VocabularySlider(QSlider):
    """Speaks of merges: 0 is the smallest vocabulary."""

    edited = Signal(int)  # merges; by a person's hand only

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName("Vocabulary")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._range = -1, 0
        self.valueChanged.connect(self._tell)

    def show_merges(self, merges: int, most: int, smallest: int) -> None:
        """Stand at so many of `most` merges; a vocabulary without any has `smallest` tokens. Tells nobody."""
        blocked = self.blockSignals(True)
        if (most, smallest) != self._range:
            self._range, self._stops = (most, smallest), stops(most, smallest)
            self.setRange(0, len(self._stops) - 1)
            self.setPageStep(max(1, len(self._stops) // 12))
        if merges != self._stops[self.value()]:
            self.setValue(min(bisect_left(self._stops, merges), len(self._stops) - 1))
        self.blockSignals(blocked)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def _tell(self, place: int) -> None:
        self.edited.emit(self._stops[place])


def stops(most: int, smallest: int) -> list[int]:
    """Merges from 0 to `most`, at vocabularies that grow by about the same factor, no two alike."""
    factor = (smallest + most) / smallest
    raw = (round(smallest * factor ** (place / STOPS)) - smallest for place in range(STOPS + 1))
    return sorted({0, most, *raw})
