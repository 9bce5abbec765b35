"""What may come next, as bars: the track is 100 %, so a sure model fills it, and every scale is the same for ever."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.text import percent
from gui.theme import LIGHT, Theme
from gui.widgets.explained import Explained

MOST_ROWS, GUTTER = 5, 32  # rows in a column; pixels between two columns
LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter


class Chance(NamedTuple):
    """One guess. `text` is as it can be drawn: see gui.text.shown."""

    text: str
    chance: float  # 0 to 1
    rank: int = 0  # from 1; 0 where it is not known
    truth: bool = False  # what really came
    warn: bool = False  # holds signs that could mislead
    faint: bool = False  # stands for something that is no text
    note: str = ""  # what else is to be said about it


class ChanceBars(Explained):
    """As many guesses as there is room for, in one or two columns; the truth always has a place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Likeliest next tokens")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._lead, self._context, self._chances = "", "", tuple[Chance, ...]()
        self.dress(LIGHT)

    # what it shows

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`; at lecture size without the heading, in one column."""
        self._theme = theme
        self._mono, self._plain = (
            theme.font("token", 400),
            theme.font("body", 500) if theme.lecture else theme.font("small"),
        )
        self._strong_mono, self._strong = (
            theme.font("token", 700),
            theme.font("body" if theme.lecture else "small", 700),
        )
        self._small, self._quiet = theme.font("axis_token", 500), theme.font("small")
        self._letter = QFontMetricsF(self._strong_mono).horizontalAdvance("0")
        self._number = QFontMetricsF(self._strong).horizontalAdvance("100 %") + 4
        text = QFontMetricsF(self._strong_mono).height()
        self._row = round(text * (1.3 if theme.lecture else 1.12))
        self._heading = 0 if theme.lecture else round(QFontMetricsF(self._quiet).height() + 8)
        self.updateGeometry()
        self.update()

    def show_chances(self, lead: str, context: str, chances: tuple[Chance, ...]) -> None:
        """`lead` and `context` make the heading, in prose and in mono. Paints only what differs."""
        if (lead, context, chances) == (self._lead, self._context, self._chances):
            return
        self._lead, self._context, self._chances = lead, context, chances
        self.setAccessibleDescription(". ".join(sentence(chance) for chance in self.fitting()))
        self.update()

    def fitting(self) -> tuple[Chance, ...]:
        """The guesses there is room for; the truth takes the last place if it is further down."""
        room = self._rows() * self._columns()
        further = tuple(chance for chance in self._chances[room:] if chance.truth)
        return (*self._chances[: room - len(further)], *further)

    # room

    def sizeHint(self) -> QSize:
        rows = MOST_ROWS if self._theme.lecture else 3
        return QSize(320, self._heading + rows * self._row_height(rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(14 * self._letter + self._number), self._heading + 3 * self._row)

    def _row_height(self, rows: int) -> int:
        return round(self._row * 1.1) if self._theme.lecture else self._row

    def _rows(self) -> int:
        return max(1, min(MOST_ROWS, int((self.height() - self._heading) / self._row)))

    def _columns(self) -> int:
        if self._theme.lecture or len(self._chances) <= self._rows():
            return 1
        return 2 if self.width() >= 2 * (20 * self._letter + self._number) + GUTTER else 1

    def _place(self, index: int) -> QRectF:
        """The row of one guess: down the first column, then down the second."""
        rows, columns = self._rows(), self._columns()
        width = (self.width() - (columns - 1) * GUTTER) / columns
        if not self._theme.lecture:
            width = min(width, 56 * self._letter)
        tall = min((self.height() - self._heading) / rows, self._row * 1.3)
        return QRectF((index // rows) * (width + GUTTER), self._heading + (index % rows) * tall, width, tall)

    def _label_width(self, width: float) -> float:
        """Of the room for the words: it hangs on the widget alone, so that bars never jump."""
        return round(min(max(0.26 * width, 8.2 * self._letter), 14 * self._letter))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._heading:
            self._paint_heading(painter)
        for index, chance in enumerate(self.fitting()):
            self._paint_row(painter, self._place(index), chance)

    def _paint_heading(self, painter: QPainter) -> None:
        lead = QFontMetricsF(self._quiet).horizontalAdvance(self._lead + " ") + 2
        row = QRectF(0, 0, self.width(), self._heading - 8)
        painter.setFont(self._quiet)
        painter.setPen(QColor(self._theme.ink2))
        painter.drawText(row, LEFT | MIDDLE, self._lead)
        painter.setFont(self._small)
        words = QFontMetricsF(self._small).elidedText(self._context, Qt.TextElideMode.ElideLeft, self.width() - lead)
        painter.drawText(row.adjusted(lead, 0, 0, 0), LEFT | MIDDLE, words)

    def _paint_row(self, painter: QPainter, row: QRectF, chance: Chance) -> None:
        label, gap = self._label_width(row.width()), self._letter
        self._paint_label(painter, QRectF(row.left(), row.top(), label, row.height()), chance)
        left, width = row.left() + label + gap, row.width() - label - 2 * gap - self._number
        track = QRectF(left, 0, width, round(0.68 * self._row))
        track.moveTop(round(row.center().y() - track.height() / 2))
        self._paint_bar(painter, track, chance)
        painter.setFont(self._strong if chance.truth else self._plain)
        painter.setPen(QColor(self._theme.ink if chance.truth else self._theme.ink2))
        painter.drawText(row, RIGHT | MIDDLE, percent(chance.chance))

    def _paint_label(self, painter: QPainter, box: QRectF, chance: Chance) -> None:
        theme = self._theme
        font = self._strong_mono if chance.truth else self._mono
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(chance.text, Qt.TextElideMode.ElideRight, box.width())
        ink = theme.bad if chance.warn else theme.ink3 if chance.faint else theme.ink
        painter.setFont(font)
        painter.setPen(QColor(ink))
        if chance.warn:
            around = QRectF(0, 0, metrics.horizontalAdvance(text) + 6, metrics.height())
            around.moveCenter(box.center())
            around.moveRight(box.right() + 3)
            painter.fillRect(around, QColor(theme.bad_soft))
        dot = text[:1] == "·" and len(text) > 1 and not chance.warn
        painter.drawText(box, RIGHT | MIDDLE, text[1:] if dot else text)
        if dot:
            painter.setPen(QColor(theme.ink3))
            painter.drawText(box.adjusted(0, 0, -metrics.horizontalAdvance(text[1:]), 0), RIGHT | MIDDLE, "·")

    def _paint_bar(self, painter: QPainter, track: QRectF, chance: Chance) -> None:
        theme, radius = self._theme, 2 if not self._theme.lecture else 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(track, radius, radius)
        filled = QRectF(track)
        filled.setWidth(max(2.0, track.width() * min(chance.chance, 1.0)))
        painter.setBrush(QColor(theme.line1 if chance.truth else theme.bar))
        painter.drawRoundedRect(filled, radius, radius)
        if chance.truth:
            self._paint_check(painter, track, filled)

    def _paint_check(self, painter: QPainter, track: QRectF, filled: QRectF) -> None:
        """After the bar, or on it where there is no room after it."""
        size = track.height() * 0.62
        outside = filled.right() + 2.6 * size < track.right()
        left = filled.right() + 0.9 * size if outside else filled.right() - 2 * size
        middle = track.center().y()
        pen = QPen(QColor(self._theme.ink if outside else self._theme.panel), max(1.75, size / 6))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        corners = (0.0, 0.05), (0.36, 0.38), (1.05, -0.4)
        painter.drawPolyline([QPointF(left + x * size, middle + y * size) for x, y in corners])

    # the person

    def sentence_at(self, point: QPointF) -> str:
        """What the guess under a point says, in words; empty where there is none."""
        shown = self.fitting()
        return next((sentence(chance) for i, chance in enumerate(shown) if self._place(i).contains(point)), "")


def sentence(chance: Chance) -> str:
    """A guess in words, with its chance as exactly as it is known."""
    place = f"guess {chance.rank}" if chance.rank else "not among the likeliest"
    truth = " This is what came." if chance.truth else ""
    note = f", {chance.note}" if chance.note else ""
    return f"“{chance.text}”{note}: {100 * chance.chance:.3g} %, {place}.{truth}"
