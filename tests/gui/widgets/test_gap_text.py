"""The sentence with an empty box at its end."""

import pytest

from gui.theme import PROJECTOR
from gui.widgets.gap_text import MOST_LINES, GapText, wrapped


def test_lines_break_at_spaces_and_leave_room_for_the_box():
    assert wrapped("Mira put the lantern on the", 22, 4.5) == ["Mira put the lantern", "on the"]
    assert wrapped("Mira put the lantern", 22, 4.5) == ["Mira put the lantern", ""]


def test_a_word_longer_than_a_line_is_cut():
    assert wrapped("a" * 25, 10, 4) == ["a" * 10, "a" * 10, "a" * 5]


@pytest.fixture
def gap(qtbot):
    made = GapText()
    qtbot.addWidget(made)
    made.dress(PROJECTOR.at_lecture_size(1600))
    made.resize(620, 200)
    return made


def test_a_short_sentence_is_whole(gap):
    gap.show_text("Mira put the lantern on the")
    assert " ".join(gap.lines) == "Mira put the lantern on the"


def test_of_a_long_text_the_end_is_shown(gap):
    gap.show_text("word " * 100 + "at last")
    assert len(gap.lines) == MOST_LINES
    assert gap.lines[0].startswith("…")
    assert " ".join(gap.lines).endswith("at last")


def test_it_takes_as_much_room_as_it_has_lines(gap):
    gap.show_text("Mira")
    low = gap.sizeHint().height()
    gap.show_text("Mira put the lantern on the table because")
    assert gap.sizeHint().height() > low


def test_without_words_the_box_is_all(gap):
    gap.show_text("")
    assert gap.lines == [""]
