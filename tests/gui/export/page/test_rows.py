"""Rows share a page: text keeps what it needs as far as that leaves some room for plots."""

import itertools

import pytest

from gui.export.page.ink import Ink
from gui.export.page.rows import levelled, row_boxes
from gui.export.paper import Paper
from gui.export.plot.frame import Box
from gui.export.sheet import Paragraph, Row, Words
from tests.gui.export.sheets import loss

PLOT = loss().plots[0]
SHORT, LONG = (Words((Paragraph("word " * count),)) for count in (8, 4000))


@pytest.mark.parametrize(
    ("wanted", "most", "given"),
    [
        ([10.0, 20.0], 40.0, [10.0, 20.0]),
        ([10.0, 90.0], 40.0, [10.0, 30.0]),
        ([90.0, 10.0, 90.0], 50.0, [20.0, 10.0, 20.0]),
        ([50.0, 60.0], 40.0, [20.0, 20.0]),
        ([], 40.0, []),
    ],
)
def test_only_the_highest_are_cut(wanted, most, given) -> None:
    assert levelled(wanted, most) == pytest.approx(given)


def test_rows_fill_the_page_from_the_top_and_never_overlap() -> None:
    box, ink = Box(1.0, 1.0, 83.0, 100.0), Ink(Paper())
    rows = (
        Row((PLOT,), height=1.0),
        Row((SHORT,), height=0.0),
        Row((PLOT, PLOT), height=2.0),
        Row((LONG,), height=0.0),
    )
    boxes = row_boxes(rows, box, ink)
    assert boxes[0].top == pytest.approx(box.top)
    assert boxes[-1].bottom == pytest.approx(box.bottom)
    assert all(one.bottom > other.top for one, other in itertools.pairwise(boxes))
    assert boxes[2].height == pytest.approx(2 * boxes[0].height)
    assert boxes[1].height < boxes[3].height, "a short text keeps what it needs"
