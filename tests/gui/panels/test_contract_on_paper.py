"""What holds for every panel's figure: it can tell anything a run can be, in words that are safe, and is drawn."""

from dataclasses import replace
from math import isfinite

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from engine.annotations import Annotations, Note
from engine.bench.scripted_text import merges_counted, tokenizers_compared
from engine.events import CorpusRead, MergesCounted, SourceExamined, SourceRead, Started, TokenizerCompared, Wrote
from engine.recording import Recording
from gui.export.files.figure import figure_bytes
from gui.export.legibility import lost_in_grey
from gui.export.page.compose import compose
from gui.export.paper import Paper
from gui.export.provenance import provenance
from gui.export.sheet import Axis, Band, Bars, Curve, Grid, Heat, Mosaic, Points, Sheet, Tiles
from gui.frame.dock import Dock
from gui.panels import PANELS
from gui.panels.panel import ComparingPanel
from gui.shown import Shown
from gui.text import prose
from gui.theme import LIGHT
from tests.fakes import events
from tests.gui.panels.test_contract import CHOICES, COLOURS, EMPTY, LAST, OTHER, RUN, TASKS

NASTY = (
    *("$\\frac{1}{", "<script>alert(1)</script>", "\u202etxt.exe", "a\u200bb", "\x1b[31m", "e\u0301", "\u0301", "字"),
    *("🙂", "=1+1", "_x^2", "two\nlines", "\udce2", "\ufffd", "\u0645\u0631\u062d", "%n&amp;"),
)
COUNTS = ("Step", "Tokens", "Characters", "Documents", "Times")  # how the title of an axis without a unit begins
SMALL = Paper(preset="paper-2col", dpi=60)


def hostile():
    """The same run, in which every text that comes from strangers is a trap."""
    made = Recording()
    for event in (*events(LAST), merges_counted(0, 0.0), *tokenizers_compared(0, 0.0)):
        made.add(spoiled(event))
    return annotated(made)


def spoiled(event):
    match event:
        case CorpusRead():
            words = nasty(event.vocabulary)
            return replace(event, name=NASTY[1], origin=NASTY[2], held_out=NASTY[3], vocabulary=words)
        case MergesCounted():
            return replace(event, left=nasty(event.left), right=nasty(event.right))
        case TokenizerCompared():
            return replace(event, vocabulary=nasty(event.vocabulary))
        case SourceRead():
            return replace(event, name="".join(NASTY[event.source % len(NASTY) :][:3]), origin=NASTY[2])
        case SourceExamined():
            return replace(event, samples=NASTY, skipped=NASTY[:2], characters=NASTY[: len(event.characters)])
        case Wrote():
            return replace(event, prompt="".join(NASTY), text="".join(reversed(NASTY)))
        case Started():
            return replace(event, name="".join(NASTY))
        case _:
            return event


def nasty(pieces):
    """Each with a trap before it."""
    return tuple(NASTY[place % len(NASTY)] + piece for place, piece in enumerate(pieces))


def annotated(made):
    notes = tuple(Note(place, 10 * place + 1, text, "2026-01-01T00:00:00+00:00") for place, text in enumerate(NASTY))
    made.annotate(Annotations(name="".join(NASTY), comment="".join(NASTY), notes=notes))
    return made


HOSTILE = hostile()
RUNS = {"plain": RUN, "hostile": HOSTILE, **TASKS}


@pytest.fixture(params=PANELS, ids=[panel.title for panel in PANELS])
def panel(request, open_panel):
    return open_panel(request.param)


@pytest.fixture
def open_panel(qtbot):
    """Never shown, never drawn."""

    def open_one(panel_class):
        made = panel_class()
        qtbot.addWidget(made)
        for widget in made.title_row():
            qtbot.addWidget(widget)
        return made

    return open_one


def figure(panel, run, step):
    """The panel's sheet, which is found sound."""
    if isinstance(panel, ComparingPanel):
        panel.show_runs((Shown("one", "one", run, 0), Shown("other", "\u202eother <b>$", OTHER, 1)))
    sheet = panel.on_paper(run, step)
    check(sheet)
    return sheet


# what makes a sheet sound


def check(sheet):
    assert isinstance(sheet, Sheet)
    assert sheet.panel
    assert sheet.title
    assert sheet.empty or any(sheet.blocks)
    for words in strings(sheet):
        assert prose(words) == words, f"{words!r} hides something"
    for plot in sheet.plots:
        for axis in (plot.x, plot.y, *(plot.whole or ())):
            check_axis(axis)
        for mark in plot.marks:
            check_mark(mark)
    for block in sheet.blocks:
        check_block(block)


def strings(value):
    """Every text in it, however deep; arrays hold none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)


def check_axis(axis: Axis):
    assert axis.title
    told = axis.unit or axis.names or axis.title.startswith(COUNTS) or " per " in axis.title
    assert told, f"{axis.title} has no unit"
    assert isfinite(axis.low)
    assert isfinite(axis.high)
    assert axis.low != axis.high
    assert not axis.log or min(axis.low, axis.high) > 0


def check_mark(mark):
    """Its numbers belong together and its colour is one of the theme's."""
    match mark:
        case Curve():
            assert len(mark.x) == len(mark.y)
            assert (np.diff(mark.x) >= 0).all()
            assert mark.live is None or 0 <= mark.live <= len(mark.x)
        case Band():
            assert len(mark.x) == len(mark.low) == len(mark.high)
        case Points():
            assert len(mark.x) == len(mark.y)
            assert len(mark.words) in (0, len(mark.x))
        case Bars():
            assert len(mark.words) in (0, len(mark.values))
            assert mark.places is None or len(mark.places) == len(mark.values)
        case Heat():
            assert mark.values_YX.shape == (len(mark.rows), len(mark.columns)) or not (mark.rows or mark.columns)
            within(mark.values_YX, mark.low, mark.high)
    check_colour(getattr(mark, "colour", "ink"))


def check_block(block):
    match block:
        case Mosaic():
            assert block.values_RCYX.shape[:2] == (len(block.rows), len(block.columns))
            within(block.values_RCYX, block.low, block.high)
        case Tiles():
            assert len(block.names) in (0, len(block.rows))
            for tile in (tile for row in block.rows for tile in row):
                assert tile.text
                assert 0 <= tile.tint <= 1
                check_colour(tile.colour)
        case Grid():
            most = len(block.heads) or max(map(len, block.rows))
            assert all(len(row) <= most for row in block.rows)
            assert set(block.right) <= set(range(most))


def within(values, low, high):
    known = values[np.isfinite(values)]
    assert len(known) == 0 or (known.min() >= low and known.max() <= high)


def check_colour(colour):
    assert colour in LIGHT.tokens() or (len(colour) == 7 and int(colour[1:], 16) >= 0 and colour[0] == "#")


# what holds


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("step", [0, 1, LAST // 2, LAST])
def test_every_step_of_every_task_is_told(panel, run, step):
    assert figure(panel, RUNS[run], step).panel == panel.title


def test_the_newest_step_says_more_than_that_there_is_nothing(panel):
    sheet = figure(panel, RUN, LAST)
    assert not sheet.empty
    assert sheet.blocks


def test_an_empty_recording_says_why_there_is_nothing(panel):
    assert panel.on_paper(EMPTY, 0).empty.endswith(".")
    check(panel.on_paper(EMPTY, 0))


@pytest.mark.parametrize(("panel_class", "name", "value"), CHOICES)
def test_each_option_is_told_at_its_ends(open_panel, panel_class, name, value):
    panel = open_panel(panel_class)
    panel.choose(**{name: value})
    for run, step in ((EMPTY, 0), (RUN, LAST), (RUN, 1)):
        figure(panel, run, step)


def test_it_is_drawn_on_paper_and_is_not_blank(panel):
    for run in (RUN, HOSTILE):
        drawn = figure_bytes(figure(panel, run, LAST), SMALL, provenance(run, "run", LAST, panel.title), "png")
        image = QImage.fromData(drawn).convertToFormat(QImage.Format.Format_RGB32)
        assert len(np.unique(np.frombuffer(image.constBits(), np.uint32))) > COLOURS


def test_an_empty_page_is_composed_too(panel):
    drawing = compose(figure(panel, EMPTY, 0), SMALL)
    assert (drawing.width, drawing.height) == SMALL.size  # nothing makes it grow
    assert drawing.calls


def test_asking_for_a_figure_changes_nothing_on_screen(qtbot, panel):
    dock = Dock(panel.title, panel.help, panel)
    qtbot.addWidget(dock)
    dock.resize(700, 420)
    dock.show()
    settle(panel)
    before = panel.grab().toImage()
    for run, step in ((RUN, LAST // 2), (OTHER, 40), (EMPTY, 0)):
        panel.on_paper(run, step)
    panel.dress(panel.theme)  # all is drawn anew
    settle(panel)
    assert panel.grab().toImage() == before


def settle(panel):
    """Until nothing changes any more."""
    while panel.refresh(RUN, LAST):
        assert panel._stack.currentWidget() is panel.body, panel._trouble.details
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_copy_in_grey_loses_nothing(panel, look):
    assert lost_in_grey(figure(panel, RUN, LAST), Paper(look=look)) == ""
