"""The merges on paper: every letter keeps its column, and the chosen number of merges is marked."""

from itertools import pairwise

import numpy as np
import pytest

from engine.recording import Recording
from gui.export.sheet import Cursor, Curve, Points, Tiles
from gui.panels.merges import MergesPanel
from gui.panels.merges_figure import EMPTY, OWN, SPREAD, merges_figure
from gui.panels.merges_picture import SMALLEST, Growth, compression, merges
from tests.gui.panels.test_merges import PAIRS, RUN, counted


def sheet(text="the lané", chosen=None):
    return merges_figure(merges(RUN, Growth(counted()), text, chosen))


def tiles(made_sheet):
    return next(block for block in made_sheet.blocks if isinstance(block, Tiles))


def text_of(row):
    return "".join(tile.text for tile in row)


def test_each_row_says_how_many_merges_and_pieces_it_has():
    made = tiles(sheet(chosen=1))
    assert made.names == ("0 → 9", "1 → 8", "7 → 3")
    assert [text_of(row) for row in made.rows] == ["the·lan‹C3›‹A9›", "the·lan‹C3›‹A9›", "the·lané"]


def test_letters_keep_their_columns_in_every_row():
    rows = tiles(sheet(chosen=1)).rows
    assert {sum(tile.letters for tile in row) for row in rows} == {SPREAD * 15}
    assert [tile.letters for tile in rows[-1]] == [SPREAD * wide for wide in (3, 4, 8)]
    assert all(tile.letters >= len(tile.text) for row in rows for tile in row)


def test_neighbours_are_told_apart():
    for row in tiles(sheet(chosen=1)).rows:
        assert all(one.tint != other.tint for one, other in pairwise(row))


def test_only_the_chosen_row_wears_the_accent():
    colours = [{tile.colour for tile in row} for row in tiles(sheet(chosen=1)).rows]
    assert colours == [{"ink3"}, {"accent"}, {"ink3"}]


def test_a_sign_that_could_mislead_is_shown_as_what_it_is():
    (tile,) = [tile for tile in tiles(sheet("a\x07b")).rows[0] if tile.warn]
    assert tile.text == "U+0007"
    assert tile.letters >= len(tile.text)


def test_pairs_are_named_and_counted_from_the_chosen_merge_on():
    pairs = sheet(chosen=1).plots[0]
    (bars,) = pairs.marks
    assert pairs.y.names == ("th + e", "· + the", "‹C3› + ‹A9›", "a + n", "l + an")
    assert bars.values.tolist() == [60, 50, 40, 30, 20]
    assert bars.strong == (0,)


def test_after_the_last_merge_nothing_is_joined():
    assert [plot.title for plot in sheet(chosen=len(PAIRS)).plots] == ["A token stands for 1.4 bytes"]


def test_the_curve_is_whole_and_the_chosen_size_is_marked():
    plot = sheet(chosen=2).plots[-1]
    curve, cursor, point = (
        next(mark for mark in plot.marks if isinstance(mark, kind)) for kind in (Curve, Cursor, Points)
    )
    expected = compression(counted(), 2)
    np.testing.assert_array_equal(curve.y, expected.bytes_per_token_P)
    np.testing.assert_array_equal(curve.x, SMALLEST + np.arange(len(PAIRS) + 1))
    assert cursor.x == point.x[0] == SMALLEST + 2
    assert point.y[0] == pytest.approx(expected.bytes_per_token_P[2])
    assert plot.x.low == SMALLEST
    assert plot.y.high >= curve.y.max()


def test_the_vocabulary_of_the_run_is_told():
    assert sheet().notes == (OWN,)
    assert sheet(chosen=1).notes == ()


def test_without_counted_merges_it_says_so(qtbot):
    panel = MergesPanel()
    qtbot.addWidget(panel)
    assert panel.on_paper(Recording(), 0).empty == EMPTY
    panel.go_to(1)
    assert tiles(panel.on_paper(RUN, 0)).names[1].startswith("1 → ")
