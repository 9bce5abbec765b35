"""A text cut into its tokens, each on the tint of its loss with the number below: painted in one widget, for speed."""

from math import isnan, nan
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip, QWidget

from gui.explain import tip
from gui.theme import LIGHT, Theme

LONGEST = 24  # signs of a token that are drawn; the tooltip has them all
UNASKED = nan  # the loss of a token that the model was shown and not asked for; compared as this very object
GAP, PADDING, RADIUS, RING = 4, 5, 3, 3  # pixels; RING is the room for what stands outside a tile


class Tile(NamedTuple):
    """One token. `text` is as it can be drawn: see gui.text.shown."""

    text: str
    loss: float | None  # nats; UNASKED, or None for the blank after the text
    warn: bool = False  # holds signs that could mislead
    faint: bool = False  # stands for something that is no text
    note: str = ""  # what else is to be said about it


class TokenStrip(QAbstractScrollArea):
    """Wraps where it is too long; scrolls by whole lines where there is no room. Keys are for the panel to handle."""

    chosen = Signal(int)
    edit_asked = Signal()
    pointed = Signal(str)  # a sentence about the token under the pointer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Tokens and their loss")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._tiles: tuple[Tile, ...] = ()
        self._boxes: list[QRectF] = []
        self._selected = 0
        self.dress(LIGHT)

    # what it shows

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self._font, self._caption = theme.font("token"), theme.font("caption")
        self._strong = theme.font("caption", 700)
        self._metrics, self._small = QFontMetricsF(self._font), QFontMetricsF(self._strong)
        self._tile_height = round(self._metrics.height() + 10)
        self._line_height = round(self._tile_height + self._small.height() + 5)
        self._arrange()

    def show_tiles(self, tiles: tuple[Tile, ...], selected: int) -> None:
        """Paints only what differs from what is shown. None is selected where `selected` is -1."""
        if tiles == self._tiles and selected == self._selected:
            return
        moved = selected != self._selected or len(tiles) != len(self._tiles)
        same_text = [t[0] for t in tiles] == [t[0] for t in self._tiles]
        self._tiles, self._selected = tiles, selected
        if not same_text:
            self._arrange()
        if moved or not same_text:
            self._scroll_to_selected()
        self.setAccessibleDescription(self.sentence(selected) if 0 <= selected < len(tiles) else "")
        self.viewport().update()

    def box(self, place: int) -> QRectF:
        """Where a tile stands in the viewport."""
        return self._boxes[place].translated(0, -self.verticalScrollBar().value() * self._line_height)

    def place_at(self, point: QPointF) -> int | None:
        """Which tile is under a point of the viewport; the number below belongs to it."""
        reach = (0, 0, 0, self._line_height - self._tile_height)
        return next((i for i in range(len(self._boxes)) if self.box(i).adjusted(*reach).contains(point)), None)

    def sentence(self, place: int) -> str:
        """What a tile says, in words."""
        tile = self._tiles[place]
        if tile.loss is None:
            return "What comes after the text."
        note = f", {tile.note}" if tile.note else ""
        asked = "not asked for" if isnan(tile.loss) else f"loss {tile.loss:.2f} nats"
        return f"“{tile.text}”{note}: {asked}, token {place + 1} of {sum(t.loss is not None for t in self._tiles)}."

    # room

    def sizeHint(self) -> QSize:
        return QSize(320, self._needed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._needed, self._line_height + 2 * RING))

    def _arrange(self) -> None:
        """Place the tiles in lines of the present width."""
        width = max(60, self.viewport().width()) - RING
        x, y, self._boxes = float(RING), float(RING), []
        for tile in self._tiles:
            wanted = min(self._tile_width(tile), width - RING)
            if x > RING and x + wanted > width:
                x, y = float(RING), y + self._line_height
            self._boxes.append(QRectF(x, y, wanted, self._tile_height))
            x += wanted + GAP
        self._needed = round(y + self._line_height + RING)
        self._set_range()
        self.updateGeometry()
        self.viewport().update()

    def _tile_width(self, tile: Tile) -> float:
        words = self._metrics.horizontalAdvance(clipped(tile.text)) + 2 * PADDING
        return max(words, self._small.horizontalAdvance("0.0"))

    def _set_range(self) -> None:
        """The scroll bar counts lines, so that none is ever cut."""
        lines = (self._needed - 2 * RING) // self._line_height
        self.verticalScrollBar().setRange(0, max(0, lines - self._lines_seen()))
        self.verticalScrollBar().setPageStep(self._lines_seen())

    def _lines_seen(self) -> int:
        """Lines that can be seen whole; at least one."""
        return max(1, (self.viewport().height() - RING) // self._line_height)

    def _scroll_to_selected(self) -> None:
        if 0 <= self._selected < len(self._boxes):
            line, bar = round(self._boxes[self._selected].top()) // self._line_height, self.verticalScrollBar()
            bar.setValue(min(max(bar.value(), line - self._lines_seen() + 1), line))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._arrange()
        self._set_range()
        self._scroll_to_selected()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, tile in enumerate(self._tiles):
            box = self.box(place)
            if 0 < box.top() < min(event.rect().bottom(), self._lines_seen() * self._line_height):
                self._paint_tile(painter, box, tile, place == self._selected)

    def _paint_tile(self, painter: QPainter, box: QRectF, tile: Tile, selected: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._background(tile))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if selected:
            self._paint_ring(painter, box)
        self._paint_words(painter, box, tile)
        if tile.loss is not None and not isnan(tile.loss):
            below = QRectF(box.left() - GAP, box.bottom() + 2, box.width() + 2 * GAP, self._small.height())
            painter.setFont(self._strong if selected else self._caption)
            painter.setPen(QColor(self._theme.ink if selected else self._theme.ink3))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{tile.loss:.1f}")

    def _paint_ring(self, painter: QPainter, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._theme.pen(self._theme.accent, self._theme.lines.chosen))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setPen(self._theme.pen(self._theme.accent, 1))
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), RADIUS + 2, RADIUS + 2)

    def _paint_words(self, painter: QPainter, box: QRectF, tile: Tile) -> None:
        """The dot that stands for a space before the word is fainter than the word."""
        theme, text = self._theme, clipped(tile.text)
        quiet = tile.faint or (tile.loss is not None and isnan(tile.loss))
        ink = theme.bad if tile.warn else theme.ink3 if quiet else theme.ink
        dot = text[:1] == "·" and len(text) > 1
        base = QPointF(box.center().x() - self._metrics.horizontalAdvance(text) / 2, self._base(box))
        painter.setFont(self._font)
        painter.setPen(QColor(theme.ink3 if dot and not tile.warn else ink))
        if dot:
            painter.drawText(base, "·")
            base += QPointF(self._metrics.horizontalAdvance("·"), 0)
            painter.setPen(QColor(ink))
        painter.drawText(base, text[1:] if dot else text)

    def _base(self, box: QRectF) -> float:
        return box.center().y() + (self._metrics.ascent() - self._metrics.descent()) / 2

    def _background(self, tile: Tile) -> QColor:
        if tile.warn:
            return QColor(self._theme.bad_soft)
        if tile.loss is None:
            return QColor(self._theme.field)
        return QColor(self._theme.panel) if isnan(tile.loss) else self._theme.loss_tint(tile.loss)

    # the person

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the panel moves, whatever shows the text

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit_asked.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        self.pointed.emit("" if place is None else self.sentence(place))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if place is None else tip(self.sentence(place)), self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit("")
        return super().viewportEvent(event)


def clipped(text: str) -> str:
    """At most LONGEST signs, with the middle left out."""
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]}…{text[-half:]}"
