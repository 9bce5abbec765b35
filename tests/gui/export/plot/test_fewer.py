"""Where there is little room for bars, the first ones and the truth are drawn."""

import numpy as np
import pytest

from gui.export.plot.fewer import fewer_bars, kept_places
from gui.export.sheet import Axis, Bars, Plot

WORDS = tuple("abcdef")


def plot(strong=(4,), fewer=True):
    bars = Bars("chance", np.arange(6.0), "bar", words=WORDS, strong=strong, fewer=fewer)
    return Plot(Axis("Chance", "%", 0, 100), Axis("Token", low=5.5, high=-0.5, names=WORDS), (bars,))


@pytest.mark.parametrize(
    ("strong", "rows", "kept"),
    [((0,), 3, [0, 1, 2]), ((5,), 3, [0, 1, 5]), ((), 4, [0, 1, 2, 3]), ((1, 5), 2, [1, 5]), ((5,), 1, [5])],
)
def test_the_strong_ones_always_have_a_place(strong, rows, kept):
    assert kept_places(6, strong, rows) == kept


def test_names_words_and_axis_stay_together():
    made = fewer_bars(plot(), 3)
    (bars,) = made.marks
    assert made.y.names == bars.words == ("a", "b", "e")
    assert bars.values.tolist() == [0, 1, 4]
    assert bars.strong == (2,)
    assert (made.y.low, made.y.high) == (2.5, -0.5)


def test_where_there_is_room_nothing_changes():
    whole = plot()
    assert fewer_bars(whole, 6) is whole
    other = plot(fewer=False)
    assert fewer_bars(other, 2) is other
