"""One sentence in several languages: where the marks stand and what a row says."""

import pytest
from PySide6.QtCore import QPointF

from gui.widgets.language_dots import Language, LanguageDots

ROWS = (Language("English", "The sun is up.", (31, 10, None)), Language("Greek", "Ο ήλιος.", (34, 55, None)))


@pytest.fixture
def dots(qtbot):
    made = LanguageDots()
    qtbot.addWidget(made)
    made.resize(500, 120)
    made.begin_at(120)
    made.show_languages(ROWS, ("Character", "Byte-level BPE", "Unigram"))
    made.show()
    return made


def test_a_row_is_told_without_what_is_not_known_yet(dots):
    assert dots.sentence(0) == "English: “The sun is up.” Tokens: Character 31, Byte-level BPE 10."
    nobody = Language("Turkish", "x", (None,))
    dots.show_languages((nobody,), ("Character",))
    assert dots.sentence(0).endswith("not known yet.")


def test_the_scale_is_fixed_until_a_count_leaves_it(dots):
    assert (dots._scale().span.low, dots._scale().span.high) == (0, 60)
    dots.show_languages((ROWS[0]._replace(counts=(61, 1, 1)),), ("a", "b", "c"))
    assert dots._scale().span.high == 80


def test_the_scale_begins_where_it_is_told(dots):
    assert dots._scale().pixel(0) == 120
    dots.begin_at(200)
    assert dots._scale().pixel(0) == 200


def test_a_mark_stands_at_its_count(dots):
    image, at = dots.grab().toImage(), dots._scale().pixel(31)
    middle = round(dots._box(0).center().y())
    assert image.pixelColor(round(at), middle).name() == "#0072b2"
    assert image.pixelColor(round(at) + 30, middle - 3).name() != "#0072b2"


def test_the_row_under_the_pointer_is_told(dots):
    assert dots.sentence_at(QPointF(10, dots._box(1).center().y())).startswith("Greek")
    assert dots.sentence_at(QPointF(10, 119)) == ""
