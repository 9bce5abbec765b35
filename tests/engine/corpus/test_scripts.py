"""Scripts, by the names of characters."""

import pytest

from engine.corpus.scripts import script_of, scripts


@pytest.mark.parametrize(
    ("character", "script"),
    [
        ("e", "Latin"), ("É", "Latin"), ("ß", "Latin"), ("Ａ", "Latin"), ("ж", "Cyrillic"), ("λ", "Greek"),
        ("ש", "Hebrew"), ("ع", "Arabic"), ("ि", "Devanagari"), ("中", "Han"), ("の", "Hiragana"), ("ｶ", "Katakana"),
        ("한", "Hangul"), ("ๆ", "Thai"), ("ᚠ", "Other letters"), ("7", "Digits and signs"), ("😀", "Digits and signs"),
        ("�", "Digits and signs"), ("\0", "Unprintable"), ("\ud800", "Unprintable"), ("\u202e", "Unprintable"),
        (" ", ""), ("\n", ""), ("\u0301", ""), ("\ufe0f", ""),
    ],
)  # fmt: skip
def test_each_character_is_of_one(character: str, script: str) -> None:
    assert script_of(character) == script


def test_characters_are_counted_and_white_space_is_not() -> None:
    assert scripts({"a": 3, "b": 2, "λ": 4, " ": 9}) == {"Latin": 5, "Greek": 4}
