"""How many tokens the same sentence needs in several languages: a row a language, a mark a tokenizer."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Theme
from gui.widgets.explained import Explained
from gui.widgets.markers import paint_marker
from gui.widgets.scale import Scale, Span, round_up, ticks

LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
PITCH = 18  # pixels of a row at reading size
LEAST_TOP = 60  # the scale grows from here in steps people count in
TOP_STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0, 10.0)


class Language(NamedTuple):
    """One row: `counts` are tokens, one for each tokenizer in its place; None where it is not known yet."""

    name: str
    sentence: str  # as it can be drawn
    counts: tuple[int | None, ...]


class LanguageDots(Explained):
    """The scale begins at 0 and is the same for all rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The same sentence in five languages, tokens needed")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._rows: tuple[Language, ...] = ()
        self._names: tuple[str, ...] = ()
        self._left = 0.0
        self.dress(LIGHT)

    # what it shows

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self._label, self._ticks = theme.font("small"), theme.font("caption")
        self._foot = round(QFontMetricsF(self._ticks).height() + 3)
        self._unit = QFontMetricsF(self._label).height() / 15
        self.updateGeometry()
        self.update()

    def begin_at(self, left: float) -> None:
        """The scale begins so many pixels from the side."""
        self._left = left
        self.update()

    def show_languages(self, rows: tuple[Language, ...], names: tuple[str, ...]) -> None:
        """`names` are the tokenizers'. Paints only what differs."""
        if (rows, names) != (self._rows, self._names):
            self._rows, self._names = rows, names
            self.setAccessibleDescription(" ".join(self.sentence(place) for place in range(len(rows))))
            self.update()

    def sentence(self, place: int) -> str:
        """One language in words."""
        row = self._rows[place]
        pairs = zip(self._names, row.counts, strict=True)
        told = ", ".join(f"{name} {count:,}" for name, count in pairs if count is not None)
        return f"{row.name}: “{row.sentence}” Tokens: {told or 'not known yet'}."

    def sizeHint(self) -> QSize:
        return QSize(round(480 * self._unit), round(5 * PITCH * self._unit) + self._foot)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(200 * self._unit), round(5 * self._least_pitch()) + self._foot)

    def _least_pitch(self) -> float:
        return 0.95 * QFontMetricsF(self._label).height()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            scale = self._scale()
            for place in range(len(self._rows)):
                self._paint_row(painter, self._box(place), self._rows[place], scale)
            self._paint_axis(painter, scale)

    def _scale(self) -> Scale:
        most = max((count for row in self._rows for count in row.counts if count), default=0)
        top = round_up(max(most, LEAST_TOP), TOP_STEPS)
        return Scale(Span(0, top), False, self._left, self.width() - 6 * self._unit)

    def _box(self, place: int) -> QRectF:
        room = (self.height() - self._foot) / max(1, len(self._rows))
        pitch = min(room, 1.4 * PITCH * self._unit)
        return QRectF(0, place * pitch, self.width(), pitch)

    def _paint_row(self, painter: QPainter, box: QRectF, row: Language, scale: Scale) -> None:
        theme, middle = self._theme, round(box.center().y()) + 0.5
        painter.setFont(self._label)
        painter.setPen(QColor(theme.ink2))
        painter.drawText(QRectF(0, box.top(), self._left - 12 * self._unit, box.height()), RIGHT | MIDDLE, row.name)
        painter.setPen(theme.pen(theme.line, theme.lines.hair))
        painter.drawLine(QPointF(scale.start, middle), QPointF(self.width(), middle))
        radius = min(4 * self._unit, 0.36 * box.height())
        for place in reversed(range(len(row.counts))):  # the first one lies on top
            count = row.counts[place]
            if count is not None:
                paint_marker(painter, QPointF(scale.pixel(count), middle), radius, place, theme)

    def _paint_axis(self, painter: QPainter, scale: Scale) -> None:
        painter.setFont(self._ticks)
        painter.setPen(QColor(self._theme.ink3))
        top = self._box(max(0, len(self._rows) - 1)).bottom() + 1
        for tick in ticks(scale.span, False, 6):
            width = QFontMetricsF(self._ticks).horizontalAdvance(tick.label) + 1
            left = min(max(scale.pixel(tick.value) - width / 2, scale.start), self.width() - width)
            painter.drawText(QRectF(left, top, width, self._foot), LEFT | MIDDLE, tick.label)

    # the person

    def sentence_at(self, point: QPointF) -> str:
        """What the row under a point says; empty where there is none."""
        places = (place for place in range(len(self._rows)) if self._box(place).contains(point))
        return next((self.sentence(place) for place in places), "")
