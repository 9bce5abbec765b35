"""The head of what belongs to one run: a sample of its line, its name, and one number at the right."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.explain import explain
from gui.theme import LIGHT, Theme
from gui.widgets.shown import line_of

SAMPLE, APART = 24, 8  # pixels at reading size: of the line, between two parts
WIDE, LEAST, HIGH = 168, 64, 24


class RunHead(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name, self._value, self._place = "", "", 0
        self.dress(LIGHT)

    def show_run(self, name: str, place: int, value: str, says: str) -> None:
        """`name` as it can be drawn; `place` decides the line. Paints only what differs."""
        if (name, place, value) != (self._name, self._place, self._value):
            self._name, self._place, self._value = name, place, value
            self.update()
        if says != self.statusTip():
            explain(self, name, says)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme, self._unit = theme, theme.pixels("small") / 12
        self._strong, self._plain = theme.font("small", 600), theme.font("small")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(WIDE * self._unit), round(HIGH * self._unit))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(LEAST * self._unit), round(HIGH * self._unit))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, unit, middle = QPainter(self), self._unit, self.height() / 2
        line = line_of(self._place, self._theme)
        painter.setPen(self._theme.pen(line.colour, self._theme.lines.curve, line.dash))
        painter.drawLine(QPointF(0, middle), QPointF(SAMPLE * unit, middle))
        room = QRectF(self.rect())
        painter.setFont(self._plain)
        painter.setPen(QColor(self._theme.ink3))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._value)
        value = QFontMetricsF(self._plain).horizontalAdvance(self._value)
        room = room.adjusted((SAMPLE + APART) * unit, 0, -value - APART * unit, 0)
        painter.setFont(self._strong)
        painter.setPen(QColor(self._theme.ink))
        name = QFontMetricsF(self._strong).elidedText(self._name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
