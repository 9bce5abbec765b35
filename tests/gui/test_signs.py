"""A text as signs over its bytes: whole characters as themselves, cut ones as their bytes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.pieces import as_bytes, spelled
from gui.signs import bytes_of, cells, signs, sound


def drawn(pieces):
    return [[sign.text for sign in cell.signs] for cell in cells(pieces)]


def test_a_character_that_was_cut_shows_its_bytes():
    halves = cells(["Zo", "\udcc3", "\udcab", " l"])
    assert drawn(["Zo", "\udcc3", "\udcab", " l"]) == [["Z", "o"], ["C3"], ["AB"], ["·", "l"]]
    assert [cell.halves for cell in halves] == [False, True, True, False]
    assert [(cell.start, cell.end) for cell in halves] == [(0, 2), (2, 3), (3, 4), (4, 6)]


def test_bytes_that_make_a_character_together_are_that_character():
    assert drawn(["a\udcc3\udca9"]) == [["a", "é"]]
    assert not cells(["a\udcc3\udca9"])[0].halves


def test_a_piece_may_hold_a_whole_character_and_half_of_another():
    only = cells([" é\udcf0\udc9f"])[0]
    assert [(sign.text, sign.start, sign.end, sign.byte) for sign in only.signs] == [
        ("·", 0, 1, False),
        ("é", 1, 3, False),
        ("F0", 3, 4, True),
        ("9F", 4, 5, True),
    ]


def test_a_mark_stays_with_its_letter_unless_it_was_cut_off():
    assert drawn(["e\u0301x"]) == [["e\u0301", "x"]]
    assert drawn(["e", "\u0301x"]) == [["e"], ["U+0301", "x"]]


def test_signs_that_could_mislead_are_told():
    assert [sign.warn for sign in signs("a\u202e")] == [False, True]
    assert signs("a\u202e")[1].text == "U+202E"


@given(st.text())
def test_signs_cover_every_byte_once(text):
    whole = sound(text)
    found = signs(whole)
    assert [sign.start for sign in found[1:]] == [sign.end for sign in found[:-1]]
    assert (found[-1].end if found else 0) == len(as_bytes(whole))


@given(st.binary(), st.data())
def test_any_cut_of_any_bytes_is_covered(data, draw):
    cuts = sorted({0, len(data), *draw.draw(st.lists(st.integers(0, len(data))))})
    pieces = [data[a:b].decode("utf-8", "surrogateescape") for a, b in pairwise(cuts)]
    made = cells(pieces)
    assert [cell.end for cell in made] == cuts[1:]
    assert all(cell.signs[0].start == cell.start and cell.signs[-1].end == cell.end for cell in made)
    assert spelled(pieces) == data.decode("utf-8", "surrogateescape")


@pytest.mark.parametrize(("typed", "kept"), [("\ud83c\udf31", "🌱"), ("a\ud83c", "a\ufffd"), ("é", "é")])
def test_halves_that_a_clipboard_left_alone_are_replaced(typed, kept):
    assert sound(typed) == kept


def test_bytes_are_written_as_programmers_do():
    assert bytes_of("é") == "C3 A9"
    assert bytes_of("\udcc3") == "C3"
