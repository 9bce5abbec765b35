"""Where the window opens: where it was, as long as a screen is still there."""

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

SMALLEST, USUAL = QSize(960, 600), QSize(1600, 900)
SEEN = 100  # pixels that must lie on a screen, each way


def put_on_screen(window: QWidget, geometry: QByteArray) -> None:
    """Before it is shown. A place on a screen that is gone is given up for the usual one."""
    window.setMinimumSize(SMALLEST)
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not geometry.isEmpty() and window.restoreGeometry(geometry) and is_seen(window.geometry(), screens):
        return
    place = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(USUAL.boundedTo(place.size()).expandedTo(SMALLEST))
    window.move(place.center() - window.rect().center())


def is_seen(place: QRect, screens: list[QRect]) -> bool:
    """Whether enough of it lies on one of the screens to be grabbed."""
    common = [place.intersected(screen) for screen in screens]
    return any(part.width() >= SEEN and part.height() >= SEEN for part in common)
