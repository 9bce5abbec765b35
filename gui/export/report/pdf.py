"""A report as PDF: the same sections on pages of A4, drawn by the same hand as every figure."""

from collections.abc import Generator
from io import BytesIO
from pathlib import Path
from typing import Any

from engine.aside import file_aside
from gui.export.files.figure import pdf_words
from gui.export.files.truetype import truetype_alone
from gui.export.page.compose import compose, settings
from gui.export.page.drawing import perform, under
from gui.export.paper import MM_PER_INCH, Paper
from gui.export.report.contents import Report
from gui.export.report.pages import pages

WIDE_MM, HIGH_MM, MARGIN_MM = 210.0, 297.0, 18.0
POINTS = 8.5


def write_pdf(report: Report, path: Path, overwrite: bool = False) -> Generator[float, None, Path]:
    """Yields the share that is done, and gives the file. Raises Trouble where it cannot be written."""
    with file_aside(path, overwrite) as aside:
        whole = yield from pdf_of(report)
        aside.write_bytes(whole)
    return path


def pdf_of(report: Report) -> Generator[float, None, bytes]:
    """The whole file; yields the share that is done."""
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.transforms import Bbox

    paper = Paper(preset="own", width=WIDE_MM - 2 * MARGIN_MM, height=HIGH_MM - 2 * MARGIN_MM, type=POINTS, title=True)
    ends = (-MARGIN_MM, -MARGIN_MM), (WIDE_MM - MARGIN_MM, HIGH_MM - MARGIN_MM)
    around = Bbox([[side / MM_PER_INCH for side in corner] for corner in ends])  # the page is larger than the sheet
    out, sheets = BytesIO(), pages(report, paper)
    file: Any = PdfPages(out, metadata={**pdf_words(f"Report of {report.name}", report.origin), "CreationDate": None})
    for count, sheet in enumerate(sheets, 1):
        drawing = compose(sheet, paper)
        with under(drawing.settings), truetype_alone():
            file.savefig(perform(drawing), bbox_inches=around)
        yield count / (len(sheets) + 1)
    with under(settings(paper)), truetype_alone():  # fonts are written at the end
        file.close()
    return out.getvalue()
