"""Shares as one byte each, and bytes as colours: viridis over the square root, the same in every theme.

Viridis is computed from a fit of our own, because importing a plotting library for one table takes longer than the
window. Plain QImages with a colour table do the rest: a repaint copies bytes, and there is no scene to keep.
"""

import numpy as np
from numpy.polynomial.chebyshev import chebval
from PySide6.QtGui import QColor, QImage

ALL = 65535  # stands for a share of 1
TOP = 253  # the level of a share of 1
MASK, GAP = 254, 255  # levels that are no share: what cannot be seen, and what is between two maps
LEVEL_OF = np.round(np.sqrt(np.arange(ALL + 1) / ALL) * TOP).astype(np.uint8)
# Chebyshev coefficients on 0 to 1; at most 3 of 255 away from viridis (van der Walt and Smith, CC0)
FIT = (
    (0.4084, 0.2992, 0.2544, 0.0811, -0.0339, -0.0186, -0.0025, 0.0081),
    (0.5188, 0.4547, -0.0573, -0.0048, -0.0083, 0.0007, 0.0023, 0.0008),
    (0.3754, -0.1470, -0.1715, 0.0209, 0.0136, 0.0286, 0.0129, 0.0044),
)

# Colours at even distances; in between at most 7 of 255 away from cividis (Nuñez, Anderton and Renslow 2018)
CIVIDIS = (
    *("00204d", "002b67", "00356e", "28406c", "3d4a6b", "4d556c", "5b606e", "696b71", "767676"),
    *("848179", "928d78", "a19976", "b1a573", "c1b26d", "d1bf66", "e2cd5c", "f3db4f", "ffea46"),
)


def levels(shares: np.ndarray) -> np.ndarray:
    """uint16 shares, 65535 for all, to uint8 levels; any shape."""
    return np.take(LEVEL_OF, shares)


def place(share: float) -> float:
    """Where a share from 0 to 1 stands on the colour bar, from 0 to 1: small ones are told apart best."""
    return float(np.sqrt(share))


def viridis(count: int) -> np.ndarray:
    """`count` colours from dark to bright, uint8 of shape (count, 3)."""
    at = np.linspace(-1.0, 1.0, count)
    parts = np.stack([chebval(at, fit) for fit in FIT], axis=-1)
    return np.round(parts.clip(0, 1) * 255).astype(np.uint8)


def cividis(count: int) -> np.ndarray:
    """`count` colours from dark to bright, uint8 of shape (count, 3)."""
    knots = np.array([tuple(bytes.fromhex(knot)) for knot in CIVIDIS])
    at = np.linspace(0, len(knots) - 1, count)
    parts = [np.interp(at, np.arange(len(knots)), knots[:, part]) for part in range(3)]
    return np.round(np.stack(parts, axis=-1)).astype(np.uint8)


def colour_table(mask: str) -> list[int]:
    """256 colours for Qt, one a level: the shares, then `mask` (#rrggbb), then nothing."""
    colours = [QColor(*colour).rgba() for colour in viridis(TOP + 1).tolist()]
    return [*colours, QColor(mask).rgba(), 0]


def image(levels_YX: np.ndarray, table: list[int]) -> QImage:
    """Levels as a picture of its own memory, one pixel each."""
    pixels = np.ascontiguousarray(levels_YX)
    height, width = pixels.shape
    made = QImage(pixels.data, width, height, width, QImage.Format.Format_Indexed8).copy()
    made.setColorTable(table)
    return made
