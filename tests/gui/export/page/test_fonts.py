"""Fonts: others stand in for one that is missing, and what no font draws is shown as U+…."""

import pytest

from gui.export.files.svg import subset
from gui.export.page.fonts import LAST, LAST_MONO, families, file_of, installed, legible, stand_in
from gui.export.page.measure import line_height, width

UNDRAWN = "\U000f1234"  # of a private plane: no font has it


def test_a_font_that_is_missing_is_stood_in_for() -> None:
    assert "No Such Font" not in families("No Such Font")
    assert families("No Such Font")[-1] == LAST


def test_what_stands_in_for_a_font_is_said() -> None:
    assert stand_in("No Such Type") == f"There is no font “No Such Type” here: {families('No Such Type')[0]} stands in."
    assert not stand_in(LAST)


def test_the_font_that_is_wanted_comes_first_where_it_is_here() -> None:
    assert families(LAST_MONO)[0] == LAST_MONO
    assert set(families("Inter", mono=True)) <= installed()


def test_what_no_font_can_draw_is_told_by_its_number() -> None:
    assert legible(f"a{UNDRAWN}b", "Inter").text == "aU+F1234b"


def test_other_scripts_bring_a_font_that_has_them() -> None:
    chain = families(LAST)
    drawn = legible("Ω ж 中", LAST)
    assert drawn.families[: len(chain)] == chain
    assert drawn.text == "Ω ж 中" or "U+4E2D" in drawn.text


@pytest.mark.parametrize("bold", [False, True])
def test_a_family_has_a_file(bold) -> None:
    assert str(file_of(LAST, bold)).endswith("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")


def test_width_grows_with_size_and_words_and_digits_keep_their_places() -> None:
    assert width("", 8) == 0
    assert width("mmm", 16) == pytest.approx(2 * width("mmm", 8))
    assert width("mm", 8) < width("mmm", 8)
    assert width("111", 8, font="Inter") == pytest.approx(width("888", 8, font="Inter"), rel=0.02)
    assert width("il", 8, mono=True) == pytest.approx(width("mw", 8, mono=True))
    assert width("a ", 8) > width("a", 8)
    assert line_height(16) == pytest.approx(2 * line_height(8))


def test_a_font_is_made_smaller_without_a_word_on_the_terminal(caplog) -> None:
    assert subset(LAST, False, "abc")
    assert not caplog.records  # about tables of font editors
