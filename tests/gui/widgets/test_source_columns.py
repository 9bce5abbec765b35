"""Columns of the mixture at any width and size of type."""

from itertools import pairwise

import pytest

from gui.widgets.source_columns import GIVES_WAY, WIDTHS, columns


@pytest.mark.parametrize("width", range(240, 2000, 37))
@pytest.mark.parametrize("scale", [1.0, 1.25, 2.5])
def test_columns_never_overlap_and_never_leave_the_row(width: int, scale: float) -> None:
    made = list(columns(width, scale).values())
    for one, following in pairwise(made):
        assert one.left + one.width < following.left
    if width / scale > 400:
        assert made[-1].left + made[-1].width <= width + 1e-6


def test_what_matters_least_gives_way_first() -> None:
    assert list(columns(968, 1.0)) == list(WIDTHS)
    gone = [set(WIDTHS) - set(columns(width, 1.0)) for width in range(900, 240, -5)]
    assert gone[0] == set()
    for names in gone:
        assert names == set(GIVES_WAY[: len(names)])
    assert {"name", "fader", "weight", "remove"} <= set(columns(100, 1.0))


def test_the_strip_takes_the_room_that_is_left() -> None:
    narrow, wide = columns(900, 1.0)["strip"].width, columns(1100, 1.0)["strip"].width
    assert wide - narrow > 100
