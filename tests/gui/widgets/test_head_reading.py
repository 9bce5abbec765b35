"""One link of one head in words."""

import pytest

from gui.theme import LIGHT, PROJECTOR
from gui.widgets.head_reading import LETTERS, HeadReading, Reading, clipped

LINK = Reading("Layer 2, head 3", "Under the pointer", "·the", "·lan", 0.9612)


@pytest.fixture
def reading(qtbot):
    made = HeadReading()
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    return made


@pytest.mark.parametrize(
    ("share", "value"), [(0.9612, "0.96"), (1.0, "1.00"), (0.0, "0.00"), (0.004, "<0.01"), (0.005, "0.01")]
)
def test_two_digits_and_what_is_small_is_not_nothing(share, value):
    assert LINK._replace(share=share).value == value


def test_a_screen_reader_hears_the_whole_sentence(reading):
    reading.show_reading(LINK)
    assert reading.accessibleDescription() == "Layer 2, head 3: ·the looks at ·lan, 0.96 of its attention."


def test_it_keeps_its_place_whatever_it_says(reading):
    before = reading.sizeHint()
    reading.show_reading(LINK._replace(who="x" * 300, whom="y" * 300))
    assert reading.sizeHint() == before
    assert not reading.grab().isNull()


def test_long_tokens_are_cut():
    assert clipped("short") == "short"
    assert len(clipped("x" * 300)) == LETTERS


def test_a_value_is_drawn_at_its_end(reading):
    empty = ink(reading)
    reading.show_reading(LINK)
    assert ink(reading) > empty + 100


def test_a_lecture_leaves_the_head_to_the_ring(reading):
    assert reading.sizeHint().height() < 200
    reading.dress(PROJECTOR.at_lecture_size(1600))
    lines = reading.sizeHint().height() / PROJECTOR.at_lecture_size(1600).pixels("token")
    reading.dress(PROJECTOR)
    assert reading.sizeHint().height() / PROJECTOR.pixels("token") > lines


def ink(widget):
    """How many pixels are as dark as text."""
    picture = widget.grab().toImage()
    dark = LIGHT.ink.lower()
    return sum(picture.pixelColor(x, y).name() == dark for x in range(picture.width()) for y in range(picture.height()))
