"""Lines end between words; what is longer than a line is broken, and nothing is lost."""

import pytest

from gui.export.flow.lines import broken, lines
from gui.export.flow.look import MODEL, PLAIN, wide
from gui.export.flow.strip import clipped
from gui.export.page.ink import Ink
from tests.gui.export.flowing import PAPER

INK = Ink(PAPER)
TEXTS = ("Mira went to the mill and the mill was cold.", "x" * 300, "日本語のテキストはどこでも改行できます", "a " * 90,
         "e\u0301" * 90, "one\n\n  two\nthree " + "y" * 80 + " z")  # fmt: skip


def told(text: str, width: float) -> list[str]:
    return [text[line.start : line.end] for line in lines(text, width, INK, PLAIN)]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [4.0, 17.0, 50.0])
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, width: float) -> None:
    made = told(text, width)
    assert all(wide(line, INK) <= width + 0.1 for line in made)
    assert "".join("".join(made).split()) == "".join(text.split())


def test_lines_end_between_words() -> None:
    made = told(TEXTS[0], 20)
    assert len(made) > 2
    assert " ".join(made) == TEXTS[0]


def test_as_many_words_as_fit_stand_on_a_line() -> None:
    first, second = told(TEXTS[0], 20)[:2]
    assert wide(f"{first} {second.split()[0]}", INK) > 20


def test_line_ends_of_the_text_are_kept_with_what_stands_in() -> None:
    assert told("one\n\n  two\nthree\n\n", 50) == ["one", "", "  two", "three"]


def test_a_letter_keeps_its_marks() -> None:
    pieces = list(broken("e\u0301" * 40, 5, INK, MODEL))
    assert len(pieces) > 3
    assert all(piece.startswith("e") and piece.endswith("\u0301") for piece in pieces)


def test_even_the_narrowest_line_holds_a_letter() -> None:
    assert list(broken("abc", 0.1, INK, PLAIN)) == ["a", "b", "c"]


def test_clipped_words_end_in_dots_and_fit() -> None:
    assert clipped("short", 50, INK) == "short"
    cut = clipped("a rather long name of a run", 20, INK)
    assert cut.endswith("…")
    assert cut.startswith("a rather")
    assert wide(cut, INK) <= 20.01
    assert clipped("all fits", 50, INK, dots=True) == "all fits…"
