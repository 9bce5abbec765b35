"""The strip of tokens: where tiles stand, what is painted again, what a person can do."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt

from gui.theme import DARK, LIGHT
from gui.widgets.token_strip import LONGEST, RING, Tile, TokenStrip, clipped

TILES = (Tile("Mira", 4.1), Tile("·put", 0.0), Tile("U+202E", 1.0, warn=True), Tile("?", None))


class Paints(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, watched):
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def strip(qtbot):
    made = TokenStrip()
    qtbot.addWidget(made)
    made.resize(500, 60)
    made.show_tiles(TILES, 1)
    made.show()
    qtbot.waitExposed(made)
    return made


def colour(strip, place):
    """Of the background of a tile, near its corner."""
    corner = strip.box(place).topLeft().toPoint() + QPoint(6, 3)
    return strip.viewport().grab().toImage().pixelColor(corner).name()


def test_a_tile_has_the_tint_of_its_loss(strip):
    assert colour(strip, 0) == LIGHT.loss_tint(4.1).name()
    assert colour(strip, 1) == LIGHT.loss_tint(0.0).name()


def test_a_token_that_could_mislead_stands_out_whatever_its_loss(strip):
    assert colour(strip, 2).upper() == LIGHT.bad_soft


def test_a_change_of_theme_changes_the_tints(strip):
    strip.dress(DARK)
    assert colour(strip, 0) == DARK.loss_tint(4.1).name()


def test_the_same_tiles_are_not_painted_again(strip, qtbot):
    strip.viewport().repaint()
    paints = Paints(strip.viewport())
    strip.show_tiles(tuple(TILES), 1)
    qtbot.wait(0)
    assert paints.count == 0
    strip.show_tiles(TILES, 2)
    qtbot.waitUntil(lambda: paints.count == 1)


def test_the_chosen_tile_has_a_ring_of_the_accent(strip):
    edge = strip.box(1).topLeft().toPoint() + QPoint(8, 0)
    assert strip.viewport().grab().toImage().pixelColor(edge).name().upper() == LIGHT.accent


def test_no_tile_has_a_ring_where_none_is_chosen(strip):
    strip.show_tiles(TILES, -1)
    edges = [strip.box(place).topLeft().toPoint() + QPoint(8, 0) for place in range(len(TILES))]
    image = strip.viewport().grab().toImage()
    assert LIGHT.accent not in [image.pixelColor(edge).name().upper() for edge in edges]
    assert strip.accessibleDescription() == ""


def test_a_click_chooses_and_a_double_click_asks_to_edit(strip, qtbot):
    at = strip.box(2).center().toPoint()
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == [2]
    with qtbot.waitSignal(strip.edit_asked):
        qtbot.mouseDClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_beside_the_tiles_nothing_is_chosen(strip, qtbot):
    with qtbot.assertNotEmitted(strip.chosen):
        qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(480, 5))


def test_a_long_text_wraps_and_scrolls_to_the_chosen_token(strip):
    tiles = tuple(Tile(f"·word{n}", 1.0) for n in range(60))
    strip.show_tiles(tiles, 59)
    tops = {strip.box(place).top() for place in range(60)}
    assert len(tops) > 3
    assert all(strip.box(place).right() <= strip.viewport().width() for place in range(60))
    assert 0 <= strip.box(59).top() < strip.viewport().height()
    strip.show_tiles(tiles, 0)
    assert strip.verticalScrollBar().value() == 0


@pytest.mark.parametrize("height", [60, 75, 110])
def test_no_line_is_cut_wherever_it_is_scrolled_to(strip, height):
    strip.resize(500, height)
    tiles = tuple(Tile(f"·word{n}", 1.0) for n in range(60))
    for chosen in (0, 20, 40, 59):
        strip.show_tiles(tiles, chosen)
        tops = {round(strip.box(place).top()) for place in range(60)}
        assert round(strip.box(0).top()) <= min(top for top in tops if top > 0) == RING
        assert RING <= strip.box(chosen).top() <= strip.box(chosen).bottom() <= strip.viewport().height()


def test_it_wants_room_for_all_lines_and_does_with_one(strip):
    one = strip.sizeHint().height()
    strip.show_tiles(tuple(Tile(f"·word{n}", 1.0) for n in range(60)), 0)
    assert strip.sizeHint().height() > 3 * one
    assert strip.minimumSizeHint().height() < 2 * one


def test_it_tells_in_words_what_a_tile_shows(strip):
    assert strip.sentence(0) == "“Mira”: loss 4.10 nats, token 1 of 3."
    assert strip.sentence(3) == "What comes after the text."
    assert "put" in strip.accessibleDescription()


def test_a_very_long_token_is_cut_in_the_middle():
    assert clipped("a" * 1000) == f"{'a' * (LONGEST // 2)}…{'a' * (LONGEST // 2)}"
    assert clipped("short") == "short"
