"""Facts under each other: a quiet name at the left, its value at the right, on one line."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Theme

MIDDLE = Qt.AlignmentFlag.AlignVCenter
APART = 8  # pixels between a name and its value
LEAST_NAME = 0.3  # of the row: so much of a name stays, however long its value


class FactList(QWidget):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[tuple[str, str], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme, self._font = theme, theme.font("small")
        self._metrics = QFontMetricsF(self._font)
        self._line = round(self._metrics.height() + 4)
        self.updateGeometry()
        self.update()

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Names and values. Paints only what differs."""
        if facts != self._facts:
            self._facts = facts
            self.setAccessibleDescription(", ".join(f"{name} {value}" for name, value in facts))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, self._line * len(self._facts))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        for place, (name, value) in enumerate(self._facts):
            row = QRectF(0, place * self._line, self.width(), self._line)
            said, named = self.cut(name, value, row.width())
            painter.setPen(QColor(self._theme.ink))
            painter.drawText(row, MIDDLE | Qt.AlignmentFlag.AlignRight, said)
            painter.setPen(QColor(self._theme.ink3))
            painter.drawText(row, MIDDLE, named)

    def cut(self, name: str, value: str, room: float) -> tuple[str, str]:
        """The value, of a path its end, with some room left for the name; and what then fits of the name."""
        least = min(self._metrics.horizontalAdvance(name), LEAST_NAME * room) + APART
        value = self._metrics.elidedText(value, Qt.TextElideMode.ElideLeft, room - least)
        left = room - self._metrics.horizontalAdvance(value) - APART
        return value, self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(0.0, left))
