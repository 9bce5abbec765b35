"""From a sheet and a paper to a drawing: where each block stands, in millimetres that were measured beforehand."""

from collections.abc import Iterator

from gui.export.flow.lines import lines
from gui.export.flow.look import PLAIN
from gui.export.page.drawing import Call, Drawing
from gui.export.page.fonts import families
from gui.export.page.ink import PAGE, Ink
from gui.export.page.notes import note_calls, note_height, note_lines
from gui.export.page.rows import rows_calls
from gui.export.page.size import TITLE_ROW, fitted, inner, stacked
from gui.export.paper import Paper
from gui.export.plot.frame import Box
from gui.export.plot.words import fitting
from gui.export.sheet import Sheet
from gui.text import prose

TITLE = 1.15  # size of the title
OVER_PLOTS = 10  # matplotlib's order: words of the page lie on curves
SETTINGS = {
    "text.parse_math": False,  # a dollar is a dollar
    "text.hinting": "none",  # words are as wide as they were measured
    "lines.scale_dashes": False,
    "pdf.fonttype": 42,
    "ps.fonttype": 3,
    "svg.hashsalt": "terrarium",
}


def compose(sheet: Sheet, paper: Paper) -> Drawing:
    """The same sheet and paper always give the same drawing."""
    sheet, paper = stacked(sheet, paper), fitted(sheet, paper)
    return Drawing(*paper.size, settings(paper), tuple(_calls(sheet, Ink(paper))))


def settings(paper: Paper) -> dict[str, object]:
    """What matplotlib has to know for all calls."""
    theme = paper.theme
    return {
        **SETTINGS,
        "font.family": list(families(paper.font)),
        "font.size": paper.points,
        "text.color": theme.ink,
        "figure.facecolor": theme.panel,
        "savefig.facecolor": theme.panel,
        "axes.facecolor": "none",
        "svg.fonttype": "none" if paper.text == "text" else "path",
    }


def _calls(sheet: Sheet, ink: Ink) -> Iterator[Call]:
    width, height = ink.paper.size
    everywhere = {"label": PAGE, "xlim": (0, width), "ylim": (0, height), "zorder": OVER_PLOTS}
    yield Call("figure", "add_axes", ((0, 0, 1, 1),), everywhere, PAGE)
    yield Call(PAGE, "set_axis_off")
    box = inner(Box(0.0, 0.0, width, height), ink)
    if ink.paper.title and (sheet.title or sheet.aside):
        yield from _title(sheet, box, ink)
        box = box._replace(height=max(1.0, box.height - TITLE_ROW * ink.em))
    notes = note_lines(sheet, box, ink)
    yield from note_calls(notes, box, ink)
    foot = note_height(notes, ink)
    box = box._replace(bottom=box.bottom + foot, height=max(1.0, box.height - foot))
    yield from _empty(sheet, box, ink) if sheet.empty or not sheet.rows else rows_calls(sheet.rows, box, ink)


def _title(sheet: Sheet, box: Box, ink: Ink) -> Iterator[Call]:
    """What it is, and at the right what changes from picture to picture."""
    base, room = box.top - 0.95 * TITLE * ink.em, box.width
    if sheet.aside:
        yield ink.words(sheet.aside, box.right, base, "ink2", "right", size=TITLE)
        room -= ink.width(sheet.aside, TITLE) + ink.em
    if sheet.title:
        words = fitting(sheet.title, room / TITLE, ink, bold=True)
        yield ink.words(words, box.left, base, size=TITLE, bold=True)


def _empty(sheet: Sheet, box: Box, ink: Ink) -> Iterator[Call]:
    """Why there is nothing, in the middle."""
    told = prose(sheet.empty)
    found = [told[line.start : line.end] for line in lines(told, 0.9 * box.width, ink, PLAIN)]
    for place, words in enumerate(found):
        up = box.bottom + box.height / 2 + (len(found) / 2 - place - 0.75) * ink.line
        yield ink.words(words, box.left + box.width / 2, up, "ink2", "center")
