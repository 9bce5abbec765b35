"""Words beside a mark stand on no other mark."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from gui.theme import LIGHT
from gui.widgets.axes import Axes
from gui.widgets.flags import DIAMOND, hang_marks
from gui.widgets.loss_marks import Mark
from gui.widgets.loss_picture import Curve
from gui.widgets.scale import Scale, Span

PLOT = QRectF(0, 0, 600, 200)
AXES = Axes(PLOT, Scale(Span(0.0, 600.0), False, 0.0, 600.0), Scale(Span(0.0, 10.0), False, 200.0, 0.0), "step", "nats")
CURVE = Curve(np.arange(600.0), np.full(600, 6.0))
BACK = Mark(300.0, "Went back here from step 365", "rewound", "back from 365")


@pytest.mark.parametrize(("others", "left"), [((), True), ((260.0,), False)])
def test_words_go_right_where_a_mark_stands_at_the_left(others, left):
    made = hang_marks([*(Mark(x, "Threads turned to 1") for x in others), BACK], CURVE, AXES, LIGHT)
    assert made[-1].flag == "back from 365"
    assert (made[-1].place.right() < made[-1].foot.x()) == left


def test_words_are_left_out_where_marks_stand_at_both_sides():
    around = Mark(260.0, "Threads turned to 1"), BACK, Mark(340.0, "Threads turned to 2")
    made = hang_marks(around, CURVE, AXES, LIGHT)
    assert [mark.flag for mark in made] == ["", "", ""]
    assert made[1].words == ("Went back here from step 365",)
    assert made[1].middle - made[1].foot.y() > DIAMOND
