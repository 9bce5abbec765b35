"""All heads are there, in their places, in their colours: none stretched, no strong cell lost."""

import numpy as np
import pytest

from gui.export.flow.blocks import height
from gui.export.flow.mosaic import image, strongest
from gui.export.page.drawing import Call
from gui.export.page.ink import Ink
from gui.export.page.measure import width
from gui.export.paper import Paper
from gui.export.sheet import Mosaic
from gui.theme import LIGHT
from gui.widgets.colour_map import viridis
from tests.gui.export.flowing import BOX, PAPER, drawn, mosaic, places, said


def picture(made: list[Call]) -> Call:
    return next(call for call in made if call.method == "imshow")


def frame(block: Mosaic, row: int, column: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of one map."""
    left, right, _, top = picture(drawn(block)).named["extent"]
    _, columns, Y, X = block.values_RCYX.shape
    gap = max(1, round(max(Y, X) / 16))
    cell = (right - left) / (columns * (X + gap) - gap)
    x, y = left + column * (X + gap) * cell, top - row * (Y + gap) * cell
    return x, y - Y * cell, x + X * cell, y


def test_each_cell_has_the_colour_of_its_value_the_mask_or_the_page() -> None:
    block = Mosaic(np.array([[[[0.0, np.nan], [0.25, 1.0]], [[0.5, np.nan], [0.04, 0.01]]]]))
    at, masked, page = viridis(256), (241, 243, 241), (255, 255, 255)
    top = [at[0], masked, page, at[round(255 * 0.5**0.5)], masked]
    below = [at[round(255 * 0.5)], at[255], page, at[round(255 * 0.2)], at[round(255 * 0.1)]]
    np.testing.assert_array_equal(image(block, Ink(PAPER)), np.array([top, below]))


def test_maps_are_square_where_their_arrays_are() -> None:
    for call in (picture(drawn(mosaic(3, 5), box)) for box in (BOX, (2, 3, 80, 20), (2, 3, 200, 150))):
        left, right, bottom, top = call.named["extent"]
        rows, columns = call.arguments[0].values.shape[:2]
        assert (right - left) / columns == pytest.approx((top - bottom) / rows, rel=1e-3)
        assert left >= 2
        assert bottom >= 3


def test_a_mosaic_shrinks_until_all_of_it_has_room() -> None:
    low = picture(drawn(mosaic(12, 12), (2, 3, 80, 25)))
    assert low.named["extent"][2] >= 3
    left, right, bottom, top = low.named["extent"]
    assert right - left == pytest.approx(top - bottom)
    assert right - left > 15


def test_no_map_grows_larger_than_can_be_overlooked() -> None:
    assert height(mosaic(2, 1), 200, PAPER) < 70


def test_the_chosen_head_is_framed_and_its_names_are_bold() -> None:
    block = mosaic(3, 3, chosen=(1, 2))
    made, around = drawn(block), frame(block, 1, 2)
    [ring] = [call for call in made if call.method == "plot"]
    assert ring.named["color"] == LIGHT.accent
    assert min(ring.arguments[0]) < around[0]
    assert max(ring.arguments[0]) > around[2]
    assert min(ring.arguments[1]) < around[1]
    assert max(ring.arguments[1]) > around[3]
    bold = {call.arguments[2] for call in made if call.method == "text" and "weight" in call.named}
    assert bold == {"layer 2", "head 3"}


def test_names_stand_beside_and_above_their_maps() -> None:
    block = mosaic(3, 3)
    where, first, second = places(drawn(block)), frame(block, 0, 0), frame(block, 0, 1)
    assert where["head 2"][0] == pytest.approx((second[0] + second[2]) / 2, abs=0.01)
    assert where["head 1"][1] > first[3]
    assert where["layer 1"][0] < first[0]


def test_names_that_would_touch_are_thinned_but_not_the_chosen_one() -> None:
    made = said(drawn(mosaic(4, 24, chosen=(0, 22))))
    heads = [text for text in made if text.startswith("head")]
    assert 1 < len(heads) < 24
    assert "head 23" in heads


def test_more_cells_than_can_be_printed_keep_their_peaks() -> None:
    block = mosaic(2, 2, 600)
    block.values_RCYX[1, 1, 400, 123] = 7.0
    made = picture(drawn(block._replace(high=7.0), paper=Paper(dpi=100))).arguments[0].values
    assert made.shape[0] < 1200
    assert (made == viridis(256)[255]).all(axis=-1).any()


def test_the_strongest_of_each_square_is_what_is_left() -> None:
    values = np.array([[[[0.1, -3.0, np.nan], [0.2, 0.3, np.nan], [np.nan, 1.0, 2.0]]]])
    np.testing.assert_array_equal(strongest(values, 2)[0, 0], [[-3.0, np.nan], [1.0, 2.0]])


def test_the_first_name_gives_way_to_the_second() -> None:
    block = mosaic(3, 4, chosen=(0, 0))._replace(columns=("head 1", "2", "3", "4"), rows=("layer 1", "II", "III"))
    where = places(drawn(block, (2, 3, 30, 40)))
    assert where["head 1"][0] + width("head 1", 6.8, bold=True) / 2 < where["2"][0] - width("2", 6.8) / 2
    assert where["head 1"][0] >= 2
