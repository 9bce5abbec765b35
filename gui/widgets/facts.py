"""Small facts in a title row: each a quiet name and its value; what has no room is left out, the last ones first."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Theme

SPACE, INSIDE = 14, 4  # pixels between two facts, and between name and value


class Facts(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._facts: tuple[tuple[str, str], ...] = ()
        self.dress(LIGHT)

    @property
    def text(self) -> str:
        """All of it, in one line."""
        return "   ".join(f"{name} {value}".strip() for name, value in self._facts)

    def say(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Names and values, most important first. Paints only what differs."""
        if facts != self._facts:
            self._facts = facts
            self.setAccessibleName(self.text)
            self.updateGeometry()
            self.update()

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self._font = theme.font("small")
        self._metrics = QFontMetricsF(self._font)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._width(*fact) for fact in self._facts)), round(self._metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, round(self._metrics.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        at = QPointF(0, (self.height() + self._metrics.ascent() - self._metrics.descent()) / 2)
        for name, value in self._facts:
            if at.x() + self._width(name, value) > self.width() + SPACE:
                return
            painter.setPen(QColor(self._theme.ink3))
            painter.drawText(at, name)
            painter.setPen(QColor(self._theme.ink))
            painter.drawText(at + QPointF(self._name_width(name), 0), value)
            at += QPointF(self._width(name, value), 0)

    def _name_width(self, name: str) -> float:
        return self._metrics.horizontalAdvance(name) + INSIDE if name else 0.0

    def _width(self, name: str, value: str) -> float:
        return self._name_width(name) + self._metrics.horizontalAdvance(value) + SPACE
