"""Columns of a sentence: as wide as there is room for, and wide enough for what stands in them."""

import pytest

from gui.signs import cells
from gui.theme import LIGHT
from gui.widgets.packed import Packed
from gui.widgets.piece_cells import PieceCells
from gui.widgets.slots import NARROW, WIDE, Slots


@pytest.fixture
def look(qapp):
    return PieceCells(LIGHT)


def test_a_short_sentence_has_wide_columns_and_a_long_one_narrow_ones(look):
    assert Slots(cells("abcd"), look, 1000).width == pytest.approx(4 * WIDE * look.unit)
    assert Slots(cells("a" * 100), look, 100).width == pytest.approx(100 * NARROW * look.unit)
    assert Slots(cells("a" * 30), look, 400).width == pytest.approx(400)


def test_a_character_of_two_bytes_has_room_for_both(look):
    slots = Slots(cells(["a", "\udcc3", "\udca9"]), look, 10)
    assert slots.edge(2) - slots.edge(1) >= look.byte_width()
    assert slots.edge(3) - slots.edge(2) == pytest.approx(slots.edge(2) - slots.edge(1))


def test_letters_keep_their_columns_when_pieces_join(look):
    fine, coarse = Slots(cells(["t", "h", "e"]), look, 90), Slots(cells(["th", "e"]), look, 90)
    assert [fine.edge(byte) for byte in range(4)] == [coarse.edge(byte) for byte in range(4)]


def test_a_hidden_sign_is_as_wide_as_its_name(look):
    wide = Slots(cells(["\u202e"]), look, 10)
    assert wide.width >= look.width(cells(["\u202e"])[0].signs[0])


def test_an_empty_sentence_takes_no_room(look):
    assert Slots((), look, 100).width == 0
    assert Packed((), look).width == Packed((), look).edge(3) == 0


def test_packed_pieces_stand_one_after_the_other(look):
    packed = Packed(cells(["the", " lan", "\udcc3"]), look)
    assert [place.right for place in packed.places[:-1]] == [place.left for place in packed.places[1:]]
    assert [len(place.edges) for place in packed.places] == [4, 5, 2]
    assert packed.width == packed.places[-1].right


def test_squeezed_it_takes_less_room(look):
    pieces = cells(["the", " lantern"])
    assert Packed(pieces, look, 1.0).width < Packed(pieces, look).width


def test_the_edge_of_a_byte_is_the_end_of_its_piece(look):
    packed = Packed(cells(["ab", "cd"]), look)
    assert packed.edge(1) == packed.edge(2) == packed.places[0].right
    assert packed.edge(3) == packed.edge(99) == packed.places[1].right
