"""The documents on paper: figures, lengths, characters and samples of the text on show."""

import pytest

from engine.recording import Recording
from gui.export.sheet import Bars, Grid, Words
from gui.panels.documents import DocumentsPanel
from gui.panels.documents_figure import EMPTY, documents_figure
from gui.panels.documents_picture import NOTHING, documents_at
from tests.gui.panels.test_documents import made


def sheet(place=1):
    return documents_figure(documents_at(made(), 0, place))


def block(kind):
    return next(one for one in sheet().blocks if isinstance(one, kind))


def plot(title):
    return next(one for one in sheet().plots if one.title == title)


def test_figures_and_scripts_are_one_table():
    rows = [tuple(cell.text for cell in row) for row in block(Grid).rows]
    assert ("documents", "1,200") in rows
    assert rows[-2:] == [("Latin", "90 %"), ("Greek", "10 %")]
    assert [row[1].share for row in block(Grid).rows[-2:]] == [0.9, 0.1]
    assert block(Grid).ruled == (len(rows) - 2,)
    assert block(Grid).heads == ("Text", "<b>U+202E.txt")


def test_lengths_begin_with_the_shortest_document():
    across, (bars,) = plot("How long they are").x, plot("How long they are").marks
    assert bars.edges.tolist() == [2, 4, 8, 16, 32]
    assert (across.low, across.high, across.log) == (2, 32, True)
    assert bars.values.tolist() == [1, 7, 0, 0]
    assert plot("How long they are").y.high >= 7


def test_characters_can_be_read_and_their_shares_are_whole():
    characters = plot("Commonest characters")
    (bars,) = characters.marks
    assert isinstance(bars, Bars)
    assert characters.x.names == ("·", "U+202E")
    assert characters.x.mono
    assert bars.values == pytest.approx([20, 1])
    assert bars.words == ("20 %", "1 %")
    assert characters.y.high > 20


def test_samples_and_what_was_skipped_are_harmless():
    assert [one.text for one in block(Words).paragraphs] == ["<b>bold</b>U+202E"]
    assert sheet().notes == ("3 lines are U+202Eno JSON.",)


def test_before_it_was_examined_the_figures_are_there():
    (grid,) = sheet(0).blocks
    assert isinstance(grid, Grid)
    assert not grid.ruled


def test_without_a_text_it_says_so_and_the_chosen_one_is_drawn(qtbot):
    assert documents_figure(NOTHING).empty == EMPTY
    panel = DocumentsPanel()
    qtbot.addWidget(panel)
    assert panel.on_paper(Recording(), 0).empty == EMPTY
    panel.show_source(1)
    assert panel.on_paper(made(), 0).title == "Documents of <b>U+202E.txt"
