"""Words beside a mark or a flag stand on no other one."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from gui.theme import LIGHT
from gui.widgets.axes import Axes
from gui.widgets.flags import CLOTH, DIAMOND, hang_marks, place_flags
from gui.widgets.loss_floors import Floor
from gui.widgets.loss_marks import Mark
from gui.widgets.loss_picture import Curve
from gui.widgets.scale import Scale, Span

pytestmark = pytest.mark.usefixtures("qapp")  # words are measured
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


def test_no_flag_stands_on_the_words_of_an_earlier_one():
    falling = Curve(np.arange(600.0), np.linspace(9.0, 1.0, 600))
    places = enumerate(range(60, 560, 30), 1)
    beaten = tuple(Floor("", order, 9.0 - at / 75, float(at), "better than it") for order, at in places)
    made = place_flags(beaten, falling, AXES, LIGHT)
    assert len(made) > 10
    cloths = [QRectF(flag.foot.x(), flag.top, CLOTH, CLOTH) for flag in made]
    worded = [(place, flag) for place, flag in enumerate(made) if flag.words]
    assert worded
    for place, flag in worded:
        assert not any(flag.place.intersects(cloth) for other, cloth in enumerate(cloths) if other != place)
