"""Attention on paper has every cell, however few a screen had room for, and names the chosen head."""

import numpy as np
import pytest

from engine.events import Attended
from engine.settings import Settings
from gui.panels.attention import AttentionPanel
from gui.panels.attention_figure import EMPTY, TOO_SHORT, attention_figure
from gui.panels.attention_picture import Room, attention
from gui.widgets.colour_map import ALL
from gui.widgets.head_mosaic import Head
from tests.fakes import recording
from tests.gui.panels.test_attention import recorded, shares

RUN, MASKED = recording(100), recording(100, Settings(objective="masked"))
LONG = 200  # tokens
ONE_PIXEL = Room(lambda layers, heads: 1, 1)


def told(run=RUN, hide_first=False, wish=Head(0, 0)):  # noqa: B008 - a tuple
    return attention_figure(attention(run, 100, hide_first, wish, ONE_PIXEL))


def heat(sheet):
    (plot,) = sheet.plots
    return plot.marks[0]


@pytest.mark.parametrize("wish", [Head(0, 0), Head(1, 2)])
def test_the_chosen_head_is_drawn_in_full_whatever_room_the_screen_has(wish):
    share_LHTT = shares(2, 3, LONG)
    sheet = told(recorded(share_LHTT), wish=wish)
    past = np.tri(LONG, dtype=bool)
    assert heat(sheet).values_YX.shape == (LONG, LONG)
    assert np.allclose(heat(sheet).values_YX[past], share_LHTT[wish][past] / ALL)
    assert np.isnan(heat(sheet).values_YX[~past]).all()
    mosaic = sheet.blocks[1]
    assert mosaic.chosen == wish
    assert np.array_equal(mosaic.values_RCYX[wish], heat(sheet).values_YX, equal_nan=True)


def test_the_head_is_named_and_so_are_its_tokens():
    sheet = told(wish=Head(1, 0))
    assert sheet.plots[0].title == "Layer 2, head 1"
    assert sheet.title == "Attention of layer 2, head 1"
    assert len(heat(sheet).rows) == len(RUN.latest(Attended).tokens_T)
    assert sheet.plots[0].x.names == sheet.plots[0].y.names == heat(sheet).rows == heat(sheet).columns


def test_the_strongest_link_is_framed_and_told():
    sheet = told()
    row, column = heat(sheet).marked
    assert heat(sheet).values_YX[row, column] == np.nanmax(heat(sheet).values_YX[1:])
    assert f"“{heat(sheet).rows[row]}” looks at “{heat(sheet).columns[column]}”" in sheet.notes[0]


def test_a_hidden_first_column_is_hidden_on_paper_and_said_to_be():
    sheet = told(hide_first=True)
    assert np.isnan(heat(sheet).values_YX[:, 0]).all()
    assert np.isfinite(heat(sheet).values_YX[1:, 1]).all()
    assert np.isnan(sheet.blocks[1].values_RCYX[..., 0]).all()
    assert "first token is covered" in sheet.notes[0]
    assert "covered" not in told().notes[0]


def test_a_model_of_hidden_tokens_looks_both_ways():
    assert np.isfinite(heat(told(MASKED)).values_YX).all()


def test_a_single_head_has_no_mosaic_beside_it():
    assert len(told(recorded(shares(1, 1, 5))).blocks) == 1


def test_without_a_map_it_says_why():
    assert attention_figure(None).empty == EMPTY
    assert told(recorded(shares(1, 1, 1))).empty == TOO_SHORT


def test_the_head_a_person_chose_is_the_one_on_paper(qtbot):
    panel = AttentionPanel()
    qtbot.addWidget(panel)
    panel.enlarge(Head(1, 1))
    assert panel.on_paper(RUN, 100).plots[0].title == "Layer 2, head 2"
