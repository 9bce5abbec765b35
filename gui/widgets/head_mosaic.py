"""All attention heads of all layers at once, as one image: layers downwards, heads to the right, one of them chosen."""

from math import floor
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Theme
from gui.widgets.colour_map import colour_table, image
from gui.widgets.explained import Explained
from gui.widgets.thinning import thinned

FRAME = 16  # a head is parted from the next by one sixteenth of its side
SPACE = 4  # pixels between numbers and heads
CRISP = 1.5  # device pixels a cell from which on its edges stay sharp
BESIDE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ABOVE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Home: (0, -(10**6)),
    Qt.Key.Key_End: (0, 10**6),
}


class Head(NamedTuple):
    """Counted from 0; people count from 1."""

    layer: int
    head: int

    def __str__(self) -> str:
        return f"Layer {self.layer + 1}, head {self.head + 1}"


class Heads(NamedTuple):
    """All heads in one image: each `side` cells wide and high, `gap` cells from the next."""

    levels_YX: np.ndarray  # uint8: see colour_map
    layers: int
    heads: int
    side: int
    gap: int
    chosen: Head


class HeadMosaic(Explained):
    """A click or the arrow keys choose a head; nothing is chosen until the panel says so."""

    chosen = Signal(object)  # a Head

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Attention heads")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._heads: Heads | None = None
        self.dress(LIGHT)

    # what it shows

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self._font = theme.font("caption")
        self._metrics = QFontMetricsF(self._font)
        self._line = self._metrics.height()
        self._ring = round(theme.lines.chosen) + 4
        self._top = round(self._line + self._ring + SPACE)
        self._left = round(self._line + self._metrics.horizontalAdvance("24") + self._ring + 3 * SPACE)
        self._table = colour_table(theme.mask)
        self._make_image()
        self.updateGeometry()

    def show_heads(self, heads: Heads) -> None:
        """Paint other numbers, or ring another head."""
        self._heads = heads
        self.setAccessibleDescription(f"{heads.chosen} of {heads.layers} layers with {heads.heads} heads each.")
        self._make_image()

    def _make_image(self) -> None:
        self._image = image(self._heads.levels_YX, self._table) if self._heads else None
        self.update()

    # where things are

    def room(self, layers: int, heads: int) -> int:
        """Device pixels there are for the side of one head."""
        width, height = self.width() - self._left - self._ring, self.height() - self._top - self._ring
        side = min(width / (heads + (heads - 1) / FRAME), height / (layers + (layers - 1) / FRAME))
        return max(1, floor(side * self.devicePixelRatioF()))

    def box(self, head: Head) -> QRectF:
        """Where a head is drawn."""
        side, pitch = self._side_and_pitch()
        return QRectF(self._left + head.head * pitch, self._top + head.layer * pitch, side, side)

    def head_at(self, point: QPointF) -> Head | None:
        """The head under a point; the gap belongs to the one before it."""
        if not self._heads:
            return None
        pitch = self._side_and_pitch()[1]
        head = Head(floor((point.y() - self._top) / pitch), floor((point.x() - self._left) / pitch))
        inside = 0 <= head.layer < self._heads.layers and 0 <= head.head < self._heads.heads
        return head if inside else None

    def sizeHint(self) -> QSize:
        return QSize(self._left + 256, self._top + 256)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left + 96, self._top + 96)

    def _side_and_pitch(self) -> tuple[float, float]:
        """Pixels a head has, and from one to the next."""
        assert self._heads
        side, gap, scale = self._heads.side, self._heads.gap, self._scale()
        return side * scale, (side + gap) * scale

    def _scale(self) -> float:
        """Pixels a cell has."""
        assert self._heads
        rows, columns = self._heads.levels_YX.shape
        width, height = self.width() - self._left - self._ring, self.height() - self._top - self._ring
        return float(max(min(width / columns, height / rows), 0.1))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._heads or not self._image:
            return
        painter = QPainter(self)
        self._paint_numbers(painter)
        scale = self._scale()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale * self.devicePixelRatioF() < CRISP)
        size = self._image.size()
        painter.drawImage(QRectF(self._left, self._top, size.width() * scale, size.height() * scale), self._image)
        self._paint_ring(painter, self.box(self._heads.chosen))

    def _paint_numbers(self, painter: QPainter) -> None:
        """Heads above, layers to the left."""
        assert self._heads
        heads, layers, chosen = self._heads.heads, self._heads.layers, self._heads.chosen
        side, pitch = self._side_and_pitch()
        painter.setFont(self._font)
        for head in thinned(heads, pitch, 1.4 * self._metrics.horizontalAdvance(str(heads)), chosen.head):
            box = QRectF(self._left + head * pitch - side, 0, 3 * side, self._line)
            self._paint_number(painter, box, ABOVE, head, head == chosen.head)
        for layer in thinned(layers, pitch, self._line, chosen.layer):
            box = QRectF(0, self._top + layer * pitch - side, self._left - self._ring - SPACE, 3 * side)
            self._paint_number(painter, box, BESIDE, layer, layer == chosen.layer)
        self._paint_words(painter, layers * pitch)

    def _paint_number(self, painter: QPainter, box: QRectF, where: Qt.AlignmentFlag, number: int, chosen: bool) -> None:
        painter.setPen(QColor(self._theme.ink if chosen else self._theme.ink3))
        painter.drawText(box, where, str(number + 1))

    def _paint_words(self, painter: QPainter, tall: float) -> None:
        """What the numbers count: "head" in the corner, "layer" upwards along `tall` pixels."""
        painter.setPen(QColor(self._theme.ink3))
        painter.drawText(QRectF(0, 0, self._left - self._ring - SPACE, self._line), BESIDE, "head")
        if tall < self._metrics.horizontalAdvance("layer"):
            return
        painter.save()
        painter.translate(0, self._top + tall / 2)
        painter.rotate(-90)
        painter.drawText(QRectF(-tall / 2, 0, tall, self._line), ABOVE, "layer")
        painter.restore()

    def _paint_ring(self, painter: QPainter, box: QRectF) -> None:
        """One for the chosen head, a second one around it for the keyboard."""
        pen = self._theme.lines.chosen
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.pen(self._theme.accent, pen))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        around = box.adjusted(-pen / 2 - 1, -pen / 2 - 1, pen / 2 + 1, pen / 2 + 1)
        painter.drawRoundedRect(around, 3, 3)
        if self.hasFocus():
            painter.setPen(self._theme.pen(self._theme.accent, 1))
            painter.drawRoundedRect(around.adjusted(-2.5, -2.5, 2.5, 2.5), 5, 5)

    # the person

    def mousePressEvent(self, event: QMouseEvent) -> None:
        head = self.head_at(event.position())
        if head and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(head)

    def sentence_at(self, point: QPointF) -> str:
        """What is under a point, in words; empty where there is no head."""
        head = self.head_at(point)
        return f"{head}. Click to see it large." if head else ""

    def event(self, event: QEvent) -> bool:
        """Arrow keys are ours while we have the focus, although the window has shortcuts on them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in MOVES:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._heads or event.key() not in MOVES:
            event.ignore()
            return
        down, right = MOVES[Qt.Key(event.key())]
        chosen = self._heads.chosen
        layer = min(max(chosen.layer + down, 0), self._heads.layers - 1)
        self.chosen.emit(Head(layer, min(max(chosen.head + right, 0), self._heads.heads - 1)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()


def gap_cells(side: int) -> int:
    """Cells between two heads of `side` cells."""
    return max(1, round(side / FRAME))
