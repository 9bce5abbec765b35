"""The spoiling bench on paper: the curves in the stretch on screen, the shares, and the document word by word."""

import numpy as np
import pytest

from engine.recording import Recording
from gui.export.sheet import Cursor, Curve, Grid
from gui.panels.spoiling import SpoilingPanel
from gui.panels.spoiling_figure import COLOURS, EMPTY, spoiling_figure
from gui.panels.spoiling_picture import SHARES, unspoiled
from gui.widgets.scale import Span
from gui.widgets.spoiled_text import NAMES
from gui.widgets.spoiled_text import SHARES as TINTS
from gui.widgets.spoiling_chart import EMPTY as FULL
from gui.widgets.view import View
from tests.gui.panels.test_spoiling_picture import CLEAN, RUN, made, text_of

VIEW = View(*FULL)


def sheet(view=VIEW, **chosen):
    return spoiling_figure(made(**chosen), view)


def curves(made_sheet):
    return [mark for mark in made_sheet.plots[0].marks if isinstance(mark, Curve)]


def grid(made_sheet):
    return next(block for block in made_sheet.blocks if isinstance(block, Grid))


def document(made_sheet):
    return made_sheet.blocks[-1]


def test_curves_are_those_of_the_bench():
    told, picture = sheet(clean=unspoiled(CLEAN)), made(clean=unspoiled(CLEAN))
    assert [curve.name for curve in curves(told)] == [
        f"validation of {picture.curves.unspoiled_name}, unspoiled", "validation on clean text", "training"
    ]  # fmt: skip
    for curve, line in zip(reversed(curves(told)), picture.curves[:3], strict=True):
        np.testing.assert_array_equal(curve.x, line.x)
        np.testing.assert_array_equal(curve.y, line.y)
    assert not [mark for mark in told.plots[0].marks if isinstance(mark, Cursor)]


def test_looking_back_the_later_part_is_known_to_be_later():
    told = sheet(step=60)
    training = curves(told)[-1]
    assert training.live == np.count_nonzero(training.x <= 60)
    assert [mark.x for mark in told.plots[0].marks if isinstance(mark, Cursor)] == [60]


def test_what_a_person_zoomed_into_is_drawn_and_the_whole_is_known():
    plot = sheet(VIEW.hold(Span(20, 40), None)).plots[0]
    assert (plot.x.low, plot.x.high, plot.x.title, plot.y.unit) == (20, 40, "Step", "nats per token")
    assert plot.whole[0].high >= 120
    assert sheet().plots[0].whole is None


def test_shares_of_the_next_run_stand_beside_this_one_where_they_differ():
    assert grid(sheet()).heads == ("Spoiled", "Share")
    assert [row[1].text for row in grid(sheet()).rows] == ["30 %", "5 %", "0 %", "10 %"]
    moved = grid(sheet(wished={"typos": 0.5}))
    assert moved.heads == ("Spoiled", "This run", "Next run")
    typos = moved.rows[list(SHARES).index("typos")]
    assert [(cell.text, cell.bold) for cell in typos[1:]] == [("5 %", False), ("50 %", True)]


def test_the_document_is_whole_and_each_word_has_the_ground_of_what_was_done_to_it():
    picture = made(wished={"typos": 0.6})
    rows = document(sheet(wished={"typos": 0.6})).rows
    assert "\n".join("".join(tile.text for tile in row) for row in rows).split() == text_of(picture).split()
    tiles = [tile for row in rows for tile in row]
    for kind in {span.kind for span in picture.document.spans}:
        words = sum(len(span.text.split()) for span in picture.document.spans if span.kind == kind)
        there = [tile for tile in tiles if tile.colour == COLOURS[kind] and tile.text.strip()]
        assert len(there) >= words
        assert {tile.tint for tile in there} == {TINTS.get(kind, 0.0)}


def test_the_colours_are_explained_where_something_is_spoiled():
    spoiled = sheet(wished={"typos": 0.6})
    legend = spoiled.blocks[-2]
    assert [tile.text for tile in legend.rows[0]] == list(NAMES.values())
    clean = sheet(run=CLEAN)
    assert len(clean.blocks) == len(spoiled.blocks) - 1
    assert spoiled.notes == (f"{made().facts}.",)


@pytest.mark.parametrize("step", [0, 120])
def test_a_panel_that_was_never_shown_has_its_figure(qtbot, step):
    panel = SpoilingPanel()
    qtbot.addWidget(panel)
    assert panel.on_paper(Recording(), 0).empty == EMPTY
    assert panel.on_paper(RUN, step).plots
    panel.show_chosen({"typos": 0.5})
    assert not panel.on_paper(Recording(), 0).empty
