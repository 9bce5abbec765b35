"""The page as it will be, as large as there is room, between two rulers."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.explain import explain
from gui.theme import LIGHT, Theme
from gui.widgets.export_rulers import paint_rulers

ACROSS, ABOVE, ROOM = 44, 30, 16  # pixels for the rulers, and on the other sides
FINER = 2.0  # dots for each one of the screen: closer to print than the screen's own letters
MM_PER_INCH, SCREEN_DPI = 25.4, 96.0
SETTLED_MS = 150  # after the last change of size
WAITING = "Drawing…"


class PagePreview(QWidget):
    resized = Signal()  # there is another amount of room

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._image, self._scaled = LIGHT, QImage(), QPixmap()
        self._page, self._words = (85.0, 60.0), WAITING
        explain(self, "Preview", "The page as it will be")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self.resized)

    def show_page(self, image: QImage, width: float, height: float) -> None:
        """A picture of a page of so many mm."""
        self._image, self._page, self._words = image, (width, height), ""
        self._scaled = QPixmap()
        self.update()

    def show_words(self, words: str) -> None:
        """In place of a picture, where there is none."""
        self._image, self._words, self._scaled = QImage(), words, QPixmap()
        self.update()

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def pixels_per_mm(self, width: float, height: float) -> float:
        """At which a page of so many mm just fits."""
        across, down = self.width() - ACROSS - ROOM, self.height() - ABOVE - ROOM
        return max(0.01, min(across / width, down / height))

    def room(self) -> tuple[float, float]:
        """Dots across and down that a picture of a page needs to fill this."""
        finer = FINER * self.devicePixelRatioF()
        return finer * (self.width() - ACROSS - ROOM), finer * (self.height() - ABOVE - ROOM)

    @property
    def share(self) -> float:
        """Of its real size, as screens count."""
        return self.pixels_per_mm(*self._page) * MM_PER_INCH / SCREEN_DPI

    def page_box(self) -> QRectF:
        """Where the page lies, in pixels; in the middle of the room right of the ruler."""
        scale = self.pixels_per_mm(*self._page)
        wide, high = (round(side * scale) for side in self._page)
        left = ACROSS + (self.width() - ACROSS - ROOM - wide) // 2
        top = ABOVE + max(0, (self.height() - ABOVE - ROOM - high) // 2)
        return QRectF(left, top, wide, high)

    def sizeHint(self) -> QSize:
        return QSize(640, 460)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scaled = QPixmap()
        self._settled.start(0 if self._image.isNull() else SETTLED_MS)  # the first page is wanted at once

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, box = QPainter(self), self._theme, self.page_box()
        paint_rulers(painter, theme, box, self.pixels_per_mm(*self._page))
        painter.fillRect(box, theme.panel)
        painter.setPen(theme.ink3)
        if self._image.isNull():
            painter.setFont(theme.font("small"))
            inside = box.adjusted(ROOM, ROOM, -ROOM, -ROOM)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
        else:
            painter.drawPixmap(box.topLeft(), self._fitted(box))
        painter.setPen(theme.pen(theme.edge))
        painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _fitted(self, box: QRectF) -> QPixmap:
        """Made once for each picture and size: scaling well is slow."""
        if self._scaled.isNull():
            ratio = self.devicePixelRatioF()
            size = (box.size() * ratio).toSize()
            keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._scaled = QPixmap.fromImage(self._image.scaled(size, keep, smooth))
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled
