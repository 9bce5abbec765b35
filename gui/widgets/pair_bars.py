"""The pairs that are joined next, and how often each stands in the text; a click goes on to where one is joined."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.text import Shown
from gui.theme import LIGHT, Theme
from gui.widgets.explained import Explained

LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
PITCH = 24  # pixels at reading size
LABEL_SHARE = 0.45  # of the width: the two pieces


class Pair(NamedTuple):
    """`left` and `right` are as they can be drawn."""

    left: Shown
    right: Shown
    times: int  # they stood side by side when they were joined
    merge: int  # which one it is, from 1


class PairBars(Explained):
    """As many as there is room for; the longest bar is the first, and every count is printed."""

    chosen = Signal(int)  # so many merges

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Next pairs to join")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pairs: tuple[Pair, ...] = ()
        self.dress(LIGHT)

    # what it shows

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self._head, self._mono, self._plain = theme.font("caption"), theme.font("axis_token"), theme.font("small")
        self._unit = QFontMetricsF(self._plain).height() / 15
        self._head_height = round(max(26 * self._unit, QFontMetricsF(self._head).height() + 6))
        self._pitch = QFontMetricsF(self._plain).height() * 1.2
        self.updateGeometry()
        self.update()

    def show_pairs(self, pairs: tuple[Pair, ...]) -> None:
        """The one to be joined first comes first. Paints only what differs."""
        if pairs != self._pairs:
            self._pairs = pairs
            self.setAccessibleDescription(" ".join(sentence(pair) for pair in pairs))
            self.update()

    def fitting(self) -> tuple[Pair, ...]:
        """Those there is room for."""
        return self._pairs[: max(1, int((self.height() - self._head_height) / self._pitch))]

    def sizeHint(self) -> QSize:
        return QSize(round(184 * self._unit), round(self._head_height + 5 * PITCH * self._unit))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(120 * self._unit), round(self._head_height + 2 * self._pitch))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = QRectF(0, 0, self.width(), self._head_height)
        painter.setFont(self._head)
        painter.setPen(QColor(self._theme.ink3))
        painter.drawText(head, LEFT | MIDDLE, "next pairs to join")
        painter.drawText(head, RIGHT | MIDDLE, "count" if self._pairs else "")
        if not self._pairs:
            painter.drawText(head.translated(0, head.height()), LEFT | MIDDLE, "the count ends here")
        for place, pair in enumerate(self.fitting()):
            self._paint_row(painter, self._box(place), pair, first=place == 0)

    def _box(self, place: int) -> QRectF:
        pitch = min(PITCH * self._unit, max(self._pitch, (self.height() - self._head_height) / len(self.fitting())))
        return QRectF(0, self._head_height + place * pitch, self.width(), pitch)

    def _paint_row(self, painter: QPainter, row: QRectF, pair: Pair, first: bool) -> None:
        theme, number = self._theme, QFontMetricsF(self._plain).horizontalAdvance(f"{self._pairs[0].times:,}")
        label = QRectF(row.left(), row.top(), LABEL_SHARE * row.width(), row.height())
        self._paint_pieces(painter, label, pair, first)
        gap = 6 * self._unit
        track = QRectF(label.right() + gap, 0, max(8.0, row.right() - number - label.right() - 2 * gap), 0)
        track.setHeight(round(11 * self._unit))
        track.moveTop(round(row.center().y() - track.height() / 2))
        track.setWidth(max(2.0, track.width() * pair.times / max(1, self._pairs[0].times)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.line1 if first else theme.bar))
        painter.drawRoundedRect(track, 2, 2)
        painter.setFont(self._plain)
        painter.setPen(QColor(theme.ink if first else theme.ink2))
        painter.drawText(row, RIGHT | MIDDLE, f"{pair.times:,}")

    def _paint_pieces(self, painter: QPainter, label: QRectF, pair: Pair, first: bool) -> None:
        """Both pieces with a thin line between: a sign could be taken for one of theirs."""
        theme, metrics, gap = self._theme, QFontMetricsF(self._mono), 2.5 * self._unit
        left, right = self._shortened(pair, label.width() - 2 * gap)
        joint = label.right() - metrics.horizontalAdvance(right) - gap
        painter.setFont(self._mono)
        for words, warn, at in ((left, pair.left.warn, joint - gap), (right, pair.right.warn, label.right())):
            painter.setPen(QColor(theme.bad if warn else theme.ink if first else theme.ink2))
            painter.drawText(label.adjusted(0, 0, at - label.right(), 0), RIGHT | MIDDLE, words)
        painter.setPen(theme.pen(theme.ink if first else theme.ink3, theme.lines.hair))
        tall = 0.4 * metrics.height()
        painter.drawLine(QPointF(joint, label.center().y() - tall), QPointF(joint, label.center().y() + tall))

    def _shortened(self, pair: Pair, room: float) -> tuple[str, str]:
        """What fits of both; the ends that touch are kept."""
        metrics = QFontMetricsF(self._mono)
        half = max(room / 2, room - metrics.horizontalAdvance(pair.left.text))
        right = metrics.elidedText(pair.right.text, Qt.TextElideMode.ElideRight, half)
        rest = room - metrics.horizontalAdvance(right)
        return metrics.elidedText(pair.left.text, Qt.TextElideMode.ElideLeft, rest), right

    # the person

    def pair_at(self, point: QPointF) -> Pair | None:
        """The pair under a point."""
        return next((pair for place, pair in enumerate(self.fitting()) if self._box(place).contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pair = self.pair_at(event.position())
        if pair and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(pair.merge)

    def sentence_at(self, point: QPointF) -> str:
        pair = self.pair_at(point)
        return sentence(pair) if pair else ""


def sentence(pair: Pair) -> str:
    """A pair in words."""
    often = "once" if pair.times == 1 else f"{pair.times:,} times"
    return f"Merge {pair.merge:,} joins “{pair.left.text}” and “{pair.right.text}”, which stand side by side {often}."
