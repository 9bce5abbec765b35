"""One picture of a film, as large as there is room for; words where there is none yet."""

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.explain import explain
from gui.theme import LIGHT, Theme

WAITING = "Drawing…"
ROOM = 16  # pixels beside words


class FilmPicture(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = LIGHT, WAITING
        self._image, self._scaled = QImage(), QPixmap()
        explain(self, "Preview", "One picture of the film")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(320, 180)

    def show_pixels(self, picture_YX3: np.ndarray) -> None:
        """uint8."""
        high, wide, _ = picture_YX3.shape
        rows = np.ascontiguousarray(picture_YX3)
        self._image = QImage(rows.tobytes(), wide, high, 3 * wide, QImage.Format.Format_RGB888).copy()
        self._words, self._scaled = "", QPixmap()
        self.updateGeometry()
        self.update()

    def show_words(self, words: str) -> None:
        """In place of a picture."""
        self._image, self._words = QImage(), words
        self.update()

    @property
    def empty(self) -> bool:
        """There is no picture."""
        return self._image.isNull()

    def dots(self) -> int:
        """Width in real pixels: as wide a picture is as sharp as it can be seen here."""
        return round(self.width() * self.devicePixelRatioF())

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the picture; until there is one, as high as a film is."""
        size = self._image.size() if not self.empty else QSize(16, 9)
        return round(width * size.height() / size.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scaled = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        if self.empty:
            painter.fillRect(self.rect(), theme.field)
            painter.setPen(theme.ink3)
            painter.setFont(theme.font("small"))
            box = self.rect().adjusted(ROOM, ROOM, -ROOM, -ROOM)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
            return
        box = self._box()
        painter.drawPixmap(box.topLeft(), self._fitted(box.size()))
        painter.setPen(theme.pen(theme.line))
        painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _box(self) -> QRect:
        """In the middle, with the shape of the picture."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(self.rect().center())
        return box

    def _fitted(self, size: QSize) -> QPixmap:
        """Made once for each picture and size: scaling well is slow."""
        if self._scaled.isNull():
            ratio = self.devicePixelRatioF()
            keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._scaled = QPixmap.fromImage(self._image.scaled(size * ratio, keep, smooth))
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled
