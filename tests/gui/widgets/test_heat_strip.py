"""The strip of a text: a fixed scale, and an end that is held out."""

import numpy as np
from PySide6.QtCore import QRectF

from gui.widgets.colour_map import TOP
from gui.widgets.heat_strip import levels, pieces, strip_words
from gui.widgets.source_figures import SourceFigures

BOX = QRectF(10, 0, 200, 16)
FIGURES = SourceFigures("x", "Stories", times_P=np.array([0, 1, 2, 9], np.float32), held_out=0.1)


def test_the_scale_ends_at_eight_times_for_ever() -> None:
    made = levels(np.array([0, 2, 4, 8, 80, np.nan], np.float32))
    assert made.tolist() == [0, round(TOP / 4), round(TOP / 2), TOP, TOP, 0]


def test_the_end_is_as_long_as_what_is_held_out() -> None:
    seen, held = pieces(BOX, FIGURES)
    assert (seen.left(), held.right(), held.width()) == (10, 210, 20)
    assert seen.right() < held.left()
    assert pieces(BOX, FIGURES._replace(held_out=0.0))[0].width() == 200


def test_each_part_says_how_often_it_was_seen() -> None:
    assert strip_words(BOX, FIGURES, 11) == "Stories, part 1 of 4: seen 0.0 times."
    assert strip_words(BOX, FIGURES, 186) == "Stories, part 4 of 4: seen 9.0 times."
    assert "held out" in strip_words(BOX, FIGURES, 195)
    assert strip_words(BOX, SourceFigures("x", "Stories"), 20) == ""
