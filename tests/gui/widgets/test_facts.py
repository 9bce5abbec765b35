"""Facts in a title row."""

from gui.theme import LIGHT
from gui.widgets.facts import Facts


def test_facts_read_as_one_line(qtbot):
    facts = Facts()
    qtbot.addWidget(facts)
    facts.say((("seed", "1"), ("6 of 17 shown", "")))
    assert facts.text == "seed 1   6 of 17 shown"
    assert facts.accessibleName() == facts.text


def test_what_has_no_room_is_left_out_from_the_end(qtbot):
    facts = Facts()
    qtbot.addWidget(facts)
    facts.say((("", "first"), ("", "second")))
    facts.resize(facts.sizeHint())
    whole = ink(facts)
    facts.resize(facts.sizeHint().width() // 2 + 10, facts.height())
    assert 0 < ink(facts) < whole


def ink(widget):
    """How many pixels have the colour of values."""
    image = widget.grab().toImage()
    pixels = [image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())]
    return pixels.count(LIGHT.ink)
