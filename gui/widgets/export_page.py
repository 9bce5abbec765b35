"""How a figure will sit on a page of a paper: grey lines for the text, and the figure among them."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LIGHT, Theme, mix

PAGE = (210.0, 297.0)  # A4, in mm, as are all lengths below
MARGIN, COLUMN, GUTTER = 17.0, 85.0, 6.0
TEXT_TOP, FOOT, LINE, INK = 44.0, 18.0, 6.0, 1.6
COLUMN_FIGURE, WIDE_FIGURE = 92.0, 62.0  # where a figure begins
AROUND = 6.0  # between figure and text
WIDEST, HIGHEST = 2 * COLUMN + GUTTER, PAGE[1] - WIDE_FIGURE - FOOT
PARAGRAPHS = (9, 7, 14, 4, 8, 3, 11)  # lines of each
SHORT = 0.55  # of a line that ends a paragraph


class Place(NamedTuple):
    """A box in mm from the upper left corner of the page."""

    left: float
    top: float
    width: float
    height: float


def place_on_page(width: float, height: float) -> Place | None:
    """Of a figure of so many mm: in a column or across both, or nowhere."""
    if width > WIDEST or height > HIGHEST:
        return None
    if width <= COLUMN:
        left, top = MARGIN + COLUMN + GUTTER + (COLUMN - width) / 2, min(COLUMN_FIGURE, PAGE[1] - FOOT - height)
        return Place(left, top, width, height)
    return Place(MARGIN + (WIDEST - width) / 2, WIDE_FIGURE, width, height)


def lines_around(figure: Place) -> list[Place]:
    """The lines of text, none of which touches the figure."""
    made = []
    ends = {sum(PARAGRAPHS[: count + 1]) for count in range(len(PARAGRAPHS))}
    clear = QRectF(figure.left, figure.top - AROUND, figure.width, figure.height + 2 * AROUND)
    for column in range(2):
        left = MARGIN + column * (COLUMN + GUTTER)
        for number in range(int((PAGE[1] - FOOT - TEXT_TOP) // LINE)):
            width = COLUMN * (SHORT if number + 1 + 5 * column in ends else 1)
            line = Place(left, TEXT_TOP + number * LINE, width, INK)
            if not clear.intersects(QRectF(left, line.top, COLUMN, INK)):
                made.append(line)
    return made


class PageSketch(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._picture, self._place = LIGHT, QImage(), place_on_page(COLUMN, 60.0)
        self.setAccessibleName("The figure on a page")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(80)

    def show_figure(self, picture: QImage, width: float, height: float) -> None:
        """Of so many mm; one that has no place on a page hides this."""
        self._picture, self._place = picture, place_on_page(width, height)
        self.update()

    @property
    def fits(self) -> bool:
        """The figure has a place on a page."""
        return self._place is not None

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self.setMaximumHeight(self.sizeHint().height())  # what follows stands right below it
        self.update()

    def sizeHint(self) -> QSize:
        wide = 184 * self._theme.pixels("small") / LIGHT.pixels("small")
        return QSize(round(wide), round(wide * PAGE[1] / PAGE[0]))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._place is None:
            return
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wish = self.sizeHint()
        scale = min((wish.width() - 1) / PAGE[0], (self.width() - 1) / PAGE[0], (self.height() - 1) / PAGE[1])
        painter.setPen(theme.pen(theme.line))
        painter.setBrush(LIGHT.panel if not theme.dark else theme.field)
        painter.drawRect(QRectF(0.5, 0.5, round(PAGE[0] * scale), round(PAGE[1] * scale)))
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_text(painter, scale, self._place)
        self._paint_figure(painter, scale, self._place)

    def _paint_text(self, painter: QPainter, scale: float, figure: Place) -> None:
        """A headline, its authors, and two columns."""
        theme = self._theme
        painter.setBrush(mix(theme.line, theme.edge, 0.6))
        painter.drawRect(_box(Place(MARGIN, 20, 150, 3.6), scale))
        painter.setBrush(mix(theme.line, theme.edge, 0.25))
        painter.drawRect(_box(Place(MARGIN, 29, 84, 2.4), scale))
        for line in lines_around(figure):
            painter.drawRect(_box(line, scale))

    def _paint_figure(self, painter: QPainter, scale: float, figure: Place) -> None:
        box = _box(figure, scale)
        if not self._picture.isNull():
            ratio = self.devicePixelRatioF()
            small = self._picture.scaled(
                round(box.width() * ratio),
                round(box.height() * ratio),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            painter.drawImage(box, small)
        painter.setPen(self._theme.pen(self._theme.accent, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)


def _box(place: Place, scale: float) -> QRectF:
    return QRectF(place.left * scale, place.top * scale, place.width * scale, place.height * scale)
