"""How wide a text is and how high its lines are, in millimetres, measured in the fonts it will be drawn in."""

from functools import lru_cache
from typing import Any

from gui.export.page.fonts import FEATURES, file_of, legible
from gui.export.paper import MM_PER_INCH, POINTS_PER_INCH

MM_PER_POINT = MM_PER_INCH / POINTS_PER_INCH
MEASURED = 100  # points at which widths are measured: they grow with the size
LINE = 1.25  # heights of the type from line to line
ASCENT, DESCENT, CAPITAL = 0.76, 0.22, 0.73  # of the type: letters with arms and tails, and a capital


def width(text: str, points: float, mono: bool = False, bold: bool = False, font: str = "Inter") -> float:
    """In millimetres, of one line, with the spaces at its ends."""
    return _width_of_100(text, mono, bold, font) * points / MEASURED


def line_height(points: float) -> float:
    """In millimetres, from one base line to the next."""
    return points * LINE * MM_PER_POINT


@lru_cache(maxsize=16384)  # the same few words again and again
def _width_of_100(text: str, mono: bool, bold: bool, font: str) -> float:
    from matplotlib.font_manager import get_font
    from matplotlib.ft2font import LoadFlags

    if not text:
        return 0.0
    drawn = legible(text, font, mono)
    face = get_font([file_of(family, bold) for family in drawn.families])
    face.set_size(MEASURED, POINTS_PER_INCH)
    features: Any = FEATURES
    face.set_text(drawn.text, 0.0, flags=LoadFlags.NO_HINTING, features=features)
    return float(face.get_width_height()[0] / 64 * MM_PER_POINT)
