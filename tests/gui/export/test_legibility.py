"""What a copy in grey would lose."""

import numpy as np
import pytest

from gui.export.legibility import lost_in_grey
from gui.export.paper import Paper
from gui.export.sheet import Axis, Bars, Curve, Heat, Mark, Mosaic, Plot, Points, Row, Sheet

X = np.arange(3.0)


def sheet(*marks: Mark) -> Sheet:
    return Sheet("Test", "Test", (Row((Plot(Axis("Step"), Axis("Loss"), marks),)),))


def curve(name: str, colour: str, **looks: object) -> Curve:
    return Curve(name, X, X, colour, **looks)


def test_lines_of_one_lightness_look_alike() -> None:
    assert lost_in_grey(sheet(curve("one", "line1"), curve("other", "line3")), Paper()) == (
        "In grey, one and other look alike"
    )


@pytest.mark.parametrize(
    "other",
    [
        curve("other", "line4"),
        curve("other", "line3", dash=(2, 4)),
        curve("other", "line3", ring=True),
        curve("other", "line3", width=1),
        curve("other", "line3", legend=False),
        curve("one", "line3"),
        Curve("other", X[:0], X[:0], "line3"),
    ],
)
def test_what_differs_in_anything_else_is_told_apart(other: Curve) -> None:
    assert not lost_in_grey(sheet(curve("one", "line1"), other), Paper())


def test_a_layer_that_is_left_out_cannot_be_mistaken() -> None:
    marks = curve("one", "line1"), curve("other", "line3", layer="others")
    assert lost_in_grey(sheet(*marks), Paper())
    assert not lost_in_grey(sheet(*marks), Paper(hidden=("others",)))


def test_a_line_may_fade_on_one_page_and_not_on_the_other() -> None:
    pale = sheet(curve("pale", "#f2f2f2"))
    assert lost_in_grey(pale, Paper()) == "In grey, pale fades into the page"
    assert not lost_in_grey(pale, Paper(look="dark"))


def test_bars_are_compared_with_bars() -> None:
    bars = Bars("bars", X, "line1", legend=True)
    assert not lost_in_grey(sheet(bars, curve("line", "line1")), Paper())
    assert lost_in_grey(sheet(bars, Bars("more", X, "line3", legend=True)), Paper())


def test_a_map_with_two_dark_ends_is_no_map_in_grey() -> None:
    values = np.zeros((2, 2))
    assert lost_in_grey(sheet(Heat("map", values, -1, 1, map="diverging")), Paper())
    assert not lost_in_grey(sheet(Heat("map", values, 0, 1)), Paper())
    mosaic = Mosaic(np.zeros((1, 1, 2, 2)), map="diverging")
    assert lost_in_grey(Sheet("Test", "Test", (Row((mosaic,)),)), Paper())


def test_points_of_different_shapes_are_told_apart() -> None:
    disc = Points("one", X, X, "line1")
    assert lost_in_grey(sheet(disc, disc._replace(name="other", colour="line3")), Paper())
    assert not lost_in_grey(sheet(disc, disc._replace(name="other", colour="line3", shape="square")), Paper())
