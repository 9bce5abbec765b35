"""One sentence cut after more and more merges, row under row: every letter keeps its column, so that pieces join."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.signs import Cell
from gui.theme import LIGHT, Theme
from gui.widgets.piece_area import RIGHT, Key, PieceArea
from gui.widgets.piece_cells import PieceCells
from gui.widgets.slots import Slots

LABELS, BETWEEN, COUNTS = 56, 17, 48  # letters' pixels at reading size: merges, the gap after them, pieces
PITCH, LEAST_PITCH = 36, 22  # of the rows
TALLEST = 28  # of a cell
HEAD = 26
MOVES = {Key.Key_Left: "less", Key.Key_Right: "more", Key.Key_PageUp: "before", Key.Key_PageDown: "after",
         Key.Key_Home: "first", Key.Key_End: "last"}  # fmt: skip
EDITS = (Key.Key_Return, Key.Key_Enter, Key.Key_F2)


class MergeRow(NamedTuple):
    merges: int
    cells: tuple[Cell, ...]
    chosen: bool = False


class MergeRows(PieceArea):
    """Scrolls sideways where the sentence is too long. Rows without room are left out, never the chosen one."""

    chosen = Signal(int)  # so many merges, by a click
    moved = Signal(str)  # one of MOVES
    own_keys = (*MOVES, *EDITS)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Your sentence after more and more merges", parent)
        self._rows: tuple[MergeRow, ...] = ()
        self.dress(LIGHT)

    # what it shows

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme, self._cells = theme, PieceCells(theme)
        self._head, self._label, self._strong = theme.font("caption"), theme.font("body"), theme.font("body", 600)
        self.arrange()

    def show_rows(self, rows: tuple[MergeRow, ...]) -> None:
        """Of one sentence, fewest merges first. Paints only what differs."""
        if rows != self._rows:
            self._rows = rows
            self.setAccessibleDescription(self.sentence())
            self.arrange()

    def sentence(self) -> str:
        """The chosen row in words."""
        row = next((row for row in self._rows if row.chosen), None)
        if row is None:
            return ""
        cut = " | ".join("".join(sign.text for sign in cell.signs) for cell in row.cells)
        return f"{row.merges:,} merges, {len(row.cells):,} pieces: {cut}"

    def fitting(self) -> tuple[MergeRow, ...]:
        """As many rows as there is room for, around the chosen one."""
        most = max(1, int((self.viewport().height() - self._head_height()) / self._least_pitch()))
        chosen = next((place for place, row in enumerate(self._rows) if row.chosen), 0)
        first = min(max(0, chosen - most // 2), max(0, len(self._rows) - most))
        return self._rows[first : first + most]

    def reveal(self, byte: int) -> None:
        """Scroll so that this byte of the sentence is seen."""
        self.show_at(self._slots.edge(byte), self._room(), self._cells)

    # room

    def sizeHint(self) -> QSize:
        return QSize(round(520 * self._cells.unit), round(self._head_height() + 6 * PITCH * self._cells.unit))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(180 * self._cells.unit), round(self._head_height() + 2 * self._least_pitch()))

    def _head_height(self) -> float:
        return max(HEAD * self._cells.unit, QFontMetricsF(self._head).height() + 6)

    def _least_pitch(self) -> float:
        return max(LEAST_PITCH * self._cells.unit, QFontMetricsF(self._strong).height() + 2)

    def _pitch(self) -> float:
        room = self.viewport().height() - self._head_height()
        return min(room / max(1, len(self.fitting())), PITCH * self._cells.unit)

    def _left(self) -> float:
        return (LABELS + BETWEEN) * self._cells.unit

    def _room(self) -> float:
        """Pixels there are for the sentence."""
        return max(1.0, self.viewport().width() - self._left() - COUNTS * self._cells.unit)

    def arrange(self) -> None:
        """Columns of the present width, as wide as there is room for."""
        finest = self._rows[0].cells if self._rows else ()
        self._slots = Slots(finest, self._cells, self._room())
        self.scroll_over(self._slots.width, self._room(), self._cells)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter)
        for place, row in enumerate(self.fitting()):
            self._paint_row(painter, self._box(place), row)

    def _box(self, place: int) -> QRectF:
        """Of a row, from side to side."""
        pitch = self._pitch()
        return QRectF(0, self._head_height() + place * pitch, self.viewport().width(), pitch)

    def _paint_head(self, painter: QPainter) -> None:
        head = QRectF(0, 0, self.viewport().width(), self._head_height())
        painter.setFont(self._head)
        painter.setPen(QColor(self._theme.ink3))
        painter.drawText(head.adjusted(0, 0, LABELS * self._cells.unit - head.width(), 0), RIGHT, "merges")
        painter.drawText(head, RIGHT, "pieces")

    def _paint_row(self, painter: QPainter, box: QRectF, row: MergeRow) -> None:
        theme = self._theme
        painter.setFont(self._strong if row.chosen else self._label)
        painter.setPen(QColor(theme.accent if row.chosen else theme.ink2))
        label = box.adjusted(0, 0, LABELS * self._cells.unit - box.width(), 0)
        painter.drawText(label, RIGHT, f"{row.merges:,}")
        painter.setPen(QColor(theme.ink if row.chosen else theme.ink2))
        painter.drawText(box, RIGHT, f"{len(row.cells):,}")
        if row.chosen and self.hasFocus():
            self._paint_focus(painter, label)
        self._paint_pieces(painter, box, row)

    def _paint_focus(self, painter: QPainter, label: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._theme.pen(self._theme.accent, 2))
        painter.drawRoundedRect(label.adjusted(3, 3, 6, -3), 4, 4)

    def _paint_pieces(self, painter: QPainter, box: QRectF, row: MergeRow) -> None:
        first, room, edge = self.horizontalScrollBar().value(), self._room(), self._slots.edge
        height = round(min(0.78 * box.height(), TALLEST * self._cells.unit))
        top, fill = round(box.center().y() - height / 2), QColor(self._theme.soft if row.chosen else self._theme.hover)
        painter.save()
        painter.setClipRect(QRectF(self._left(), box.top(), room, box.height()))
        painter.translate(self._left() - first, 0)
        for cell in row.cells:
            left, right = edge(cell.start), edge(cell.end)
            if first <= right and left <= first + room:
                edges = [*(edge(sign.start) for sign in cell.signs), right]
                self._cells.paint(painter, cell, QRectF(left, top, right - left, height), edges, fill)
        painter.restore()

    def _across(self, byte: int) -> float:
        return self._left() + self._slots.edge(byte) - self.horizontalScrollBar().value()

    # the person

    def row_at(self, point: QPointF) -> int | None:
        """Which row is under a point of the viewport, counted from the fewest merges."""
        places = (place for place in range(len(self.fitting())) if self._box(place).contains(point))
        found = next(places, None)
        return None if found is None else self._rows.index(self.fitting()[found])

    def told(self, point: QPointF) -> str:
        row, inside = self.row_at(point), self._left() <= point.x() < self._left() + self._room()
        if row is None or not inside:
            return ""
        cells = enumerate(self._rows[row].cells)
        found = next((at for at, c in cells if self._across(c.start) <= point.x() < self._across(c.end)), None)
        return "" if found is None else self.explain(row, found)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position())
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._rows[row].merges)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in EDITS:
            self.edit_asked.emit()
        elif event.key() in MOVES:
            self.moved.emit(MOVES[Key(event.key())])
        else:
            event.ignore()
