"""Tokens as pieces of bytes."""

import pytest

from gui.pieces import last_word, piece_note, spelled, split_character, text_note

TWO_BYTES = ("caf", "\udcc3", "\udca9", " au")  # é in two tokens
INSIDE = (" x\udce2\udc82", "\udcac.")  # € in the middle of two tokens


def test_stray_bytes_that_make_a_character_become_it():
    assert spelled(TWO_BYTES) == "café au"
    assert spelled(INSIDE) == " x€."


def test_half_a_character_that_is_no_byte_is_one_that_is_not_known():
    assert spelled(["\ud83d", "a", "\udcc3", "\udca9", "\udfff"]) == "\ufffda\u00e9\ufffd"


def test_a_stray_byte_alone_stays_one():
    assert spelled(("a", "\udcc3")) == "a\udcc3"


@pytest.mark.parametrize(("place", "expected"), [(0, None), (1, (2, "é")), (2, (2, "é")), (3, None)])
def test_each_part_of_a_character_knows_the_whole(place, expected):
    assert split_character(TWO_BYTES, place) == expected


def test_a_part_is_found_behind_whole_characters_of_the_same_token():
    assert split_character(INSIDE, 0) == (3, "€")
    assert split_character(INSIDE, 1) == (3, "€")


def test_a_byte_that_belongs_to_nothing_is_part_of_no_character():
    assert split_character(("a", "\udcff", "b"), 1) is None


@pytest.mark.parametrize(
    ("pieces", "place"),
    [
        (("Mira", " saw", " the", " mill", "."), 3),
        (("Mira", " saw", " lan", "tern", "."), 2),
        (("o", "n", " ", "i", "t", "!"), 3),
        (("one",), 0),
        ((), 0),
        ((".", "\n", "!"), 0),
    ],
)
def test_the_last_word_begins_after_a_space_whoever_holds_it(pieces, place):
    assert last_word(pieces) == place


@pytest.mark.parametrize(
    ("before", "piece", "after", "note"),
    [
        (("caf",), "\udcc3", ("\udca9",), "one of 2 bytes of é"),
        (("caf", "\udcc3"), "\udca9", (), "one of 2 bytes of é"),
        (("a", "\udce2", "\udc82"), "\udcac", (), "one of 3 bytes of €"),
        (("caf",), "\udcc3", (), "a byte that begins a character of 2"),
        ((), "\udcf0", ("a",), "a byte that begins a character of 4"),
        (("a",), "\udca9", (), "a byte that is no character by itself"),
        ((), "\udcff", (), "a byte that is no character by itself"),
        ((), "\ufffd", (), "a character that is not among the tokens"),
        (("caf",), "é", (), ""),
        ((), " the", (), ""),
        ((), "", (), ""),
    ],
)
def test_a_piece_that_is_no_whole_character_has_a_word(before, piece, after, note):
    assert piece_note(before, piece, after) == note


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("a café", ""),
        ("caf\udcc3\udca9", ""),
        ("caf\udcc3", "It ends inside a character of 2 bytes: ‹C3› is how that begins."),
        ("5 \udce2\udc82", "It ends inside a character of 3 bytes: ‹E2›‹82› is how that begins."),
        ("a\udcffb", "Two digits in angles are a byte that is no character by itself."),
        ("ends \udca9", "Two digits in angles are a byte that is no character by itself."),
        ("5 \ufffd", "‹?› is a character that is not among the tokens."),
        ("", ""),
    ],
)
def test_a_text_with_a_cut_or_unknown_character_has_a_word(text, note):
    assert text_note(text) == note
