"""The comparison of tokenizers on paper: the pieces, the costs and the marks that are on screen."""

from itertools import pairwise

import numpy as np

from engine.recording import Recording
from gui.export.sheet import Grid, Tiles
from gui.panels.tokenizers import TokenizersPanel
from gui.panels.tokenizers_figure import NOT_CHOSEN, NOT_COMPARED, tokenizers_figure
from gui.panels.tokenizers_picture import LEARNING
from tests.gui.panels.test_tokenizers import ALL, CHARACTER, UNIGRAM, picture, run


def sheet(*events, **options):
    return tokenizers_figure(picture(*events, **options))


def block(made_sheet, kind):
    return next(one for one in made_sheet.blocks if isinstance(one, kind))


def test_each_tokenizer_cuts_the_text_in_a_row_of_its_own():
    tiles = block(sheet(*ALL), Tiles)
    assert tiles.names == ("Character", "Byte-level BPE", "Unigram", "WordPiece")
    assert ["".join(tile.text for tile in row) for row in tiles.rows] == ["the·lantern"] * 4
    for row in tiles.rows:
        assert all(one.tint != other.tint for one, other in pairwise(row))


def test_costs_are_those_of_the_rows_and_the_best_is_bold():
    rows = block(sheet(*ALL), Grid).rows
    assert [row[3].text for row in rows] == ["1.92", "1.71", "1.68", "1.70"]
    assert [row[3].bold for row in rows] == [False, False, True, False]
    assert [row[4].number for row in rows] == [each.embedding for each in picture(*ALL).rows]


def test_marks_differ_in_shape_as_well_as_in_colour():
    (plot,) = sheet(*ALL).plots
    assert len({mark.shape for mark in plot.marks}) == len({mark.colour for mark in plot.marks}) == 4
    for at, mark in enumerate(reversed(plot.marks)):  # the first lies on top
        assert mark.x.tolist() == [language.counts[at] for language in picture(*ALL).languages]
        assert mark.y.tolist() == list(range(len(plot.y.names)))
    assert plot.x.high >= max(mark.x.max() for mark in plot.marks)


def test_what_is_not_there_yet_says_so_and_has_no_mark_but_keeps_its_place():
    made = sheet(CHARACTER, UNIGRAM)
    assert [row[0].text for row in block(made, Tiles).rows if len(row) == 1] == [LEARNING, LEARNING]
    assert [mark.name for mark in made.plots[0].marks] == ["Unigram", "Character"]
    assert made.plots[0].marks[0].shape == sheet(*ALL).plots[0].marks[1].shape
    assert not any(np.isnan(mark.x).any() for mark in made.plots[0].marks)


def test_the_sentence_is_told():
    assert picture(*ALL).languages[0].sentence in sheet(*ALL).notes[0]


def test_with_nothing_to_compare_it_says_why(qtbot):
    panel = TokenizersPanel()
    qtbot.addWidget(panel)
    assert panel.on_paper(Recording(), 0).empty == NOT_COMPARED
    assert not panel.on_paper(run(*ALL), 0).empty
    panel.choose(first="none", second="none", third="none", fourth="none")
    assert panel.on_paper(run(*ALL), 0).empty == NOT_CHOSEN
