"""The large map of one head: what is under the pointer, and what is drawn."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from gui.theme import LIGHT
from gui.widgets.colour_map import MASK, TOP
from gui.widgets.head_map import BAR_SPACE, HeadMap, Label, Link, Map


def shown(tokens=5, cells=None, hides_first=False, words=None):
    cells = cells or tokens
    made = np.zeros((cells, cells), np.uint8)
    made[~np.tri(cells, dtype=bool)] = MASK
    words = words or [f"w{n}" for n in range(tokens)]
    strongest = Link(tokens - 1, 1)
    return Map(tuple(Label(w) for w in words), made, np.zeros((tokens, tokens), np.uint16), strongest, hides_first)


@pytest.fixture
def large(qtbot):
    made = HeadMap()
    qtbot.addWidget(made)
    made.resize(420, 400)
    made.show_map(shown())
    return made


def test_the_pointer_finds_row_and_column(large):
    for link in (Link(0, 0), Link(3, 1), Link(4, 4)):
        large._point_at(large.box(link).center())
        assert large.link == link


def test_the_future_the_labels_and_the_scale_are_no_links(large):
    for where in (large.box(Link(1, 3)).center(), QPointF(5, 200), QPointF(415, 200)):
        large._point_at(where)
        assert large.link is None


def test_a_hidden_column_has_no_links(large):
    large.show_map(shown(hides_first=True))
    large._point_at(large.box(Link(3, 0)).center())
    assert large.link is None
    large._point_at(large.box(Link(3, 1)).center())
    assert large.link == Link(3, 1)


def test_where_neighbours_share_a_cell_the_pointer_still_finds_the_token(large):
    large.show_map(shown(tokens=100, cells=50))
    large._point_at(large.box(Link(81, 37)).center())
    assert large.link == Link(81, 37)


def test_moving_inside_a_cell_tells_nothing_new(large, qtbot):
    centre = large.box(Link(3, 1)).center()
    with qtbot.waitSignal(large.pointed) as told:
        large._point_at(centre)
    assert told.args == [Link(3, 1)]
    with qtbot.assertNotEmitted(large.pointed):
        large._point_at(centre + QPointF(2, 2))


def test_marked_is_the_link_under_the_pointer_else_the_strongest(large):
    assert large.marked == Link(4, 1)
    large._point_at(large.box(Link(2, 0)).center())
    assert large.marked == Link(2, 0)
    large._point_at(None)
    assert large.marked == Link(4, 1)


def test_each_cell_has_its_colour_and_gaps_are_the_panel(large):
    made = shown()
    made.levels_SS[3, 2] = TOP
    large.show_map(made)
    picture = large.grab().toImage()
    centre = {link: large.box(link).center().toPoint() for link in (Link(3, 2), Link(3, 1), Link(0, 2))}
    assert picture.pixelColor(centre[Link(3, 2)]).green() > 200
    assert picture.pixelColor(centre[Link(3, 1)]).green() < 20
    assert picture.pixelColor(centre[Link(0, 2)]).name().upper() == LIGHT.mask
    edge = large.box(Link(3, 2))
    gap = picture.pixelColor(round(edge.right()) - 1, round(edge.center().y()))
    assert gap.name().upper() == LIGHT.panel


def test_a_long_token_leaves_room_for_the_map(large):
    large.show_map(shown(words=["x" * 500, "a", "b", "c", "d"]))
    assert large.box(Link(0, 0)).left() < 0.35 * large.width()
    assert large.box(Link(0, 0)).width() > 20
    large.grab()


@pytest.mark.parametrize("size", [(20, 20), (130, 130), (400, 130), (130, 400)])
def test_it_is_drawn_in_whatever_room_there_is(large, size):
    large.resize(*size)
    large.grab()
    large.show_map(shown(tokens=64))
    large.grab()
    assert large.room >= 1


def test_nothing_is_drawn_before_there_is_something(qtbot):
    made = HeadMap()
    qtbot.addWidget(made)
    made.grab()
    made._point_at(QPointF(100, 100))
    assert made.link is None
    assert made.marked is None


def test_the_scale_is_dark_below_and_bright_above(large):
    picture = large.grab().toImage()
    top, bottom = large.box(Link(0, 4)).topRight(), large.box(Link(4, 4)).bottomRight()
    beside = round(top.x()) + BAR_SPACE + 3
    assert picture.pixelColor(beside, round(top.y()) + 2).green() > 200
    assert picture.pixelColor(beside, round(bottom.y()) - 3).green() < 20


def test_in_a_narrow_map_the_title_of_the_scale_goes_first_and_then_the_scale(large):
    scale = large._bar
    for width, wanted in ((420, BAR_SPACE + scale.width_with_title), (200, BAR_SPACE + scale.width), (60, 1)):
        large.resize(width, 400)
        assert large._bar_room() == wanted
