"""What stands above a chart in a lecture: title, unit, and one large number over the margin, all on one baseline."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Role, Theme
from gui.widgets.axes import inset


class LectureHead(QWidget):
    """The number is in the colour of the training curve."""

    def __init__(self, title: str, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.unit, self.number = title, unit, ""
        self.theme = LIGHT
        self._margin = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def dress(self, theme: Theme, margin: float) -> None:
        """`margin` is how far from the right edge the number begins, in pixels."""
        self.theme, self._margin = theme, margin
        self.updateGeometry()
        self.update()

    def show_number(self, number: str) -> None:
        """Paints only what differs from what is shown."""
        if number != self.number:
            self.number = number
            self.setAccessibleName(f"{self.title} {number} {self.unit}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, round(QFontMetricsF(self.theme.font("hero")).height() * 1.1))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, left = self.theme, inset(self.theme)
        after = left + QFontMetricsF(theme.font("title")).horizontalAdvance(f"{self.title}  ")
        with QPainter(self) as painter:
            self._write(painter, left, self.title, "title", theme.ink)
            self._write(painter, after, self.unit, "small", theme.ink3)
            self._write(painter, self.width() - self._margin, self.number, "hero", theme.line1)

    def _write(self, painter: QPainter, x: float, text: str, role: Role, colour: str) -> None:
        baseline = QFontMetricsF(self.theme.font("hero")).ascent()
        painter.setFont(self.theme.font(role))
        painter.setPen(self.theme.pen(colour))
        painter.drawText(QPointF(x, baseline), text)
