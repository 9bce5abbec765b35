"""Our own icons: SVG on a 16-px grid, in a colour of the theme; icon fonts are blocked at many schools."""

from functools import cache
from importlib.resources import files
from typing import Literal

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

IconName = Literal[
    "app",  # the program itself; keeps its own colours
    "branch",
    "cancel",
    "check",
    "close",
    "copy",
    "export",
    "folder",
    "lecture-exit",
    "live",
    "pause",
    "pencil",
    "play",
    "plus",
    "restart",
    "search",
    "sliders",
    "step",
    "undo",
    "warning",
]
RATIOS = (1.0, 2.0, 3.0)  # device pixels a pixel; Qt shrinks the next larger one
OFF = 0.45  # opacity of what cannot be pressed
APP_SIZES = (16, 24, 32, 48, 64, 128, 256)  # what window systems ask for


def icon(name: IconName, colour: str, size: int = 16) -> QIcon:
    """Sharp on every screen, and fainter on a button that is off. `colour` is #rrggbb, `size` in pixels."""
    made = QIcon()
    for ratio in RATIOS:
        made.addPixmap(pixmap(name, colour, size, ratio), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, colour, size, ratio, OFF), QIcon.Mode.Disabled)
    return made


def app_icon() -> QIcon:
    """The program's own, in every size a window system asks for."""
    made = QIcon()
    for size in APP_SIZES:
        made.addPixmap(pixmap("app", "", size))
    return made


def pixmap(name: IconName, colour: str, size: int = 16, ratio: float = 1.0, opacity: float = 1.0) -> QPixmap:
    """`size` pixels a side on a screen with `ratio` device pixels to each."""
    drawing = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    side = round(size * ratio)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setOpacity(opacity)
    drawing.render(painter)
    painter.end()
    made.setDevicePixelRatio(ratio)  # after painting: the painter counts device pixels
    return made


@cache
def _source(name: IconName) -> str:
    return files("assets").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")
