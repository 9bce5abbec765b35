"""How the overlay is painted: what must not be seen through what."""

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gui.theme import DARK, LIGHT, Theme
from gui.widgets.loss_paint import FADED
from gui.widgets.overlay_layers import ForkLayer
from gui.widgets.overlay_paint import paint_fork_words

PLACE = QRectF(10, 10, 80, 30)


@pytest.mark.parametrize("opacity", [1.0, FADED])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_no_line_shows_through_the_words_of_a_fork(qapp: object, theme: Theme, opacity: float) -> None:
    image = QImage(100, 50, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    painter = QPainter(image)
    painter.setOpacity(opacity)
    fork = ForkLayer(QPointF(10, 45), theme.line2, (("Fork", theme.ink), ("Seed 1 → 2", theme.line2)), PLACE, ())
    paint_fork_words(painter, fork, theme)
    assert painter.opacity() == pytest.approx(opacity, abs=0.01)
    painter.end()
    assert image.pixelColor(11, 11) == QColor(theme.panel)
    assert image.pixelColor(5, 5) == QColor("red")
