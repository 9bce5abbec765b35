"""The mosaic of heads: where each is, and how one is chosen."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from gui.theme import LIGHT, PROJECTOR
from gui.widgets.colour_map import GAP, MASK, TOP
from gui.widgets.head_mosaic import Head, HeadMosaic, Heads

SIDE, SPACE = 16, 1  # cells


def heads(layers=2, count=3, chosen=Head(0, 0), bright=Head(1, 2)):  # noqa: B008 - tuples
    """All heads dark but one."""
    pitch = SIDE + SPACE
    cells = np.full((layers * pitch - SPACE, count * pitch - SPACE), GAP, np.uint8)
    for layer in range(layers):
        for head in range(count):
            level = TOP if Head(layer, head) == bright else 0
            cells[layer * pitch : layer * pitch + SIDE, head * pitch : head * pitch + SIDE] = level
    return Heads(cells, layers, count, SIDE, SPACE, chosen)


@pytest.fixture
def mosaic(qtbot):
    made = HeadMosaic()
    qtbot.addWidget(made)
    made.resize(300, 240)
    made.show_heads(heads())
    return made


def test_a_head_is_drawn_where_it_can_be_clicked(mosaic):
    picture = mosaic.grab().toImage()
    for layer in range(2):
        for head in range(3):
            centre = mosaic.box(Head(layer, head)).center()
            assert mosaic.head_at(centre) == Head(layer, head)
            bright = picture.pixelColor(centre.toPoint()).green() > 200
            assert bright == (Head(layer, head) == Head(1, 2))


def test_all_heads_fit_in_whatever_room_there_is(mosaic):
    for width, height in ((130, 130), (300, 240), (240, 600)):
        mosaic.resize(width, height)
        assert mosaic.rect().toRectF().contains(mosaic.box(Head(1, 2)))


def test_outside_is_no_head(mosaic):
    assert mosaic.head_at(QPointF(1, 1)) is None
    assert mosaic.head_at(mosaic.box(Head(1, 2)).bottomRight() + QPointF(30, 30)) is None


def test_room_is_what_a_head_gets(mosaic):
    room = mosaic.room(2, 3)
    assert mosaic.box(Head(0, 0)).width() == pytest.approx(room, rel=0.1)
    assert mosaic.room(24, 24) < room


def test_a_click_asks_for_a_head_and_chooses_nothing_by_itself(mosaic, qtbot):
    with qtbot.waitSignal(mosaic.chosen) as asked:
        where = mosaic.box(Head(1, 0)).center().toPoint()
        qtbot.mouseClick(mosaic, Qt.MouseButton.LeftButton, pos=where)
    assert asked.args == [Head(1, 0)]
    assert mosaic.accessibleDescription().startswith("Layer 1, head 1 of")


def test_only_the_chosen_head_has_a_ring(mosaic):
    assert ring(mosaic, Head(0, 0)) == LIGHT.accent
    assert ring(mosaic, Head(0, 1)) != LIGHT.accent
    mosaic.show_heads(heads(chosen=Head(0, 1)))
    assert ring(mosaic, Head(0, 1)) == LIGHT.accent


def ring(mosaic, head):
    """The colour just outside a head, in the middle of its upper edge."""
    box = mosaic.box(head)
    return mosaic.grab().toImage().pixelColor(round(box.center().x()), round(box.top() - 2)).name().upper()


def test_a_head_is_named_under_the_pointer(mosaic):
    assert mosaic.sentence_at(mosaic.box(Head(1, 1)).center()) == "Layer 2, head 2. Click to see it large."
    assert mosaic.sentence_at(QPointF(1, 1)) == ""


def test_an_empty_mosaic_is_drawn_and_clicked_without_trouble(qtbot):
    made = HeadMosaic()
    qtbot.addWidget(made)
    made.grab()
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.head_at(QPointF(50, 50)) is None


def test_other_keys_are_left_to_the_window(mosaic, qtbot):
    with qtbot.assertNotEmitted(mosaic.chosen):
        qtbot.keyClick(mosaic, Qt.Key.Key_A)


def test_a_theme_brings_its_mask(mosaic):
    made = heads()
    made.levels_YX[:SIDE, :SIDE] = MASK
    mosaic.dress(PROJECTOR)
    mosaic.show_heads(made)
    centre = mosaic.box(Head(0, 0)).center().toPoint()
    assert mosaic.grab().toImage().pixelColor(centre).name().upper() == PROJECTOR.mask
