"""Which labels of a crowded axis are written."""

from gui.widgets.thinning import thinned


def test_with_room_all_are_written():
    assert thinned(4, 20, 12, None) == [0, 1, 2, 3]


def test_without_room_every_second_or_third():
    assert thinned(7, 10, 12, None) == [0, 2, 4, 6]
    assert thinned(7, 5, 12, None) == [0, 3, 6]


def test_the_marked_one_is_written_and_its_neighbours_give_way():
    assert thinned(7, 5, 12, 4) == [0, 4]
    assert thinned(7, 5, 12, 3) == [0, 3, 6]


def test_no_room_at_all_is_no_trouble():
    assert thinned(5, 0, 12, 2) == [2]
