"""A report cut into pages: what stands together stays together, and what is longer than a page goes on on the next."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gui.export.page.ink import Ink
from gui.export.page.needs import BETWEEN_ROWS
from gui.export.page.rows import natural
from gui.export.page.size import TITLE_ROW, inner
from gui.export.paper import Paper
from gui.export.plot.frame import Box
from gui.export.report.contents import Report, Section
from gui.export.sheet import Cell, Grid, Mosaic, Paragraph, Plot, Row, Sheet, Words

DRAWN_MM = 92.0  # height of what is drawn of a sheet
FULL = 0.9  # of a page: as much of a long table or text stands on one, below the words about it


class Part(NamedTuple):
    """Rows that stay together, and their heights in millimetres."""

    rows: tuple[Row, ...]
    heights: tuple[float, ...]


def pages(report: Report, paper: Paper) -> list[Sheet]:
    """Sheets as large as `paper`, each with a title. A section goes on on the page before if all of it fits there."""
    space, gap = within(paper).height, BETWEEN_ROWS * Ink(paper).em
    made = [(report.name, measured((Row((facts_grid(report),), height=0),), paper))]
    for section in report.sections:
        parts = section_parts(section, paper, section.title)
        if high(made[-1][1], gap) + high(parts, gap) <= space:
            made[-1][1].extend(parts)
        else:
            made += [(section.title, some) for some in filled(section_parts(section, paper), space, gap)]
    return [page(title, report.name, parts, space, gap) for title, parts in made]


def facts_grid(report: Report) -> Grid:
    """What a reader wants to know first."""
    told = ((one.label, f"{one.value} {one.unit}".strip()) for one in report.facts)
    return Grid(("", ""), tuple((Cell(label, colour="ink2"), Cell(words, bold=True)) for label, words in told))


def section_parts(section: Section, paper: Paper, title: str = "") -> list[Part]:
    """Its sentence, perhaps under a title, then its sheets."""
    says = Row((Words((Paragraph(section.words, model=False),), title),), height=0)
    made = measured((says,), paper)
    for at in section.sheets:
        step = (f"Step {at.step:,}",) if at.step is not None else ()
        made += sheet_parts(at.sheet, step, paper)
    return made


def sheet_parts(sheet: Sheet, heading: Sequence[str], paper: Paper) -> list[Part]:
    """What is drawn stays with its heading; texts and tables may be cut."""
    strong = tuple(Paragraph(words, model=False, strong=True) for words in heading)
    heads = [Row((Words(strong),), height=0)] if heading else []
    if not sheet.rows:
        return measured((Row((Words((Paragraph(sheet.empty, model=False),)),), height=0),), paper)
    if any(isinstance(block, Plot | Mosaic) for block in sheet.blocks):
        return [together((*heads, *sheet.rows), paper)]
    return measured((*heads, *sheet.rows), paper)


def together(rows: Sequence[Row], paper: Paper) -> Part:
    """What flows is as high as it needs to be; what is drawn shares the rest."""
    needed = [(row, flowing(row, paper)) for row in rows]
    shares = sum(row.height for row, tall in needed if tall is None) or 1.0
    heights = [DRAWN_MM * row.height / shares if tall is None else tall for row, tall in needed]
    return Part(tuple(rows), tuple(heights))


def flowing(row: Row, paper: Paper) -> float | None:
    """Millimetres; None where something in it is drawn."""
    if any(isinstance(block, Plot | Mosaic) for block in row.blocks):
        return None
    return natural(row, within(paper), Ink(paper))


def measured(rows: Sequence[Row], paper: Paper) -> list[Part]:
    """Each row a part of its own, cut where it is higher than a page."""
    return [Part((piece,), (flowing(piece, paper) or DRAWN_MM,)) for row in rows for piece in cut(row, paper)]


def cut(row: Row, paper: Paper) -> Iterator[Row]:
    """Pieces of a row that are no higher than a page; only what stands alone in its row can be cut."""
    block = row.blocks[0] if len(row.blocks) == 1 else None
    if not isinstance(block, Grid | Words) or (flowing(row, paper) or 0.0) <= FULL * within(paper).height:
        yield row
        return
    things = block.rows if isinstance(block, Grid) else block.paragraphs
    begin = 0
    while begin < len(things):
        end = begin + 1
        while (
            end < len(things)
            and (flowing(_some(row, block, begin, end + 1), paper) or 0.0) <= FULL * within(paper).height
        ):
            end += 1
        yield _some(row, block, begin, end)
        begin = end


def _some(row: Row, block: Grid | Words, begin: int, end: int) -> Row:
    if isinstance(block, Grid):
        return row._replace(blocks=(block._replace(rows=block.rows[begin:end]),))
    return row._replace(blocks=(block._replace(paragraphs=block.paragraphs[begin:end]),))


def within(paper: Paper) -> Box:
    """Below the title of a page."""
    box, ink = inner(Box(0.0, 0.0, *paper.size), Ink(paper)), Ink(paper)
    return box._replace(height=box.height - TITLE_ROW * ink.em)


def filled(parts: Sequence[Part], space: float, gap: float) -> list[list[Part]]:
    """As many pages as it takes."""
    made: list[list[Part]] = [[]]
    for part in parts:
        if made[-1] and high([*made[-1], part], gap) > space:
            made.append([])
        made[-1].append(part)
    return made


def high(parts: Sequence[Part], gap: float) -> float:
    """Millimetres, with the gaps between rows."""
    return sum(sum(part.heights) + gap * len(part.rows) for part in parts)


def page(title: str, run: str, parts: Sequence[Part], space: float, gap: float) -> Sheet:
    """The rest of it stays empty."""
    rows = [row._replace(height=tall) for part in parts for row, tall in zip(part.rows, part.heights, strict=True)]
    rest = space - sum(row.height for row in rows) - gap * len(rows)
    empty = (Row((), height=rest),) if rest > 0 else ()
    return Sheet("Report", title, (*rows, *empty), aside=run if run != title else "")
