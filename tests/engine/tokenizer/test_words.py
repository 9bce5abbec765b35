"""Words in plain Python: the same that the library finds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Regex, pre_tokenizers

from engine.tokenizer.words import words

GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
LIBRARY = pre_tokenizers.Split(Regex(GPT2), "isolated")
KNOWN = st.characters(exclude_categories=("Cs", "Cn"))  # what is not assigned yet differs between tables


def by_library(text: str) -> list[str]:
    return [word for word, _ in LIBRARY.pre_tokenize_str(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("The miller's dog", ["The", " miller", "'s", " dog"]),
        ("they'll we've I'M", ["they", "'ll", " we", "'ve", " I", "'", "M"]),
        ("in 1999, say", ["in", " 1999", ",", " say"]),
        ("two  spaces ", ["two", " ", " spaces", " "]),
        ("a\n\nb", ["a", "\n", "\n", "b"]),
        ("x²½ é日本", ["x", "²½", " é日本"]),
    ],
)
def test_words_are_those_of_gpt2(text: str, parts: list[str]) -> None:
    assert list(words(text)) == parts == by_library(text)


@given(text=st.one_of(st.text(KNOWN), st.text(" \n\t'srelvtmd1é.\u3000\x85\x1c"), st.text(" 'sx")))
def test_words_are_those_of_the_library(text: str) -> None:
    assert list(words(text)) == by_library(text)


def test_every_character_is_of_the_library_s_class() -> None:
    characters = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cs", "Cn")]
    text = "".join(f"a{character}1 " for character in characters)
    assert list(words(text)) == by_library(text)
