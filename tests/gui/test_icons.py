"""Our icons: all are there, all take the colour they are given, none needs the network."""

import re
from importlib.resources import files
from typing import get_args

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from gui.icons import APP_SIZES, IconName, app_icon, icon, pixmap
from gui.theme import LIGHT

FOLDER = files("assets") / "icons"
NAMES = get_args(IconName)
COLOURED = [name for name in NAMES if name != "app"]

pytestmark = pytest.mark.usefixtures("qapp")


def painted(picture):
    """Colours that are there in full, and how many pixels are touched at all."""
    points = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return {point.name() for point in points if point.alpha() == 255}, sum(point.alpha() > 0 for point in points)


def test_every_name_has_a_drawing_and_every_drawing_a_name():
    assert sorted(NAMES) == list(NAMES)
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(["LICENSE", *(f"{name}.svg" for name in NAMES)])


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_on_the_grid_and_holds_no_address(name):
    source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 256 256"' in source if name == "app" else 'viewBox="0 0 16 16"' in source
    assert re.findall(r"https?://[^\"]+", source) == ["http://www.w3.org/2000/svg"]
    assert "<text" not in source
    assert "gradient" not in source.lower()


@pytest.mark.parametrize("name", COLOURED)
def test_a_drawing_takes_the_colour_it_is_given(name):
    source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', source)) <= {"none", "currentColor"}
    colours, touched = painted(pixmap(name, "#1e7a4c", 64).toImage())
    assert colours == {"#1e7a4c"}
    assert 100 < touched < 64 * 64 * 0.6


def test_all_drawings_differ():
    assert len({bytes(pixmap(name, LIGHT.ink, 32).toImage().constBits()) for name in NAMES}) == len(NAMES)


def test_a_dense_screen_gets_as_many_pixels_as_it_has():
    picture = pixmap("play", LIGHT.ink, 16, ratio=2.0)
    assert picture.size() == QSize(32, 32)
    assert picture.deviceIndependentSize().toSize() == QSize(16, 16)
    assert {size.width() for size in icon("play", LIGHT.ink).availableSizes()} == {16, 32, 48}


def test_a_button_that_is_off_has_a_fainter_icon():
    made = icon("play", LIGHT.ink)
    on, off = (made.pixmap(16, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    assert on.pixelColor(8, 8).alpha() == 255
    assert 100 < off.pixelColor(8, 8).alpha() < 130


def test_the_program_has_its_icon_in_every_size():
    assert {size.width() for size in app_icon().availableSizes()} == set(APP_SIZES)
    colours, touched = painted(pixmap("app", "", 64).toImage())
    assert len(colours) > 5
    assert touched > 64 * 64 * 0.6
