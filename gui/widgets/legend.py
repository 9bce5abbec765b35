"""What the lines of a chart are, with their present values, in a panel's title row; gives way where it is narrow."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Theme
from gui.widgets.axes import LEFT

SAMPLE, GAP, APART = 20, 7, 20  # pixels at reading size: length of a line's sample, to the next word, to the next entry
BEAT_MS = 250  # digits that change faster cannot be read


class Entry(NamedTuple):
    name: str
    value: str = ""
    colour: str = ""  # of the line; empty: only words
    ring: bool = False
    dash: tuple[float, ...] = ()
    short: str = ""  # a shorter name, for a narrower row


class Legend(QWidget):
    """One line. Where it is too narrow, first plain words go, then long names, values, and at last names and lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()
        self.theme = LIGHT
        self._waits = False  # for the next beat to be painted
        self._beat = QTimer(self, singleShot=True, interval=BEAT_MS)
        self._beat.timeout.connect(self._paint_what_waits)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Paints only what differs from what is shown, and no faster than it can be read."""
        if tuple(entries) == self.entries:
            return
        self.entries = tuple(entries)
        whole = ", ".join(f"{entry.name} {entry.value}".strip() for entry in entries)
        self.setAccessibleName(whole)
        self.setToolTip(whole)
        self._waits = True
        if not self._beat.isActive():
            self._paint_what_waits()

    def _paint_what_waits(self) -> None:
        if self._waits:
            self._waits = False
            self.update()
            self._beat.start()

    def sizeHint(self) -> QSize:
        return QSize(round(self._width(self.entries)), round(QFontMetricsF(self.theme.font("small")).height() * 1.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def fitting(self, width: float) -> tuple[Entry, ...]:
        """As much of the entries as fits into `width` pixels."""
        lines, brief = self._lines(), self._brief()
        names = tuple(entry._replace(value="") for entry in brief)
        values = tuple(entry._replace(name="") for entry in lines)
        shorter = (values[:count] for count in range(len(values), 0, -1))
        return next((some for some in (self.entries, lines, brief, names, *shorter) if self._width(some) <= width), ())

    def named_width(self) -> float:
        """Pixels in which every line still has a name, be it the short one."""
        return self._width(self._brief())

    def _lines(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.colour)

    def _brief(self) -> tuple[Entry, ...]:
        return tuple(entry._replace(name=entry.short or entry.name) for entry in self._lines())

    def paintEvent(self, event: QPaintEvent) -> None:
        left, row = 0.0, QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for entry in self.fitting(self.width()):
                row.setLeft(left)
                self._paint_entry(painter, row, entry)
                left += self._entry_width(entry) + self._size(APART)

    def _paint_entry(self, painter: QPainter, row: QRectF, entry: Entry) -> None:
        theme, at = self.theme, QRectF(row)
        if entry.colour:
            self._paint_sample(painter, at, entry)
            at.setLeft(at.left() + self._size(SAMPLE + GAP))
        for text, colour, weight in ((entry.name, theme.ink2, 400), (entry.value, theme.ink, 600)):
            if text:
                painter.setPen(theme.pen(colour))
                painter.setFont(theme.font("small", weight))
                painter.drawText(at, LEFT, text)
                at.setLeft(at.left() + self._advance(text, weight) + self._size(GAP))

    def _paint_sample(self, painter: QPainter, row: QRectF, entry: Entry) -> None:
        lines, length, middle = self.theme.lines, self._size(SAMPLE), row.center().y()
        thin = entry.ring or entry.dash
        painter.setPen(self.theme.pen(entry.colour, lines.validation if thin else lines.curve, entry.dash))
        painter.drawLine(QPointF(row.left(), middle), QPointF(row.left() + length, middle))
        if entry.ring:
            painter.setBrush(QColor(self.theme.panel))
            painter.drawEllipse(QPointF(row.left() + length / 2, middle), lines.ring + 0.5, lines.ring + 0.5)

    def _width(self, entries: Sequence[Entry]) -> float:
        return sum(self._entry_width(entry) for entry in entries) + self._size(APART) * max(0, len(entries) - 1)

    def _entry_width(self, entry: Entry) -> float:
        parts = [self._size(SAMPLE)] if entry.colour else []
        parts += [self._advance(text, weight) for text, weight in ((entry.name, 400), (entry.value, 600)) if text]
        return sum(parts) + self._size(GAP) * max(0, len(parts) - 1)

    def _advance(self, text: str, weight: int) -> float:
        return QFontMetricsF(self.theme.font("small", weight)).horizontalAdvance(text)

    def _size(self, pixels: float) -> float:
        return pixels * self.theme.pixels("small") / 12
