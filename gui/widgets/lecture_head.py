"""What a chart has beside its title in a lecture: the unit, and one large number over the margin, on one baseline."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Role, Theme


class LectureHead(QWidget):
    """The number ends at the right edge, in the colour of the training curve."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit, self.number = "", ""
        self.theme = LIGHT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    def show_number(self, number: str, unit: str) -> None:
        """Paints only what differs from what is shown."""
        if (number, unit) != (self.number, self.unit):
            self.number, self.unit = number, unit
            self.setAccessibleName(f"{number} {self.unit}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, round(QFontMetricsF(self.theme.font("hero")).height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        width = QFontMetricsF(self.theme.font("hero")).horizontalAdvance(self.number)
        with QPainter(self) as painter:
            self._write(painter, 0, self.unit, "small", self.theme.ink3)
            self._write(painter, self.width() - width, self.number, "hero", self.theme.line1)

    def _write(self, painter: QPainter, x: float, text: str, role: Role, colour: str) -> None:
        title = QFontMetricsF(self.theme.font("title"))  # stands in the middle of the row
        painter.setFont(self.theme.font(role))
        painter.setPen(self.theme.pen(colour))
        painter.drawText(QPointF(x, (self.height() + title.ascent() - title.descent()) / 2), text)
