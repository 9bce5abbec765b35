"""Pictures as other eyes see them."""

import numpy as np
import pytest

from gui.export.eyesight import SIGHTS, lightness, mixed, seen

RED, GREEN, BLUE = ([[[200, 0, 0]]], [[[0, 130, 0]]], [[[0, 0, 200]]])


def looked_at(pixels: object, sight: str) -> np.ndarray:
    return seen(np.array(pixels, np.uint8), sight).astype(int).ravel()


@pytest.mark.parametrize("sight", SIGHTS)
def test_black_grey_and_white_stay_as_they_are(sight: str) -> None:
    greys_YXC = np.repeat(np.array([[0, 60, 128, 200, 255]], np.uint8)[..., None], 3, axis=2)
    looked = seen(greys_YXC, sight)
    assert (looked.shape, looked.dtype) == (greys_YXC.shape, np.uint8)
    assert np.abs(looked.astype(int) - greys_YXC).max() <= 1


def test_grey_has_no_colour_and_keeps_what_is_bright() -> None:
    red, green, blue = (looked_at(colour, "grey") for colour in (RED, GREEN, BLUE))
    assert all(len(set(grey)) == 1 for grey in (red, green, blue))
    assert blue[0] < red[0] < green[0]


def test_red_and_green_come_close_without_the_cones_for_green() -> None:
    def apart(sight: str, one: object, other: object) -> float:
        return float(np.abs(looked_at(one, sight) - looked_at(other, sight)).sum())

    assert apart("colour-blind", RED, GREEN) < 0.6 * apart("colour", RED, GREEN)
    assert apart("colour-blind", RED, BLUE) > 0.6 * apart("colour", RED, BLUE)


def test_lightness_is_that_of_cie() -> None:
    assert lightness("#000000") == 0
    assert lightness("#ffffff") == pytest.approx(100, abs=0.01)
    assert lightness("#777777") == pytest.approx(50.03, abs=0.1)
    assert lightness("#0000ff") == pytest.approx(32.3, abs=0.1)


def test_a_faint_colour_is_mixed_with_what_lies_below() -> None:
    assert mixed("#ffffff", "#000000", 1.0) == "#000000"
    assert mixed("#ffffff", "#000000", 0.0) == "#ffffff"
    assert mixed("#ffffff", "#0072b2", 0.5) == "#80b8d8"
