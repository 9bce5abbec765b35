"""How high a page has to be for all that stands on it, and which type fits a page that cannot grow.

Journals fix the width of a column, not the height of a figure: where a person fixed none either, the page grows.
"""

from gui.export.page.ink import Ink
from gui.export.page.needs import BETWEEN_ROWS, block_boxes, row_needed
from gui.export.page.notes import note_height, note_lines
from gui.export.paper import Paper
from gui.export.plot.frame import Box
from gui.export.sheet import Block, Plot, Row, Sheet

EDGE, SHOWN_EDGE, TITLE_ROW = 0.3, 1.0, 2.2  # em around all, on what is projected or hung up, and of a title
SHOWN = ("slide", "poster")
GROWS = ("paper-1col", "paper-2col")
NARROWEST = 12  # em of a block beside another one
HIGHEST = 240.0  # mm, of the text on a page of A4
TYPES = (1.0, 0.92, 0.85, 0.77, 0.7)  # shares of the type to try
CRAMPED = 1.8  # times the height of the page


def page_size(sheet: Sheet, paper: Paper) -> tuple[float, float]:
    """Width and height in millimetres of the page that is drawn."""
    sheet, (width, high) = stacked(sheet, paper), paper.size
    if not grows(paper) or sheet.empty:
        return width, high
    return width, round(min(max(high, needed(sheet, Ink(paper))), HIGHEST), 1)


def fitted(sheet: Sheet, paper: Paper) -> Paper:
    """The same page with its size fixed, in a type small enough for all that stands on it, as far as it can be read."""
    sheet, (width, high) = stacked(sheet, paper), page_size(sheet, paper)
    fixed = paper.model_copy(update={"width": width, "height": high})
    tries = [fixed.model_copy(update={"type": round(share * paper.points, 2)}) for share in TYPES]
    return next((one for one in tries if needed(sheet, Ink(one)) <= high + 0.1), tries[-1]) if sheet.rows else fixed


def cramped(sheet: Sheet, page: Paper) -> bool:
    """Whether there is so little room that words lie on words; `page` is as `fitted` made it."""
    return bool(sheet.rows) and needed(stacked(sheet, page), Ink(page)) > CRAMPED * page.size[1]


def grows(paper: Paper) -> bool:
    """Whether nobody has fixed its height."""
    return paper.preset in GROWS and not paper.height


def stacked(sheet: Sheet, paper: Paper) -> Sheet:
    """Blocks below each other that would have too little room beside each other, where the page is high enough."""
    ink = Ink(paper)
    box = inner(Box(0.0, 0.0, *paper.size), ink)
    rows = (tuple(map(alone, row.blocks)) if crowded(row, box, ink) else (row,) for row in sheet.rows)
    made = sheet._replace(rows=tuple(row for part in rows for row in part))
    return made if grows(paper) or needed(made, ink) <= paper.size[1] else sheet


def crowded(row: Row, box: Box, ink: Ink) -> bool:
    """Whether its blocks want more room beside each other than there is."""
    narrowest = min((place.width for place in block_boxes(row, box, ink)), default=box.width)
    return len(row.blocks) > 1 and (box.width < row.beside * ink.em or narrowest < NARROWEST * ink.em)


def alone(block: Block) -> Row:
    """A plot takes what is free; anything else what it needs."""
    return Row((block,), height=1.0 if isinstance(block, Plot) else 0.0)


def needed(sheet: Sheet, ink: Ink) -> float:
    """Millimetres that show all of it, or of long texts a good part."""
    width, _ = ink.paper.size
    box = inner(Box(0.0, 0.0, width, HIGHEST), ink)
    rows = sum(row_needed(row, box, ink) for row in sheet.rows)
    gaps = BETWEEN_ROWS * ink.em * max(0, len(sheet.rows) - 1)
    title = TITLE_ROW * ink.em if ink.paper.title and (sheet.title or sheet.aside) else 0.0
    return rows + gaps + title + note_height(note_lines(sheet, box, ink), ink) + 2 * edge(ink)


def inner(page: Box, ink: Ink) -> Box:
    """Without what is left free all around."""
    free = edge(ink)
    return Box(free, free, max(1.0, page.width - 2 * free), max(1.0, page.height - 2 * free))


def edge(ink: Ink) -> float:
    """Millimetres; a page sets its figures apart by itself."""
    return (SHOWN_EDGE if ink.paper.preset in SHOWN else EDGE) * ink.em
