"""The whole window as pictures of a film: the playhead is moved, what is on show settles, and the window is grabbed."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from gui.export.film.choices import Film
from gui.export.film.frames import fitted

if TYPE_CHECKING:
    from gui.window import Window

SETTLED = 0.3  # seconds until slow text, which is painted four times a second, is that of the step


def show_step(window: "Window", step: int) -> None:
    """All panels, at once and whatever is due; the slow text follows."""
    session = window.session
    session.playhead.seek(step, session.recording)
    for panel in window.panels:
        panel.refresh(session.recording, step)
    window.take_in()


def grabbed(window: "Window", film: Film) -> np.ndarray:
    """As it is on the screen, as wide as the film, of shape YX3; both sides are even."""
    image, width = window.grab().toImage(), film.size[0]
    height = round(width * image.height() / image.width() / 2) * 2
    if image.width() != width:
        image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    return fitted(pixels(image), width, height)


def pixels(image: QImage) -> np.ndarray:
    """A copy, of shape YX3: the image may go."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()
