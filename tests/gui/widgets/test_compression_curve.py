"""Bytes per token against the vocabulary: what is marked, what a press chooses."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from gui.widgets.compression_curve import Compression, CompressionCurve

GROWN = Compression(257, np.linspace(1, 3.4, 1001), 500)


@pytest.fixture
def curve(qtbot):
    made = CompressionCurve()
    qtbot.addWidget(made)
    made.resize(190, 140)
    made.show_compression(GROWN)
    made.show()
    return made


def test_the_marked_size_is_told(curve):
    assert curve.sentence(500).startswith("With 757 tokens in the vocabulary, one token stands for 2.20 bytes")
    assert curve.accessibleDescription() == curve.sentence(500)


def test_both_ends_can_be_chosen_and_nothing_beyond(curve):
    assert curve.place_at(-50) == 0
    assert curve.place_at(999) == 1000
    places = [curve.place_at(x) for x in range(190)]
    assert places == sorted(places)


def test_a_press_chooses_the_size_below_it(curve, qtbot):
    with qtbot.waitSignal(curve.chosen) as chosen:
        qtbot.mousePress(curve, Qt.MouseButton.LeftButton, pos=QPoint(100, 90))
    assert chosen.args == [curve.place_at(100)]


def test_a_press_on_the_heading_chooses_nothing(curve, qtbot):
    with qtbot.assertNotEmitted(curve.chosen):
        qtbot.mousePress(curve, Qt.MouseButton.LeftButton, pos=QPoint(100, 4))


def test_another_marked_size_is_another_picture(curve):
    before = curve.grab().toImage()
    curve.show_compression(GROWN._replace(chosen=900))
    assert curve.grab().toImage() != before


def test_the_labels_never_touch(curve):
    across, _ = curve._scales()
    for chosen in range(0, 1001, 20):
        curve.show_compression(GROWN._replace(chosen=chosen))
        lefts = sorted(left for left, _, _ in curve._labels(across))
        assert all(b - a > 15 for a, b in pairwise(lefts))


def test_a_text_without_any_merge_is_drawn(curve):
    curve.show_compression(Compression(257, np.ones(1), 0))
    assert not curve.grab().isNull()
    assert curve.place_at(100) == 0
