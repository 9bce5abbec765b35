"""A field of an event, as a stranger may have stored it."""

from typing import Any

import pytest

from engine.runfile.values import LONGEST_LIST, LONGEST_SETTINGS, LONGEST_TEXT, parsed, unpacked


def test_of_an_endless_text_the_beginning_is_read():
    assert unpacked("a" * LONGEST_TEXT, str) == "a" * LONGEST_TEXT
    assert unpacked("a" * (LONGEST_TEXT + 1), str) == "a" * LONGEST_TEXT + "…"
    assert unpacked(b"\xed\xa0\x80" * (LONGEST_TEXT + 1), str) == "\ud800" * LONGEST_TEXT + "…"


@pytest.mark.parametrize(
    ("kind", "longest", "text"),
    [(dict[str, Any], LONGEST_SETTINGS, '{{"a": "{}"}}'), (tuple[str, ...], LONGEST_LIST, '["{}"]')],
)
def test_what_would_take_all_memory_once_it_is_read_is_refused(kind, longest, text):
    room = longest - len(text.format(""))
    assert unpacked(text.format("x" * room), kind)
    with pytest.raises(ValueError, match="characters are too many"):
        unpacked(text.format("x" * (room + 1)), kind)
    with pytest.raises(ValueError, match="characters are too many"):
        parsed("[1, 2]", 5)
