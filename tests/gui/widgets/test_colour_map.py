"""Shares as levels, and levels as colours."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from gui.theme import DARK, LIGHT
from gui.widgets.colour_map import ALL, GAP, MASK, TOP, cividis, colour_table, image, levels, place, viridis


def test_levels_are_the_square_root_of_shares():
    shares = np.array([0, ALL // 100, ALL // 4, ALL], np.uint16)
    assert levels(shares).tolist() == [0, round(0.1 * TOP), round(0.5 * TOP), TOP]


def test_levels_never_fall_and_never_reach_what_is_no_share():
    made = levels(np.arange(ALL + 1, dtype=np.uint16)).astype(int)
    assert (np.diff(made) >= 0).all()
    assert made.max() == TOP < MASK < GAP


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.5, 1.0])
def test_a_share_has_the_same_place_on_the_bar_as_among_the_levels(share):
    level = levels(np.array([round(share * ALL)], np.uint16))[0]
    assert level / TOP == pytest.approx(place(share), abs=1 / TOP)


def test_our_fit_is_viridis_as_far_as_an_eye_can_tell():
    pyqtgraph = pytest.importorskip("pyqtgraph")
    theirs = pyqtgraph.colormap.get("viridis").getLookupTable(0.0, 1.0, 256)[:, :3]
    assert np.abs(viridis(256).astype(int) - theirs.astype(int)).max() <= 3


def test_our_knots_are_cividis_as_far_as_an_eye_can_tell():
    pyqtgraph = pytest.importorskip("pyqtgraph")
    theirs = pyqtgraph.colormap.get("cividis").getLookupTable(0.0, 1.0, 256)[:, :3]
    assert np.abs(cividis(256).astype(int) - theirs.astype(int)).max() <= 7


@pytest.mark.parametrize("colours", [viridis, cividis])
def test_more_is_always_brighter(colours):
    red, green, blue = colours(TOP + 1).astype(float).T
    brightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    assert (np.diff(brightness) > -0.5).all()
    assert brightness[-1] > 5 * brightness[0]


def test_a_share_has_the_same_colour_in_every_theme_and_the_mask_its_own():
    light, dark = colour_table(LIGHT.mask), colour_table(DARK.mask)
    assert light[: TOP + 1] == dark[: TOP + 1]
    assert QColor.fromRgba(light[MASK]).name().upper() == LIGHT.mask
    assert QColor.fromRgba(dark[MASK]).name().upper() == DARK.mask
    assert QColor.fromRgba(light[GAP]).alpha() == 0


@pytest.mark.parametrize("width", [1, 3, 5, 64])
def test_an_image_has_each_level_at_its_place_whatever_its_width(width):
    pixels = np.arange(4 * width, dtype=np.uint8).reshape(4, width)
    made = image(pixels, colour_table(LIGHT.mask))
    assert [[made.pixelIndex(x, y) for x in range(width)] for y in range(4)] == pixels.tolist()


def test_an_image_outlives_its_numbers():
    pixels = np.full((2, 3), 7, np.uint8)
    made = image(pixels, colour_table(LIGHT.mask))
    pixels[:] = 9
    assert made.pixelIndex(1, 1) == 7


def test_a_part_of_a_larger_array_is_a_picture_too():
    pixels = np.arange(100, dtype=np.uint8).reshape(10, 10)[2:5, 3:7]
    made = image(pixels, colour_table(LIGHT.mask))
    assert made.pixelIndex(0, 0) == 23
    assert made.pixelIndex(3, 2) == 46
