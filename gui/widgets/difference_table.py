"""A table of runs: the names of its rows stay at the left, those of its columns on top, whatever is scrolled."""

from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from engine.logs.cells_written import harmless
from gui.explain import tip
from gui.theme import LIGHT, Theme
from gui.widgets.shown import line_of

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CUT = Qt.TextElideMode.ElideRight
PITCH, LEAST_PITCH, HEAD, BREAK = 28, 22, 48, 14  # pixels at reading size: of a row, the heads, around a line
APART, UNIT_APART, SAMPLE = 14, 6, 28  # between columns, before a unit, and the length of a line's sample
LEAST, MOST = 48, 150  # of a column
RING = 4  # pixels between the ring of the focus and the words
NAMES_LEAST = 92  # of the names of the rows, before there is something to scroll


class Head(NamedTuple):
    name: str
    place: int  # decides its line
    says: str


class Cell(NamedTuple):
    text: str
    strong: bool = False
    says: str = ""
    number: float | None = None  # what the text says, in full


class Row(NamedTuple):
    """Without cells it is a heading or a remark, as wide as the table."""

    name: str
    cells: tuple[Cell, ...] = ()
    unit: str = ""
    says: str = ""
    strong: bool = False  # a heading
    ruled: bool = False  # a line is drawn above it


class DifferenceTable(QAbstractScrollArea):
    pointed = Signal(str)  # a sentence about what is under the pointer

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(RING, 2, RING, 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setCornerWidget(QWidget())  # else there is a patch where the two bars meet
        self.heads: tuple[Head, ...] = ()
        self.rows: tuple[Row, ...] = ()
        self.dress(LIGHT)

    # what it shows

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        ring = "border: 2px solid transparent; border-radius: 4px"
        self.setStyleSheet(
            f"DifferenceTable {{ background: transparent; {ring}; }}"
            f"DifferenceTable:focus {{ border-color: {theme.accent}; }}"
        )
        self._unit = theme.pixels("small") / 12
        self._fonts = {strong: theme.font("small", 600 if strong else None) for strong in (False, True)}
        self._pitch = PITCH * self._unit
        self._metrics = {strong: QFontMetricsF(font) for strong, font in self._fonts.items()}
        self._arrange()

    def show_table(self, heads: tuple[Head, ...], rows: tuple[Row, ...]) -> None:
        """Paints only what differs."""
        if (heads, rows) != (self.heads, self.rows):
            self.heads, self.rows = heads, rows
            self.setAccessibleDescription(" ".join(row_says(row) for row in rows))
            self._arrange()

    def text(self) -> str:
        """All of it as rows of cells with tabs between: what spreadsheets take."""
        lines = [("", *(head.name for head in self.heads))]
        for row in self.rows:
            named = f"{row.name}, {row.unit}" if row.unit else row.name
            lines.append((named, *(cell.text for cell in row.cells)))
        return "\n".join("\t".join(map(harmless, line)) for line in lines)

    # room

    def sizeHint(self) -> QSize:
        return QSize(round(400 * self._unit), round(self._high() + HEAD * self._unit))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(160 * self._unit), round((HEAD + PITCH) * self._unit))

    def _arrange(self) -> None:
        """Where there is little room the heads give way, then the names of the rows; what is left over goes between."""
        wide, cells = float(self.viewport().width()), range(len(self.heads))
        least = [self._column_width(place, False) for place in cells]
        wanted = [max(self._column_width(place, True), low) for place, low in zip(cells, least, strict=True)]
        names = max([self._name_width(row) for row in self.rows if row.cells], default=0.0)
        needed = NAMES_LEAST * self._unit
        self._names = max(needed, min(names, wide - sum(least)))
        short = sum(wanted) - sum(least)
        share = min(1.0, max(0.0, (wide - self._names - sum(least)) / short)) if short else 1.0
        widths = [low + share * (most - low) for low, most in zip(least, wanted, strict=True)]
        spare = max(0.0, wide - self._names - sum(widths)) / max(1, len(widths))
        self._ends = list(accumulate(width + spare for width in widths))
        self._pitch = self._fitting_pitch()
        self._set_bars(self._ends[-1] if self._ends else 0.0)
        self.viewport().update()

    def _column_width(self, place: int, headed: bool) -> float:
        metrics, head = self._metrics[True], self.heads[place].name
        texts = [*(row.cells[place].text for row in self.rows if row.cells), *((head,) if headed else ())]
        longest = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
        return min(max(longest, LEAST * self._unit), MOST * self._unit) + APART * self._unit

    def _fitting_pitch(self) -> float:
        """Rows give way a little before they are scrolled."""
        breaks = BREAK * sum(row.ruled for row in self.rows)
        room = self.viewport().height() / self._unit - HEAD - breaks
        return self._unit * min(max(room / max(1, len(self.rows)), LEAST_PITCH), PITCH)

    def _name_width(self, row: Row) -> float:
        plain = self._metrics[False]
        unit = plain.horizontalAdvance(row.unit) + UNIT_APART * self._unit if row.unit else 0.0
        return self._metrics[row.strong].horizontalAdvance(row.name) + unit + 2

    def _set_bars(self, wide: float) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        room = self.viewport().width() - self._names
        across.setRange(0, max(0, round(wide - room)))
        across.setPageStep(max(1, round(room)))
        across.setSingleStep(round(LEAST * self._unit))
        high = self.viewport().height() - HEAD * self._unit
        down.setRange(0, max(0, round(self._high() - high)))
        down.setPageStep(max(1, round(high)))
        down.setSingleStep(round(self._pitch))

    def _high(self) -> float:
        """Pixels all rows need."""
        return self._pitch * len(self.rows) + BREAK * self._unit * sum(row.ruled for row in self.rows)

    def boxes(self) -> list[QRectF]:
        """Where each row stands in the viewport."""
        made, top = [], HEAD * self._unit - self.verticalScrollBar().value()
        for row in self.rows:
            top += BREAK * self._unit * row.ruled
            made.append(QRectF(0, top, self.viewport().width(), self._pitch))
            top += self._pitch
        return made

    def column(self, place: int) -> QRectF:
        """Where a column stands, from top to bottom; its left part may be under the names of the rows."""
        begin = self._ends[place - 1] if place else 0.0
        left = self._names + begin - self.horizontalScrollBar().value()
        return QRectF(left, 0, self._ends[place] - begin, self.viewport().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, wide, high = QPainter(self.viewport()), self.viewport().width(), self.viewport().height()
        below = HEAD * self._unit
        painter.setClipRect(QRectF(0, below, wide, high))
        for row, box in zip(self.rows, self.boxes(), strict=True):
            if below - box.height() < box.bottom() and box.top() < high:
                self._paint_name(painter, row, box)
        painter.setClipRect(QRectF(self._names, 0, wide, high))
        self._paint_heads(painter)
        painter.setClipRect(QRectF(self._names, below, wide, high))
        for row, box in zip(self.rows, self.boxes(), strict=True):
            self._paint_cells(painter, row, box)
        painter.setClipping(False)
        if self.heads:
            painter.fillRect(QRectF(0, below - 4 * self._unit, wide, 1), QColor(self._theme.line))

    def _paint_name(self, painter: QPainter, row: Row, box: QRectF) -> None:
        theme, wide = self._theme, self._room(row, box)
        metrics, remark = self._metrics[row.strong], not row.cells and not row.strong
        if row.ruled:
            painter.fillRect(QRectF(0, round(box.top() - 0.5 * BREAK * self._unit), box.width(), 1), QColor(theme.line))
        painter.setFont(self._fonts[row.strong])
        painter.setPen(QColor(theme.ink if row.strong else theme.ink3 if remark else theme.ink2))
        name = metrics.elidedText(row.name, CUT, wide)
        painter.drawText(box, LEFT, name)
        if self._name_width(row) <= wide + 2:
            begin = metrics.horizontalAdvance(name) + UNIT_APART * self._unit
            painter.setFont(self._fonts[False])
            painter.setPen(QColor(theme.ink3))
            painter.drawText(box.adjusted(begin, 0, 0, 0), LEFT, row.unit)

    def _room(self, row: Row, box: QRectF) -> float:
        """For the name: as far as the first number, unless something is scrolled under it."""
        if not row.cells:
            return box.width()
        number = self._metrics[row.cells[0].strong].horizontalAdvance(row.cells[0].text)
        free = self.column(0).right() - number - APART * self._unit
        return self._names if self.horizontalScrollBar().value() else max(self._names, free)

    def _paint_cells(self, painter: QPainter, row: Row, box: QRectF) -> None:
        for place, cell in enumerate(row.cells):
            column, metrics = self.column(place), self._metrics[cell.strong]
            room = column.width() - 0.5 * APART * self._unit
            painter.setFont(self._fonts[cell.strong])
            painter.setPen(QColor(self._theme.ink if cell.strong else self._theme.ink2))
            inside = QRectF(column.left(), box.top(), column.width(), box.height())
            painter.drawText(inside, RIGHT, metrics.elidedText(cell.text, CUT, room))

    def _paint_heads(self, painter: QPainter) -> None:
        theme, unit, metrics = self._theme, self._unit, self._metrics[True]
        for place, head in enumerate(self.heads):
            column, line = self.column(place), line_of(head.place, theme)
            level = 8 * unit
            painter.setPen(theme.pen(line.colour, theme.lines.curve, line.dash))
            painter.drawLine(QPointF(column.right() - SAMPLE * unit, level), QPointF(column.right(), level))
            painter.setFont(self._fonts[True])
            painter.setPen(QPen(QColor(theme.ink)))
            name = metrics.elidedText(head.name, CUT, column.width() - 0.5 * APART * unit)
            painter.drawText(QRectF(column.left(), 16 * unit, column.width(), 24 * unit), RIGHT, name)

    # the person

    def says_at(self, point: QPointF) -> str:
        """What is under a point of the viewport, in words."""
        places = range(len(self.heads)) if point.x() >= self._names else ()
        column = next((at for at in places if self.column(at).contains(point)), None)
        if point.y() < HEAD * self._unit:
            return self.heads[column].says if column is not None else ""
        row = next((row for row, box in zip(self.rows, self.boxes(), strict=True) if box.contains(point)), None)
        if row is None:
            return ""
        return row.cells[column].says if column is not None and row.cells else row.says or row.name

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.says_at(event.position()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip(self.says_at(QPointF(event.pos()))), self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit("")
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """The arrows scroll it while it has the focus, before the window takes them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and scrolls(event):
            event.accept()
            return True
        return super().event(event)


def scrolls(event: QKeyEvent) -> bool:
    """Whether a scroll area does something at this key."""
    key = Qt.Key
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    keys = (key.Key_Left, key.Key_Right, key.Key_Up, key.Key_Down, key.Key_PageUp, key.Key_PageDown)
    return plain and event.key() in keys


def row_says(row: Row) -> str:
    """A row as it is read aloud."""
    return f"{row.name} {row.unit}".strip() + (f": {', '.join(cell.text for cell in row.cells)}." if row.cells else ".")
