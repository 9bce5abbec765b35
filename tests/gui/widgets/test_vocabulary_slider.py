"""The slider over vocabularies: fine where they are small, and silent unless a hand moves it."""

import pytest
from PySide6.QtCore import Qt

from gui.widgets.vocabulary_slider import VocabularySlider, stops


@pytest.fixture
def slider(qtbot):
    made = VocabularySlider()
    qtbot.addWidget(made)
    made.show()
    return made


def test_stops_are_close_together_where_the_vocabulary_is_small():
    made = stops(4096, 257)
    assert made[:3] == [0, 3, 6]
    assert made[-1] == 4096
    assert made[-1] - made[-2] > 10 * (made[1] - made[0])
    assert made == sorted(set(made))


@pytest.mark.parametrize("most", [0, 1, 5, 30])
def test_few_merges_are_all_stops(most):
    assert stops(most, 257) == list(range(most + 1))


def test_being_told_moves_it_and_tells_nobody(slider, qtbot):
    with qtbot.assertNotEmitted(slider.edited):
        slider.show_merges(767, 4096, 257)
        middle = slider.value()
        slider.show_merges(0, 4096, 257)
        slider.show_merges(767, 100, 257)
    assert 0 < middle < 240
    assert slider.value() == slider.maximum() == len(stops(100, 257)) - 1


def test_a_key_tells_the_next_stop(slider, qtbot):
    slider.show_merges(0, 4096, 257)
    with qtbot.waitSignal(slider.edited) as edited:
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert edited.args == [3]


def test_a_place_between_two_stops_stays_as_it_is_while_the_slider_stands_there(slider):
    slider.show_merges(1, 4096, 257)
    assert slider.value() == 1
    slider.show_merges(3, 4096, 257)
    assert slider.value() == 1
