"""A text with an empty box, at its end or inside it: what belongs there? For the back row of a lecture hall."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Theme

MOST_LINES = 3
BLANK = 4.5  # letters wide


class GapText(QWidget):
    """The last lines of a text in large mono, then the box. Keys are for the panel to handle."""

    edit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What comes next?")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._text = self._after = ""
        self._lines: list[str] = [""]
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self._font = theme.font("token", 400)
        self._metrics = QFontMetricsF(self._font)
        self._line_height = round(self._metrics.height() * 1.1)
        self._arrange()

    def show_text(self, text: str, after: str = "") -> None:
        """What stands before the box, and after it; both as they can be drawn: see gui.text.prose."""
        if (text, after) != (self._text, self._after):
            self._text, self._after = text, after
            self.setAccessibleDescription(f"{text} … {after}".rstrip())
            self._arrange()

    @property
    def lines(self) -> list[str]:
        """What is drawn: the end of the text, wrapped between words."""
        return self._lines

    def sizeHint(self) -> QSize:
        return QSize(320, len(self._lines) * self._line_height + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def _arrange(self) -> None:
        letters = max(8, int((self.width() - 8) / self._metrics.horizontalAdvance("0")))
        lines = wrapped(self._text, letters, BLANK)
        cut = len(lines) > MOST_LINES
        self._lines = [f"…{lines[-MOST_LINES]}", *lines[1 - MOST_LINES :]] if cut else lines
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.ink))
        for index, line in enumerate(self._lines):
            painter.drawText(QPointF(0, 4 + index * self._line_height + self._metrics.ascent()), line)
        self._paint_blank(painter)

    def _paint_blank(self, painter: QPainter) -> None:
        pen = self._theme.lines.chosen
        left = self._metrics.horizontalAdvance(self._lines[-1] + " " if self._lines[-1] else "") + pen
        top = 4 + (len(self._lines) - 1) * self._line_height
        box = QRectF(left, top, BLANK * self._metrics.horizontalAdvance("0"), self._metrics.height() * 0.94)
        painter.setPen(self._theme.pen(self._theme.accent, pen * (1.5 if self.hasFocus() else 1)))
        painter.drawRoundedRect(box, 8, 8)
        self._paint_after(painter, box)

    def _paint_after(self, painter: QPainter, box: QRectF) -> None:
        """As much as the line has room for."""
        left = box.right() + self._metrics.horizontalAdvance(" ")
        words = self._metrics.elidedText(self._after, Qt.TextElideMode.ElideRight, self.width() - left)
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(QPointF(left, box.top() + self._metrics.ascent()), words)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit_asked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()


def wrapped(text: str, letters: int, blank: float) -> list[str]:
    """Lines of at most `letters` signs, broken at spaces where possible, the last with room for the box."""
    lines = [""]
    for word in text.split():
        for part in [word[at : at + letters] for at in range(0, len(word), letters)]:
            joined = f"{lines[-1]} {part}" if lines[-1] else part
            if len(joined) <= letters:
                lines[-1] = joined
            else:
                lines.append(part)
    if len(lines[-1]) + 1 + blank > letters:
        lines.append("")
    return lines
