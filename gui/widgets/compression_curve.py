"""How many bytes one token stands for, against the size of the vocabulary; a press on the curve chooses a size."""

from math import ceil, log10
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Theme
from gui.widgets.explained import Explained
from gui.widgets.scale import Scale, Span
from gui.widgets.strokes import polygon

LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter


class Compression(NamedTuple):
    """At P sizes that grow by one: the first is without any merge."""

    first: int  # tokens of the vocabulary there
    bytes_per_token_P: np.ndarray
    chosen: int  # which of the P is marked

    def same(self, other: "Compression") -> bool:
        """Whether both draw alike."""
        plain = (self.first, self.chosen) == (other.first, other.chosen)
        return plain and np.array_equal(self.bytes_per_token_P, other.bytes_per_token_P)


NOTHING = Compression(257, np.ones(1), 0)


class CompressionCurve(Explained):
    """Sizes are logarithmic; the upright scale begins at 1, where every byte is a token."""

    chosen = Signal(int)  # which of the P

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Bytes per token")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._shown = NOTHING
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self._quiet, self._strong, self._ticks = theme.font("small"), theme.font("body", 600), theme.font("caption")
        self._head = round(QFontMetricsF(self._strong).height() + 8)
        self._foot = round(QFontMetricsF(self._ticks).height() + 5)
        self._digit = QFontMetricsF(self._ticks).horizontalAdvance("0")
        self.updateGeometry()
        self.update()

    def show_compression(self, shown: Compression) -> None:
        """Paints only what differs."""
        if not shown.same(self._shown):
            self._shown = shown
            self.setAccessibleDescription(self.sentence(shown.chosen))
            self.update()

    def sentence(self, place: int) -> str:
        """One of the P sizes in words."""
        size, value = self._shown.first + place, self._shown.bytes_per_token_P[place]
        return f"With {size:,} tokens in the vocabulary, one token stands for {value:.2f} bytes of this text."

    def sizeHint(self) -> QSize:
        return QSize(round(22 * self._digit), self._head + self._foot + round(13 * self._digit))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(14 * self._digit), self._head + self._foot + round(4 * self._digit))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_heading(painter)
            across, upward = self._scales()
            self._paint_axes(painter, across, upward)
            self._paint_curve(painter, across, upward)

    def _scales(self) -> tuple[Scale, Scale]:
        """Of the vocabulary and of the bytes; the upright one grows by whole bytes."""
        shown, last = self._shown, self._shown.first + len(self._shown.bytes_per_token_P) - 1
        span = Span(log10(shown.first), log10(max(last, shown.first + 1)))
        top = max(2, ceil(float(np.max(shown.bytes_per_token_P))))
        left, bottom = 2.5 * self._digit, self.height() - self._foot
        return Scale(span, True, left, self.width() - 5.0), Scale(Span(1, top), False, bottom, self._head + 4.0)

    def _paint_heading(self, painter: QPainter) -> None:
        row = QRectF(0, 0, self.width(), self._head - 8)
        painter.setFont(self._quiet)
        painter.setPen(QColor(self._theme.ink2))
        painter.drawText(row, LEFT | MIDDLE, "bytes per token")
        painter.setFont(self._strong)
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(row, RIGHT | MIDDLE, f"{self._shown.bytes_per_token_P[self._shown.chosen]:.1f}")

    def _paint_axes(self, painter: QPainter, across: Scale, upward: Scale) -> None:
        theme, high = self._theme, int(upward.span.high)
        painter.setFont(self._ticks)
        every = ceil(high * self._foot / max(1.0, upward.start - upward.end))
        for count in range(1, high + 1, max(1, every)):
            at = upward.pixel(count)
            painter.setPen(theme.pen(theme.edge if count == 1 else theme.grid, theme.lines.hair))
            painter.drawLine(QPointF(across.start, at), QPointF(across.end, at))
            painter.setPen(QColor(theme.ink3))
            label = QRectF(0, at - self._foot, across.start - 0.8 * self._digit, 2 * self._foot)
            painter.drawText(label, RIGHT | MIDDLE, f"{count}")
        for left, words, chosen in self._labels(across):
            painter.setPen(QColor(theme.ink if chosen else theme.ink3))
            painter.drawText(QRectF(left, upward.start + 3, self.width(), self._foot), LEFT, words)

    def _labels(self, across: Scale) -> list[tuple[float, str, bool]]:
        """Both ends of the axis and the marked size; an end gives way to it."""
        shown, metrics = self._shown, QFontMetricsF(self._ticks)
        made = list[tuple[float, str, bool]]()
        for place in (shown.chosen, 0, len(shown.bytes_per_token_P) - 1):
            words = f"{shown.first + place:,}"
            width, at = metrics.horizontalAdvance(words), across.pixel(shown.first + place)
            left = min(max(at - width / 2, across.start), across.end - width)
            if all(abs(left - other) > width + self._digit for other, _, _ in made):
                made.append((left, words, place == shown.chosen))
        return made

    def _paint_curve(self, painter: QPainter, across: Scale, upward: Scale) -> None:
        theme, shown = self._theme, self._shown
        sizes_P = shown.first + np.arange(len(shown.bytes_per_token_P))
        places = np.searchsorted(sizes_P, across.edges(max(2, round(across.end - across.start))))
        places = np.unique(np.clip(places, 0, len(sizes_P) - 1))
        line = polygon(across.pixels(sizes_P[places]), upward.pixels(shown.bytes_per_token_P[places]))
        painter.setPen(theme.pen(theme.line1, theme.lines.validation + 0.75))
        painter.drawPolyline(line)
        at = QPointF(
            across.pixel(shown.first + shown.chosen), upward.pixel(float(shown.bytes_per_token_P[shown.chosen]))
        )
        painter.setPen(theme.pen(theme.accent, 1.25 * theme.lines.hair))
        painter.drawLine(QPointF(at.x(), upward.start), at)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.line1))
        painter.drawEllipse(at, 1.6 * theme.lines.ring, 1.6 * theme.lines.ring)

    # the person

    def place_at(self, x: float) -> int:
        """Which of the P sizes is nearest to a pixel across."""
        size = self._scales()[0].value(x)
        return min(max(round(size) - self._shown.first, 0), len(self._shown.bytes_per_token_P) - 1)

    def sentence_at(self, point: QPointF) -> str:
        return self.sentence(self.place_at(point.x()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and event.position().y() > self._head:
            self.chosen.emit(self.place_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.mousePressEvent(event)
