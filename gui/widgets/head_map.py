"""One attention head in full: each row is a token and shows which tokens it looks at.

One small image is stretched; gaps, names and scale are laid over it from a pixmap that is painted only when one of
them changes, since most looks change the numbers alone.
"""

from math import ceil, floor
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Theme
from gui.widgets.colour_bar import ColourBar
from gui.widgets.colour_map import colour_table, image
from gui.widgets.kept_pixmap import renewed
from gui.widgets.thinning import thinned

LETTERS = 10  # of a token that an axis has room for
MOST_MARGIN = 0.3  # of the widget that labels may take
DENSEST = 0.9  # of a line from label to label
SPACE = 8  # pixels between labels and map
BAR_SPACE = 20  # pixels between map and scale
WORTH = 3  # times as wide as the scale the rest must be
GAPPED = 4  # pixels a cell from which on there are gaps
CRISP = 2  # device pixels a cell from which on all cells are equally large
BESIDE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
UPWARDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Label(NamedTuple):
    """A token. `text` is as it can be drawn: see gui.text.shown."""

    text: str
    warn: bool = False  # holds signs that could mislead
    faint: bool = False  # stands for something that is no text
    note: str = ""  # what else is to be said about it


class Link(NamedTuple):
    """The token of `row` looks at the token of `column`."""

    row: int
    column: int


class Map(NamedTuple):
    labels: tuple[Label, ...]  # T tokens
    levels_SS: np.ndarray  # uint8: see colour_map; S is T, or fewer where neighbours share a cell
    shares_TT: np.ndarray  # uint16, 65535 for all
    strongest: Link | None
    hides_first: bool = False  # the first column is masked
    both_ways: bool = False  # tokens look at later ones, too


class HeadMap(QWidget):
    pointed = Signal(object)  # the Link under the pointer, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Attention of one head")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._map: Map | None = None
        self._measured: tuple[Label, ...] | None = None  # labels the margin was found for
        self._overlay = QPixmap()
        self._overlay_shows: object = None
        self._under: QPointF | None = None
        self.link: Link | None = None  # under the pointer
        self.dress(LIGHT)

    # what it shows

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self._font, self._strong = theme.font("axis_token"), theme.font("axis_token", 700)
        self._metrics = QFontMetricsF(self._strong)
        self._line = self._metrics.height()
        self._bar, self._table = ColourBar(theme), colour_table(theme.mask)
        self._measured = self._overlay_shows = None
        self._make_image()
        self.updateGeometry()

    def show_map(self, shown: Map) -> None:
        """Paint other numbers; the pointer stays where it is, and so may stand on another link."""
        self._map = shown
        self._make_image()
        self.link = self._link_at(self._under)

    @property
    def marked(self) -> Link | None:
        """The link whose tokens are in bold: the one under the pointer, else the strongest."""
        return self.link or (self._map.strongest if self._map else None)

    def _make_image(self) -> None:
        self._image = image(self._map.levels_SS, self._table) if self._map else None
        labels = self._map.labels if self._map else ()
        if labels != self._measured:
            self._measured = labels
            self._find_margin()
        self.update()

    def _find_margin(self) -> None:
        """Pixels for the widest label, the same above and beside."""
        labels = self._map.labels if self._map else ()
        widest = max((self._metrics.horizontalAdvance(label.text) for label in labels), default=0.0)
        most = min(LETTERS * self._metrics.horizontalAdvance("0"), MOST_MARGIN * min(self.width(), self.height()))
        self._margin = ceil(min(widest, most)) + SPACE

    # where things are

    @property
    def room(self) -> int:
        """Device pixels there are for the side of the map."""
        return max(1, floor(self._free_side() * self.devicePixelRatioF()))

    def box(self, link: Link) -> QRectF:
        """Where a link is drawn."""
        area = self._area()
        pitch = area.width() / self._count()
        return QRectF(area.left() + link.column * pitch, area.top() + link.row * pitch, pitch, pitch)

    def sizeHint(self) -> QSize:
        return QSize(420, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(9 * self._line), round(9 * self._line))

    def _count(self) -> int:
        return len(self._map.labels) if self._map else 1

    def _bar_room(self) -> int:
        """Pixels to the right of the map; the title goes first, then the scale."""
        for wanted in (self._bar.width_with_title, self._bar.width):
            if self.width() - self._margin > WORTH * wanted:
                return BAR_SPACE + wanted
        return 1

    def _free_side(self) -> float:
        return max(8.0, min(self.width() - self._margin - self._bar_room(), self.height() - self._margin - 2))

    def _area(self) -> QRectF:
        """The square of the map; whole device pixels a cell where there are enough."""
        cells = len(self._map.levels_SS) if self._map else 1
        pitch = self._free_side() * self.devicePixelRatioF() / cells
        pitch = (pitch if pitch < CRISP else floor(pitch)) / self.devicePixelRatioF()
        return QRectF(self._margin, self._margin, cells * pitch, cells * pitch)

    def _link_at(self, point: QPointF | None) -> Link | None:
        """The link under a point; None in a future that is not seen, in the hidden column, and outside."""
        area = self._area()
        if not self._map or point is None or not area.contains(point):
            return None
        pitch = area.width() / self._count()
        row, column = floor((point.y() - area.top()) / pitch), floor((point.x() - area.left()) / pitch)
        future = column > row and not self._map.both_ways
        hidden = future or (self._map.hides_first and column == 0)
        return None if hidden or row >= self._count() else Link(row, column)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._map or not self._image:
            return
        painter, area = QPainter(self), self._area()
        pitch = area.width() / self._image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, pitch * self.devicePixelRatioF() < CRISP)
        painter.drawImage(area, self._image)
        shows = (self._map.labels, self.marked, self.size(), self.devicePixelRatioF(), self._image.width())
        if shows != self._overlay_shows:
            self._paint_overlay(area, pitch)
            self._overlay_shows = shows
        painter.drawPixmap(0, 0, self._overlay)

    def _paint_overlay(self, area: QRectF, pitch: float) -> None:
        """Whatever does not change with the numbers, into one pixmap that is used again and again."""
        self._overlay = renewed(self._overlay, self)
        painter = QPainter(self._overlay)
        if pitch >= GAPPED:
            self._paint_gaps(painter, area, pitch)
        self._paint_labels(painter)
        if self.marked:
            self._paint_frame(painter, self.box(self.marked))
        if self._bar_room() > 1:
            titled = self._bar_room() > BAR_SPACE + self._bar.width
            self._bar.paint(painter, area.right() + BAR_SPACE, area.top(), area.height(), titled)
        painter.end()

    def _paint_gaps(self, painter: QPainter, area: QRectF, pitch: float) -> None:
        """Lines along the far edge of each cell."""
        hair, panel = self._theme.lines.hair, QColor(self._theme.panel)
        for count in range(1, round(area.width() / pitch) + 1):
            painter.fillRect(QRectF(area.left() + count * pitch - hair, area.top(), hair, area.height()), panel)
            painter.fillRect(QRectF(area.left(), area.top() + count * pitch - hair, area.width(), hair), panel)

    def _paint_labels(self, painter: QPainter) -> None:
        """Rows beside, columns above; of many tokens every second or third, and those of the marked link always."""
        marked = self.marked
        for row in self._labelled(marked and marked.row):
            where = QRectF(0, self.box(Link(row, 0)).center().y() - self._line, self._margin - SPACE, 2 * self._line)
            self._paint_label(painter, where, BESIDE, row, bool(marked and row == marked.row))
        painter.save()
        painter.translate(0, self._margin)
        painter.rotate(-90)
        for column in self._labelled(marked and marked.column):
            middle = self.box(Link(0, column)).center().x()
            where = QRectF(SPACE, middle - self._line, self._margin - SPACE, 2 * self._line)
            self._paint_label(painter, where, UPWARDS, column, bool(marked and column == marked.column))
        painter.restore()

    def _labelled(self, marked: int | None) -> list[int]:
        """Which tokens of an axis have a label."""
        return thinned(self._count(), self._area().width() / self._count(), DENSEST * self._line, marked)

    def _paint_label(self, painter: QPainter, box: QRectF, where: Qt.AlignmentFlag, token: int, marked: bool) -> None:
        assert self._map
        label, theme = self._map.labels[token], self._theme
        font: QFont = self._strong if marked else self._font
        ink = theme.bad if label.warn else theme.ink if marked else theme.ink3 if label.faint else theme.ink2
        painter.setFont(font)
        painter.setPen(QColor(ink))
        text = self._metrics.elidedText(label.text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, where, text)

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        """Around the marked cell, on the gaps, so that its colour stays whole."""
        hair, width = self._theme.lines.hair, 1.5 * self._theme.lines.hair
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._theme.pen(self._theme.ink, width))
        painter.drawRoundedRect(box.adjusted(-width / 2, -width / 2, width / 2 - hair, width / 2 - hair), 2, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._find_margin()

    # the person

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def _point_at(self, point: QPointF | None) -> None:
        self._under = point
        link = self._link_at(point)
        if link != self.link:
            self.link = link
            self.update()
            self.pointed.emit(link)
