"""The attention panel: its numbers without a screen, and what a person can do."""

import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.events import Attended, CorpusRead
from engine.recording import Recording
from engine.settings import Settings
from gui.panels.attention import EMPTY, TOO_SHORT, AttentionPanel
from gui.panels.attention_picture import Room, attention, shrunk_levels, strongest_link
from gui.theme import DARK, LIGHT, PROJECTOR
from gui.widgets.colour_map import ALL, GAP, MASK, TOP, levels
from gui.widgets.head_map import Link
from gui.widgets.head_mosaic import Head
from tests.fakes import HEADS, LAYERS, PIECES, SENTENCE, recording

RUN = recording(100)
TOKENS = len(SENTENCE) + 1
AMPLE = 500  # device pixels


def shares(layers, heads, tokens):
    """Rows that sum to one, as the engine makes them, and are never the same twice."""
    weights = np.random.default_rng(1).random((layers, heads, tokens, tokens)) * np.tri(tokens)
    return np.round(weights / weights.sum(-1, keepdims=True) * ALL).astype(np.uint16)


def recorded(attention_LHTT, tokens=None, pieces=PIECES):
    made = Recording()
    made.add(CorpusRead(0, 0.0, "Stories", "", 1, 1, 1, 1, "", tuple(pieces), 0))
    tokens = np.resize(np.arange(len(pieces)), attention_LHTT.shape[-1]) if tokens is None else np.array(tokens)
    made.add(Attended(10, 1.0, tokens.astype(np.int32), attention_LHTT))
    return made


def picture(made, step=100, hide_first=False, wish=Head(0, 0), room=AMPLE):  # noqa: B008 - a tuple
    return attention(made, step, hide_first, wish, Room(lambda layers, heads: room, room))


def tile(made, layer, head):
    """The cells of one head in the mosaic."""
    heads = made.heads
    top, left = layer * (heads.side + heads.gap), head * (heads.side + heads.gap)
    return heads.levels_YX[top : top + heads.side, left : left + heads.side]


PAST = np.tri(TOKENS, dtype=bool)


# looking both ways

MASKED = recording(100, Settings(objective="masked"))


def test_a_model_of_hidden_tokens_looks_at_what_comes_later():
    made, event = picture(MASKED), MASKED.latest(Attended)
    assert np.array_equal(made.map.levels_SS, levels(event.attention_LHTT[0, 0]))
    assert not (tile(made, 1, 2) == MASK).any()
    largest = np.unravel_index(event.attention_LHTT[0, 0].argmax(), (TOKENS, TOKENS))
    assert made.map.strongest == Link(*map(int, largest))


def test_the_first_token_looks_at_others_where_it_can():
    shares_TT = np.zeros((3, 3), np.uint16)
    shares_TT[0, 2] = ALL
    assert strongest_link(shares_TT, hide_first=False, both=True) == Link(0, 2)
    assert strongest_link(shares_TT, hide_first=False) != Link(0, 2)


def test_the_future_can_be_pointed_at_only_where_it_is_seen(panel):
    panel.refresh(MASKED, 100)
    future = panel.map.box(Link(2, 7)).center()
    assert panel.map._link_at(future) == Link(2, 7)
    panel.refresh(RUN, 100)
    assert panel.map._link_at(future) is None


# the numbers


def test_before_the_first_look_there_is_nothing():
    assert picture(Recording()) is None
    assert picture(RUN, step=-1) is None


def test_the_shares_are_those_of_the_event_of_that_step():
    for step in (0, 35, 100):
        event = RUN.latest(Attended, step)
        made = picture(RUN, step, wish=Head(2, 1))
        assert np.array_equal(made.map.shares_TT, event.attention_LHTT[2, 1])


def test_every_head_stands_in_its_row_and_column():
    event, made = RUN.latest(Attended), picture(RUN)
    for layer in range(LAYERS):
        for head in range(HEADS):
            assert np.array_equal(tile(made, layer, head)[PAST], levels(event.attention_LHTT[layer, head])[PAST])


def test_between_the_heads_is_a_gap_and_nothing_else_is():
    made = picture(RUN)
    heads = made.heads.levels_YX
    side, gap = made.heads.side, made.heads.gap
    assert gap == 1  # a sixteenth of fifteen cells
    assert heads.shape == (LAYERS * side + (LAYERS - 1) * gap, HEADS * side + (HEADS - 1) * gap)
    assert (heads[:, side : side + gap] == GAP).all()
    assert (heads[side : side + gap] == GAP).all()
    assert (heads == GAP).sum() == heads.size - LAYERS * HEADS * side * side


def test_the_future_is_masked_and_the_past_is_not():
    made = picture(RUN)
    for cells in (made.map.levels_SS, tile(made, 1, 2)):
        assert (cells[~PAST] == MASK).all()
        assert (cells[PAST] <= TOP).all()


def test_hiding_the_first_column_masks_it_and_changes_nothing_else():
    whole, hidden = picture(RUN), picture(RUN, hide_first=True)
    for before, after in ((whole.map.levels_SS, hidden.map.levels_SS), (tile(whole, 3, 3), tile(hidden, 3, 3))):
        assert (after[:, 0] == MASK).all()
        assert np.array_equal(after[:, 1:], before[:, 1:])


def test_a_head_that_is_no_more_gives_way_to_the_last_there_is():
    assert picture(RUN, wish=Head(20, 2)).heads.chosen == Head(LAYERS - 1, 2)
    assert picture(RUN, wish=Head(0, 20)).heads.chosen == Head(0, HEADS - 1)


def test_the_strongest_link_is_where_the_largest_share_is():
    made = shares(1, 1, 6)[0, 0]
    made[4, 2] = ALL
    assert strongest_link(made, hide_first=False) == Link(4, 2)


def test_the_first_token_can_only_look_at_itself_and_that_is_no_news():
    made = shares(1, 1, 6)[0, 0]
    assert made[0, 0] == ALL
    assert strongest_link(made, hide_first=False).row > 0


def test_the_strongest_link_is_never_in_a_hidden_column():
    made = shares(1, 1, 6)[0, 0]
    made[5, 0] = ALL
    assert strongest_link(made, hide_first=False) == Link(5, 0)
    assert strongest_link(made, hide_first=True).column > 0


def test_one_token_has_no_link():
    assert strongest_link(shares(1, 1, 1)[0, 0], hide_first=False) is None
    assert picture(recorded(shares(2, 2, 1))).map.strongest is None


@pytest.mark.parametrize(("tokens", "room"), [(64, 10), (65, 10), (100, 33), (300, 40)])
def test_many_tokens_are_shrunk_to_the_room_and_keep_their_peaks(tokens, room):
    made = np.minimum(shares(2, 3, tokens), ALL // 2)
    made[1, 2, tokens - 2, tokens // 2] = ALL
    small = shrunk_levels(made, room, hide_first=False)
    side = small.shape[-1]
    assert room / 2 < side <= 1.25 * room
    assert small.shape[:2] == (2, 3)
    assert (small == TOP).sum() == 1
    row, column = np.argwhere(small[1, 2] == TOP)[0]
    block = -(-tokens // side)
    assert (row, column) == ((tokens - 2) // block, tokens // 2 // block)
    assert (small[:, :, ~np.tri(side, dtype=bool)] == MASK).all()


def test_shrunk_a_hidden_column_does_not_shine_through():
    made = np.zeros((1, 1, 40, 40), np.uint16)
    made[..., 0] = ALL
    assert (shrunk_levels(made, 10, hide_first=False)[0, 0, :, 0] == TOP).all()
    assert (shrunk_levels(made, 10, hide_first=True)[0, 0, :, 0] == 0).all()


def test_the_largest_model_makes_a_small_image():
    made = picture(recorded(np.zeros((24, 24, 256, 256), np.uint16)), room=12)
    assert max(made.heads.levels_YX.shape) < 1000


def test_tokens_that_could_mislead_are_shown_not_obeyed():
    labels = picture(recorded(shares(1, 1, 5), [0, 22, 26, 13, 2])).map.labels
    assert [label.text for label in labels] == ["end", "U+202E", "<b>", "↵", "·put"]
    assert [label.warn for label in labels] == [False, True, False, False, False]
    assert labels[0].faint


# the panel


@pytest.fixture
def panel(qtbot):
    made = AttentionPanel()
    qtbot.addWidget(made)
    qtbot.addWidget(made.subtitle)
    made.resize(512, 668)
    made.show()
    return made


def shown(panel, run=RUN, step=100):
    """Refreshed until it stands still: a first picture makes room for itself."""
    while panel.refresh(run, step):
        panel.layout().activate()
        panel._outer.activate()
    return panel


def pointer_to(panel, link):
    panel.map._point_at(panel.map.box(link).center())


def test_it_draws_when_seen_and_changed_and_not_otherwise(panel):
    shown(panel)
    assert not panel.refresh(RUN, 100)
    assert panel.refresh(RUN, 50)
    panel.hide()
    assert not panel.refresh(RUN, 100)


def test_an_empty_recording_says_what_will_be_here(panel):
    shown(panel, Recording(), 0)
    assert panel.note.isVisible()
    assert panel.note.headline.text() == EMPTY[0]
    assert not panel.map.isVisible()
    shown(panel)
    assert not panel.note.isVisible()
    assert panel.map.isVisible()


def test_a_single_token_is_too_few_and_it_says_so(panel):
    shown(panel, recorded(shares(1, 1, 1)))
    assert panel.note.headline.text() == TOO_SHORT[0]
    assert not panel.mosaic.isVisible()


def test_the_title_row_counts_layers_and_heads(panel):
    assert shown(panel).subtitle.text() == "4 layers, 4 heads"
    assert shown(panel, recorded(shares(1, 2, 3))).subtitle.text() == "1 layer, 2 heads"


def test_a_click_enlarges_a_head(panel, qtbot):
    shown(panel)
    where = panel.mosaic.box(Head(2, 1)).center().toPoint()
    qtbot.mouseClick(panel.mosaic, Qt.MouseButton.LeftButton, pos=where)
    shown(panel)
    assert panel.reading.reading.head == "Layer 3, head 2"
    assert np.array_equal(panel._shown.map.shares_TT, RUN.latest(Attended).attention_LHTT[2, 1])


def test_arrow_keys_walk_over_the_heads_and_stop_at_the_edge(panel, qtbot):
    shown(panel)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(panel.mosaic, key)
        shown(panel)
    assert panel._shown.heads.chosen == Head(1, 2)
    qtbot.keyClick(panel.mosaic, Qt.Key.Key_End)
    shown(panel)
    qtbot.keyClick(panel.mosaic, Qt.Key.Key_Right)
    assert shown(panel)._shown.heads.chosen == Head(1, HEADS - 1)


def test_arrows_in_the_mosaic_are_not_the_windows(qtbot):
    window, made = QWidget(), AttentionPanel()
    for widget in (window, *made.title_row()):
        qtbot.addWidget(widget)
    QVBoxLayout(window).addWidget(made)
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Right), window)
    window.resize(512, 668)
    window.show()
    qtbot.waitActive(window)
    shown(made).mosaic.setFocus()
    qtbot.waitUntil(made.mosaic.hasFocus)
    with qtbot.assertNotEmitted(shortcut.activated):
        qtbot.keyClick(made.mosaic, Qt.Key.Key_Right)
    assert shown(made)._shown.heads.chosen == Head(0, 1)


@pytest.mark.parametrize("link", [Link(7, 4), Link(14, 0), Link(3, 3)])
def test_under_the_pointer_is_the_share_of_the_event(panel, link):
    shown(panel)
    pointer_to(panel, link)
    reading, event = panel.reading.reading, RUN.latest(Attended)
    assert reading.what == "Under the pointer"
    assert reading.share == pytest.approx(event.attention_LHTT[0, 0][link] / ALL)
    labels = panel._shown.map.labels
    assert (reading.who, reading.whom) == (labels[link.row].text, labels[link.column].text)


def test_the_pointer_that_rests_reads_the_next_look(panel):
    shown(panel, step=50)
    pointer_to(panel, Link(9, 2))
    shown(panel, step=100)
    assert panel.reading.reading.share == pytest.approx(RUN.latest(Attended, 100).attention_LHTT[0, 0, 9, 2] / ALL)


def test_a_link_that_is_gone_with_its_sentence_is_no_longer_read(panel):
    shown(panel)
    pointer_to(panel, Link(14, 12))
    shown(panel, recorded(shares(LAYERS, HEADS, 2)))
    assert panel.map.link != Link(14, 12)
    assert panel.reading.reading.who in ("Mira", "end")


def test_without_a_pointer_the_strongest_link_is_read(panel):
    shown(panel)
    pointer_to(panel, Link(9, 2))
    panel.map._point_at(None)
    assert panel.reading.reading.what == "Strongest link"
    assert panel.reading.reading.share == RUN.latest(Attended).attention_LHTT[0, 0, 1:].max() / ALL


def test_the_link_under_the_pointer_is_told_in_words(panel, qtbot):
    shown(panel)
    with qtbot.waitSignal(panel.explained) as told:
        pointer_to(panel, Link(4, 3))
    assert told.args[0].startswith("Layer 1, head 1: ·lan looks at ·the, 0.")
    with qtbot.waitSignal(panel.explained) as told:
        panel.map._point_at(None)
    assert told.args == [""]


def test_the_check_box_hides_the_first_column(panel, qtbot):
    shown(panel)
    qtbot.mouseClick(panel.hide_first, Qt.MouseButton.LeftButton, pos=QPoint(8, panel.hide_first.height() // 2))
    assert panel.options.hide_first
    assert (shown(panel)._shown.map.levels_SS[:, 0] == MASK).all()


def test_the_option_ticks_the_check_box(panel):
    panel.choose(hide_first=True)
    assert shown(panel).hide_first.isChecked()


def test_a_tall_panel_stacks_and_a_wide_one_lays_side_by_side(panel):
    shown(panel)
    assert panel.map.y() > panel.mosaic.geometry().bottom()
    panel.resize(1000, 420)
    shown(panel)
    assert panel.map.x() > panel.mosaic.geometry().right()


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR, PROJECTOR.at_lecture_size(1600)])
@pytest.mark.parametrize("size", [(280, 300), (512, 668), (1500, 600)])
def test_every_theme_and_size_shows_the_map_in_its_colours(panel, theme, size):
    panel.dress(theme)
    panel.resize(*size)
    shown(panel)
    box = panel.map.box(Link(0, 0))
    seen = panel.map.grab().toImage().pixelColor(box.center().toPoint())
    assert seen.green() > 200 > 60 > seen.blue()  # all of the attention is bright yellow
    future = panel.map.grab().toImage().pixelColor(panel.map.box(Link(0, TOKENS - 2)).center().toPoint())
    assert future.name().upper() == theme.mask


def test_repaints_keep_the_references_of_none(panel):
    shown(panel)
    panel.grab()
    before = sys.getrefcount(None)
    for turn in range(200):
        panel.refresh(RUN, 10 * (turn % 10))
        panel.repaint()
    assert abs(sys.getrefcount(None) - before) < 100


def test_making_a_panel_opens_no_window_of_its_parts(qtbot):
    made = AttentionPanel()
    qtbot.addWidget(made)
    qtbot.addWidget(made.subtitle)
    assert not [w for w in made.findChildren(QWidget) if w.isWindow() or w.isVisible()]


def test_a_token_that_is_no_whole_character_is_explained_with_its_link(panel, qtbot):
    pieces = ("<|end|>", "caf", "\udcc3", "\udca9")
    panel.refresh(recorded(shares(1, 1, 4), tokens=[0, 1, 2, 3], pieces=pieces), 10)
    with qtbot.waitSignal(panel.explained) as told:
        panel.map._point_at(panel.map.box(Link(3, 2)).center())
    assert told.args[0].endswith("‹A9›: one of 2 bytes of é. ‹C3›: one of 2 bytes of é.")
