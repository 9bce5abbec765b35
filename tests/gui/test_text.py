"""Whatever a corpus holds is shown and never obeyed; numbers are written as people read them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.text import clock, number, one_line, percent, prose, short, shown

MISLEADING = ["\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b", "\x07", "\u2028", "\ue000", "\u00ad"]
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)  # surrogates too


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        (" the", "·the"),
        ("\n", "↵"),
        ("\tif", "⇥if"),
        ("\r\n", "␍↵"),
        ("<b>", "<b>"),
        ("été", "été"),
        ("猫", "猫"),
        ("", ""),
        ("\ufffd", "‹?›"),
    ],
)
def test_ordinary_tokens_are_readable_and_give_no_warning(piece, expected):
    assert shown(piece) == (expected, False)


@pytest.mark.parametrize("sign", MISLEADING)
def test_signs_that_could_mislead_are_named_and_marked(sign):
    assert shown(f"a{sign}b") == (f"aU+{ord(sign):04X}b", True)


def test_a_byte_that_is_no_character_is_shown_as_a_byte():
    assert shown("\udce2") == ("‹E2›", False)


def test_an_accent_stays_on_its_letter_and_alone_is_named():
    assert shown("e\u0301").text == "e\u0301"
    assert shown("\u0301") == ("U+0301", True)


@given(ANY_TEXT)
def test_nothing_that_hides_is_ever_drawn(piece):
    for text in (shown(piece).text, prose(piece).replace("\n", "")):
        assert not {unicodedata.category(character) for character in text} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@given(ANY_TEXT)
def test_what_is_shown_can_be_written_to_a_file(piece):
    shown(piece).text.encode("utf-8")
    prose(piece).encode("utf-8")


def test_prose_keeps_words_lines_and_accents():
    assert prose("Un café\u0301.\n Ça\tva\r") == "Un café\u0301.\n Ça va "


def test_the_sign_for_what_was_not_known_is_never_drawn():
    assert prose("caf\ufffd") == "caf‹?›"


def test_prose_names_what_hides():
    assert prose("a\u202eb") == "aU+202Eb"


@pytest.mark.parametrize(
    ("value", "digits", "expected"), [(1234.5, 2, "1,234.50"), (2418, 0, "2,418"), (0.0456, 3, "0.046")]
)
def test_thousands_are_parted(value, digits, expected):
    assert number(value, digits) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, ("0", "")), (999, ("999", "")), (21_400, ("21.4", "k")), (3_710_000, ("3.71", "M")), (2.5e9, ("2.5", "G"))],
)
def test_great_counts_are_short(count, expected):
    assert short(count) == expected


def test_a_count_just_below_the_next_unit_is_not_written_with_an_exponent():
    for count in (999.7, 999_600, 999_999, 999_999_999):
        assert "e" not in short(count)[0], count


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, "0:00"), (59.9, "0:59"), (173, "2:53"), (3700, "1:01:40"), (36_000, "10:00:00")]
)
def test_time_is_a_clock(seconds, expected):
    assert clock(seconds) == expected


@pytest.mark.parametrize(
    ("chance", "expected"), [(1.0, "100 %"), (0.413, "41 %"), (0.01, "1 %"), (0.004, "0.4 %"), (0.0, "<0.1 %")]
)
def test_a_chance_is_a_percentage_and_never_a_bare_zero(chance, expected):
    assert percent(chance) == expected


@given(ANY_TEXT)
def test_a_name_stays_on_its_line(name):
    assert len(one_line(name).splitlines()) == bool(name)
    assert one_line("two\nlines.txt") == "two↵lines.txt"
