"""The pairs that are joined next: which fit, what they say, and that a click goes there."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from gui.text import shown
from gui.widgets.pair_bars import Pair, PairBars, sentence

PAIRS = tuple(Pair(shown(" t"), shown(f"h{place}"), 100 // (place + 1), place + 33) for place in range(5))


@pytest.fixture
def bars(qtbot):
    made = PairBars()
    qtbot.addWidget(made)
    made.resize(184, 150)
    made.show_pairs(PAIRS)
    made.show()
    return made


def test_a_pair_is_told_in_words():
    assert sentence(PAIRS[0]) == "Merge 33 joins “·t” and “h0”, which stand side by side 100 times."
    assert "side by side once." in sentence(PAIRS[0]._replace(times=1))


def test_those_without_room_are_left_out(bars):
    assert len(bars.fitting()) == 5
    bars.resize(184, 70)
    assert 1 <= len(bars.fitting()) < 5
    assert bars.fitting()[0] == PAIRS[0]


def test_a_click_goes_to_where_the_pair_is_joined(bars, qtbot):
    at = next(y for y in range(150) if bars.pair_at(QPointF(20, y)) == PAIRS[2])
    with qtbot.waitSignal(bars.chosen) as chosen:
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, at + 3))
    assert chosen.args == [PAIRS[2].merge]


def test_the_pointer_is_answered_and_its_leaving_too(bars, qtbot):
    with qtbot.waitSignal(bars.pointed) as pointed:
        qtbot.mouseMove(bars, QPoint(20, 40))
    assert pointed.args[0].startswith("Merge 33")


def test_without_pairs_it_is_drawn_all_the_same(bars):
    before = bars.grab().toImage()
    bars.show_pairs(())
    assert bars.grab().toImage() != before
    assert bars.pair_at(QPointF(20, 40)) is None


def test_the_bar_of_a_rarer_pair_is_shorter(bars):
    image = bars.grab().toImage()
    widths = []
    for place in (0, 4):
        row = next(y for y in range(150) if bars.pair_at(QPointF(20, y)) == PAIRS[place]) + 12
        colours = [image.pixelColor(x, row).name() for x in range(184)]
        widths.append(sum(colour in ("#0072b2", "#a8cde6") for colour in colours))
    assert widths[0] > 3 * widths[1] > 0
