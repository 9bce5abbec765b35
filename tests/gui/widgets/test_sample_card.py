"""One sample: plain text in two colours."""

import pytest

from gui.theme import DARK, LIGHT
from gui.widgets.sample_card import Sample, SampleCard

HOSTILE = " <b>not bold</b> &amp; <img src=x>"


@pytest.fixture
def card(qtbot):
    made = SampleCard()
    qtbot.addWidget(made)
    made.resize(200, 120)
    made.show_sample(Sample(640, "Once", HOSTILE, "now"))
    return made


def colours(card):
    """Of the prompt's first and the text's last letter."""
    cursor = card.text.textCursor()
    found = []
    for place in (1, len(card.text.toPlainText())):
        cursor.setPosition(place)
        found.append(cursor.charFormat().foreground().color())
    return found


def test_markup_is_shown_not_obeyed(card):
    assert card.text.toPlainText() == "Once" + HOSTILE


def test_the_prompt_is_quieter_than_what_follows(card):
    assert [colour.name().upper() for colour in colours(card)] == [LIGHT.ink3, LIGHT.ink]


def test_what_was_written_later_is_fainter(card):
    card.show_sample(Sample(640, "Once", HOSTILE, "later"))
    assert all(colour.alphaF() < 0.5 for colour in colours(card))


def test_the_one_on_show_has_a_line_above_it(card):
    def above():
        return card.grab().toImage().pixelColor(100, 0).name().upper()

    assert above() == LIGHT.accent
    card.show_sample(Sample(640, "Once", HOSTILE, "past"))
    assert above() != LIGHT.accent


def test_the_same_sample_again_keeps_a_selection(card):
    card.text.selectAll()
    card.show_sample(Sample(640, "Once", HOSTILE, "now"))
    assert card.text.textCursor().selectedText() == "Once" + HOSTILE


def test_it_is_as_high_as_its_words(card, qtbot):
    card.show()
    qtbot.waitExposed(card)
    low = card.text.sizeHint().height()
    card.show_sample(Sample(640, "Once", " upon a time" * 20, "now"))
    assert card.text.sizeHint().height() > 2 * low


def test_a_change_of_theme_colours_it_anew(card):
    card.dress(DARK)
    assert [colour.name().upper() for colour in colours(card)] == [DARK.ink3, DARK.ink]
