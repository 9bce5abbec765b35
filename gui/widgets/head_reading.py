"""One link of one head in words and one bold number: which token looks at which, and with what share."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Theme

LETTERS = 10  # of a token
LONGEST, BETWEEN = "·because", " looks at "
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Reading(NamedTuple):
    """Texts are as they can be drawn: see gui.text.shown."""

    head: str  # "Layer 2, head 3"
    what: str  # "Under the pointer"
    who: str
    whom: str
    share: float  # 0 to 1
    notes: tuple[str, ...] = ()  # sentences about tokens that are no whole characters

    @property
    def value(self) -> str:
        """Two digits, and never a 0 for what is only small."""
        return "<0.01" if 0 < self.share < 0.005 else f"{self.share:.2f}"

    @property
    def sentence(self) -> str:
        looks = f"{self.head}: {self.who} looks at {self.whom}, {self.value} of its attention."
        return " ".join((looks, *self.notes))


class HeadReading(QWidget):
    """Painted, so that a new number moves nothing around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Share of attention")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.reading: Reading | None = None
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self._title, self._small = theme.font("title"), theme.font("small")
        self._token, self._value = theme.font("token"), theme.font("state", 700)
        self._gap = round(0.6 * theme.pixels("small"))
        self.updateGeometry()
        self.update()

    def show_reading(self, reading: Reading) -> None:
        """Paints only what differs."""
        if reading != self.reading:
            self.reading = reading
            self.setAccessibleDescription(reading.sentence)
            self.update()

    def sizeHint(self) -> QSize:
        fonts = (self._small, self._token, self._token, self._value)  # the sentence may need two lines
        tall = sum(height(font) for font in fonts) + self._gap
        if not self._theme.lecture:
            tall += height(self._title) + 2.5 * self._gap
        return QSize(round(width(self._token, LONGEST) + width(self._small, BETWEEN)), round(tall))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.reading:
            return
        painter, theme, y = QPainter(self), self._theme, 0.0
        if not theme.lecture:  # there the ring says it, and space is dear
            y = self._paint_line(painter, 0, self._title, theme.ink, self.reading.head) + self._gap
            painter.fillRect(QRectF(0, round(y), self.width(), theme.lines.hair), QColor(theme.line))
            y += 1.5 * self._gap
        y = self._paint_line(painter, y, self._small, theme.ink3, self.reading.what) + self._gap / 2
        y = self._paint_sentence(painter, y, self.reading) + self._gap / 2
        self._paint_line(painter, y, self._value, theme.ink, self.reading.value)

    def _paint_line(self, painter: QPainter, y: float, font: QFont, ink: str, text: str, x: float = 0) -> float:
        """Says where the next line begins."""
        painter.setFont(font)
        painter.setPen(QColor(ink))
        room = self.width() - x
        short = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, y, room, height(font)), LEFT, short)
        return y + height(font)

    def _paint_sentence(self, painter: QPainter, y: float, reading: Reading) -> float:
        """In one line, or in two where it is too long."""
        who, whom = clipped(reading.who), clipped(reading.whom)
        first, between = width(self._token, who), width(self._small, BETWEEN)
        below = self._paint_line(painter, y, self._token, self._theme.ink, who)
        painter.setFont(self._small)
        painter.setPen(QColor(self._theme.ink3))
        painter.drawText(QRectF(first, y, between, below - y), LEFT, BETWEEN)
        if first + between + width(self._token, whom) <= self.width():
            return self._paint_line(painter, y, self._token, self._theme.ink, whom, first + between)
        return self._paint_line(painter, below, self._token, self._theme.ink, whom)


def height(font: QFont) -> float:
    """Pixels of one line."""
    return QFontMetricsF(font).height()


def width(font: QFont, text: str) -> float:
    """Pixels of `text`."""
    return QFontMetricsF(font).horizontalAdvance(text)


def clipped(text: str) -> str:
    """At most LETTERS signs."""
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"
