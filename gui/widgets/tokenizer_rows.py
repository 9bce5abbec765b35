"""Up to four tokenizers on one text: a row for each, with its pieces, and what it costs and gains."""

from math import isnan, nan
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.signs import Cell
from gui.text import short
from gui.theme import LIGHT, Theme, mix
from gui.widgets.markers import paint_marker
from gui.widgets.packed import Packed
from gui.widgets.piece_area import LEFT, RIGHT, Key, PieceArea
from gui.widgets.piece_cells import PieceCells

PITCH, LEAST_PITCH, HEAD = 32, 24, 26  # pixels at reading size
SQUEEZES = (0.0, 0.35, 0.7, 1.0)
INDENT, BETWEEN, CLOSE = 22, 24, 12  # of a name after its mark; between columns, where there is room and where not
LEFT_WIDE, LEFT_NARROW = 184, 168  # before the pieces
ROOMY = 640  # wide enough for the long headings
MOVES = {Key.Key_Up: -1, Key.Key_Down: 1}
CHOICES = (Key.Key_Return, Key.Key_Enter, Key.Key_Space)
HEADINGS = ("tokens per word", "bits per byte", "embedding")
SHORT_HEADINGS = ("per word", "bits/byte", "embed.")
MEANINGS = (
    "Tokens that one word of held-out text needs, on average. Fewer tokens make the context reach further.",
    "How surprising one byte of held-out text is to the best table of n-grams over these tokens. "
    "Per byte, so that vocabularies of any size can be compared; less is better, the best one is bold.",
    "Numbers in the embedding: tokens of the vocabulary times the width of this run’s model.",
)


class TokenizerRow(NamedTuple):
    """`cells` are empty while it is not there yet: then `state` says why."""

    name: str
    size: int  # tokens of its vocabulary; while it is not there, what was asked for; 0: not known before
    cells: tuple[Cell, ...] = ()
    state: str = ""
    tokens_per_word: float = nan
    bits_per_byte: float = nan
    best: bool = False  # has the fewest bits per byte
    embedding: int = 0
    asked: int = 0  # tokens it might have had; 0 where that is no question

    def values(self) -> tuple[str, str, str]:
        """The three columns of numbers."""
        if isnan(self.tokens_per_word):
            return "", "", ""
        bits = "" if isnan(self.bits_per_byte) else f"{self.bits_per_byte:.2f}"
        return f"{self.tokens_per_word:.1f}", bits, " ".join(short(self.embedding)).strip()


class TokenizerRows(PieceArea):
    """Scrolls sideways where the text is too long for its column."""

    choose_asked = Signal(int, QPoint)  # another tokenizer for this row; where on the screen a menu may open
    arranged = Signal()  # `left` may be another
    own_keys = (*MOVES, *CHOICES, Key.Key_F2)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Tokenizers on one text", parent)
        self._rows: tuple[TokenizerRow, ...] = ()
        self._current = 0
        self.choosable = True  # somebody would learn another tokenizer
        self.dress(LIGHT)

    # what it shows

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme, self._cells = theme, PieceCells(theme)
        self._head, self._small = theme.font("caption"), theme.font("small")
        self._body, self._strong = theme.font("body"), theme.font("body", 700)
        self._fills = mix(theme.panel, theme.bar, 0.45 if not theme.dark else 0.7), QColor(theme.field)
        self.arrange()

    def show_rows(self, rows: tuple[TokenizerRow, ...]) -> None:
        """Paints only what differs."""
        if rows != self._rows:
            self._rows = rows
            self._current = min(self._current, max(0, len(rows) - 1))
            self.setAccessibleDescription(" ".join(map(sentence, rows)))
            self.arrange()

    def reveal(self, byte: int) -> None:
        """Scroll so that this byte of the text is seen, in the row that needs most room."""
        widest = max(self._packed, key=lambda packed: packed.width, default=None)
        self.show_at(widest.edge(byte) if widest else 0.0, self._room(), self._cells)

    # room

    def sizeHint(self) -> QSize:
        return QSize(round(700 * self._unit), round(self._head_height() + 4 * PITCH * self._unit))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(240 * self._unit), round(self._head_height() + 4 * self._least_pitch()))

    @property
    def _unit(self) -> float:
        return self._cells.unit

    @property
    def left(self) -> float:
        """Pixels before the pieces."""
        return (LEFT_WIDE if self._roomy() else LEFT_NARROW) * self._unit

    def _between(self) -> float:
        return (BETWEEN if self._roomy() else CLOSE) * self._unit

    def _roomy(self) -> bool:
        return self.viewport().width() > ROOMY * self._unit

    def _head_height(self) -> float:
        return max(HEAD * self._unit, QFontMetricsF(self._head).height() + 6)

    def _least_pitch(self) -> float:
        return max(LEAST_PITCH * self._unit, QFontMetricsF(self._body).height() + 4)

    def _headings(self) -> tuple[str, ...]:
        return HEADINGS if self._roomy() else SHORT_HEADINGS

    def _ends(self) -> tuple[float, float, float]:
        """The right ends of the columns of numbers."""
        metrics, gap, end = QFontMetricsF(self._head), self._between(), float(self.viewport().width())
        ends = [end]
        for heading in reversed(self._headings()[1:]):
            ends.insert(0, ends[0] - metrics.horizontalAdvance(heading) - gap)
        return ends[0], ends[1], ends[2]

    def _room(self) -> float:
        """Pixels there are for the pieces; they may go on below a heading, up to its numbers."""
        number = QFontMetricsF(self._body).horizontalAdvance("00.0") + 0.5 * self._between()
        return max(1.0, self._ends()[0] - number - self.left)

    def arrange(self) -> None:
        """As loose as there is room for, all rows alike."""
        for squeeze in SQUEEZES:
            self._packed = [Packed(row.cells, self._cells, squeeze) for row in self._rows]
            widest = max((packed.width for packed in self._packed), default=0.0)
            if widest <= self._room():
                break
        self.scroll_over(widest, self._room(), self._cells)
        self.arranged.emit()

    def _box(self, place: int) -> QRectF:
        """Of a row, from side to side."""
        head = self._head_height()
        pitch = min((self.viewport().height() - head) / max(1, len(self._rows)), PITCH * self._unit)
        return QRectF(0, head + place * pitch, self.viewport().width(), pitch)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter)
        for place, row in enumerate(self._rows):
            self._paint_name(painter, self._box(place), row, place)
            self._paint_numbers(painter, self._box(place), row)
            self._paint_pieces(painter, self._box(place), row, self._packed[place])

    def _paint_head(self, painter: QPainter) -> None:
        head = QRectF(0, 0, self.viewport().width(), self._head_height() - 4)
        painter.setFont(self._head)
        painter.setPen(QColor(self._theme.ink3))
        painter.drawText(head, LEFT, "tokenizer")
        painter.drawText(head.adjusted(self.left, 0, 0, 0), LEFT, "pieces")
        for end, heading in zip(self._ends(), self._headings(), strict=True):
            painter.drawText(QRectF(0, 0, end, head.height()), RIGHT, heading)
        painter.fillRect(QRectF(0, head.bottom(), head.width(), 1), QColor(self._theme.line))

    def _paint_name(self, painter: QPainter, box: QRectF, row: TokenizerRow, place: int) -> None:
        theme, unit = self._theme, self._unit
        paint_marker(painter, QPointF(6 * unit, box.center().y()), 4.2 * unit, place, theme)
        column = QRectF(INDENT * unit, box.top(), self.left - INDENT * unit - self._between(), box.height())
        painter.setFont(self._small)
        painter.setPen(QColor(theme.ink3))
        size = f"{row.size:,}" if row.size else ""
        painter.drawText(column, RIGHT, size)
        metrics = QFontMetricsF(self._body)
        room = column.width() - QFontMetricsF(self._small).horizontalAdvance(size) - 4 * unit
        painter.setFont(self._body)
        painter.setPen(QColor(theme.ink))
        painter.drawText(column, LEFT, metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, room))
        if self.hasFocus() and place == self._current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.pen(theme.accent, 2))
            painter.drawRoundedRect(QRectF(1, box.top() + 2, column.right() + 5 * unit, box.height() - 4), 4, 4)

    def _paint_numbers(self, painter: QPainter, box: QRectF, row: TokenizerRow) -> None:
        for place, (end, words) in enumerate(zip(self._ends(), row.values(), strict=True)):
            best = row.best and place == 1
            painter.setFont(self._strong if best else self._body)
            painter.setPen(QColor(self._theme.ink if best else self._theme.ink2))
            painter.drawText(QRectF(0, box.top(), end, box.height()), RIGHT, words)

    def _paint_pieces(self, painter: QPainter, box: QRectF, row: TokenizerRow, packed: Packed) -> None:
        column = QRectF(self.left, box.top(), self._room(), box.height())
        if row.state:
            painter.setFont(self._small)
            painter.setPen(QColor(self._theme.ink3))
            painter.drawText(column, LEFT, row.state)
            return
        height = min(0.75 * box.height(), self._cells.height)
        painter.save()
        painter.setClipRect(column)
        painter.translate(self.left - self.horizontalScrollBar().value(), 0)
        for turn, (cell, place) in enumerate(zip(row.cells, packed.places, strict=True)):
            if place.left < self.horizontalScrollBar().value() + column.width():
                top, width = round(box.center().y() - height / 2), place.right - place.left
                piece = QRectF(place.left, top, width, round(height))
                self._cells.paint(painter, cell, piece, place.edges, self._fills[turn % 2])
        painter.restore()

    # the person

    def told(self, point: QPointF) -> str:
        place = next((at for at in range(len(self._rows)) if self._box(at).contains(point)), None)
        column = next((at for at, end in enumerate(self._ends()) if end - 40 * self._unit <= point.x() <= end), None)
        if column is not None:
            return MEANINGS[column]
        if place is None:
            return ""
        if point.x() < self.left:
            return sentence(self._rows[place]) + (" Press to choose another." if self.choosable else "")
        across = point.x() - self.left + self.horizontalScrollBar().value()
        found = next((at for at, p in enumerate(self._packed[place].places) if p.left <= across < p.right), None)
        return "" if found is None else self.explain(place, found)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        for place in range(len(self._rows)):
            if self._box(place).contains(event.position()) and event.position().x() < self.left:
                self._current = place
                self.choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in MOVES and self._rows:
            self._current = min(max(self._current + MOVES[Key(event.key())], 0), len(self._rows) - 1)
            self.viewport().update()
        elif event.key() in CHOICES:
            self.choose()
        elif event.key() == Key.Key_F2:
            self.edit_asked.emit()
        else:
            super().keyPressEvent(event)

    def choose(self) -> None:
        """Ask for another tokenizer in the row that has the focus."""
        if self._rows and self.choosable:
            below = self._box(self._current).bottomLeft().toPoint()
            self.choose_asked.emit(self._current, self.viewport().mapToGlobal(below))


def sentence(row: TokenizerRow) -> str:
    """A tokenizer in words."""
    size = f" with {row.size:,} tokens" if row.size else ""
    per_word, bits, embedding = row.values()
    if not per_word:
        return f"{row.name}{size}: {row.state or 'not known yet'}."
    measured = f"{per_word} tokens per word, {bits or 'unknown'} bits per byte"
    fewer = f" The text gives no more than that; {row.asked:,} were asked for." if row.size < row.asked else ""
    return f"{row.name}{size}: {measured}, {embedding} numbers in the embedding.{fewer}"
