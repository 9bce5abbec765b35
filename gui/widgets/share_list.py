"""Shares as short bars under each other: a name, its bar, its percent. The track is all there is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.text import percent
from gui.theme import LIGHT, Role, Theme

TALL, GAP, MOST_NAME = 8, 8, 0.5  # pixels at reading size: bar, between columns; share of the width for names
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ShareList(QWidget):
    """`role` is the type of the names: tokens stand in mono."""

    def __init__(self, name: str, role: Role = "small", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role = name, role
        self._shares: tuple[tuple[str, float], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme, self._scale = theme, theme.pixels("small") / 12
        self._font, self._small, self._caption = theme.font(self._role), theme.font("small"), theme.font("caption")
        self._line = round(QFontMetricsF(self._font).height() + 3)
        self.updateGeometry()
        self.update()

    def show_shares(self, shares: tuple[tuple[str, float], ...]) -> None:
        """Paints only what differs."""
        if shares == self._shares:
            return
        self._shares = shares
        self.setAccessibleDescription(", ".join(f"{name} {percent(share)}" for name, share in shares))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, self._line * (len(self._shares) + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._caption)
        painter.setPen(QColor(self._theme.ink3))
        painter.drawText(QRectF(0, 0, self.width(), self._line), MIDDLE, self._name)
        names = QFontMetricsF(self._font)
        widest = max((names.horizontalAdvance(name) for name, _ in self._shares), default=0.0)
        left = min(widest, MOST_NAME * self.width()) + GAP * self._scale
        for row, (name, share) in enumerate(self._shares, 1):
            self._paint_row(painter, QRectF(0, row * self._line, self.width(), self._line), left, name, share)

    def _paint_row(self, painter: QPainter, row: QRectF, left: float, name: str, share: float) -> None:
        theme, right = self._theme, QFontMetricsF(self._small).horizontalAdvance("<0.1 %") + GAP * self._scale
        painter.setFont(self._font)
        painter.setPen(QColor(theme.ink))
        room = left - GAP * self._scale + 1
        painter.drawText(row, MIDDLE, QFontMetricsF(self._font).elidedText(name, Qt.TextElideMode.ElideRight, room))
        tall = TALL * self._scale
        track = QRectF(left, row.center().y() - tall / 2, max(0.0, row.width() - left - right), tall)
        painter.fillRect(track, QColor(theme.field))
        painter.fillRect(QRectF(track.left(), track.top(), max(1.0, track.width() * share), tall), QColor(theme.line1))
        painter.setFont(self._small)
        painter.setPen(QColor(theme.ink2))
        painter.drawText(row, MIDDLE | Qt.AlignmentFlag.AlignRight, percent(share))
