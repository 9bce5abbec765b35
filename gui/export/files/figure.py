"""A figure as bytes and as a file: PDF, SVG, PNG, EPS, each with where it came from in its metadata.

Nothing in a file depends on the hour, the machine's settings or chance, so that the same input gives the same bytes.
"""

import json
from collections.abc import Generator, Mapping
from contextlib import ExitStack
from io import BytesIO
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.aside import file_aside, require_free
from engine.trouble import Trouble
from gui.export.files.eps import described
from gui.export.files.svg import Face, finished, used
from gui.export.files.truetype import truetype_alone
from gui.export.page.compose import compose
from gui.export.page.drawing import Drawing, perform, under
from gui.export.paper import MM_PER_INCH, POINTS_PER_INCH, Format, Paper
from gui.export.provenance import Provenance
from gui.export.sheet import Sheet
from gui.text import one_line

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MAKER = "Terrarium"
MOST_DOTS = 250_000_000  # of a PNG; each takes eight bytes of memory while it is drawn


def figure_bytes(sheet: Sheet, paper: Paper, origin: Provenance, form: Format | None = None) -> bytes:
    """The whole file in the paper's format, or in `form`: the same bytes for the same sheet, paper and origin.

    Raises Trouble for a PNG that would take more memory than many machines have.
    """
    paper = paper.model_copy(update={"format": form or paper.format})
    drawing = compose(sheet, paper)
    if paper.format == "png":
        require_memory(drawing, paper.dpi)
    with ExitStack() as stack:
        stack.enter_context(under(drawing.settings))
        stack.enter_context(truetype_alone())
        figure = perform(drawing)
        return saved(figure, drawing, paper, sheet.title, origin)


def require_memory(drawing: Drawing, dpi: int) -> None:
    """Raises Trouble where there would be too many dots."""
    inches = drawing.width * drawing.height / MM_PER_INCH**2
    if inches * dpi**2 > MOST_DOTS:
        size, millions = f"{drawing.width:,g} × {drawing.height:,g} mm", inches * dpi**2 / 1e6
        raise Trouble(
            f"A PNG of {size} at {dpi:,} dpi has {millions:,.0f} million dots, too many for most machines.",
            f"Choose {int(sqrt(MOST_DOTS / inches)):,} dpi or fewer, or PDF, which has none.",
        )


def saved(figure: "Figure", drawing: Drawing, paper: Paper, title: str, origin: Provenance) -> bytes:
    """In the paper's format, with what the format needs besides."""
    words = f"{one_line(title)}, {one_line(origin._replace(panel='').sentence)}"
    match paper.format:
        case "pdf":
            return _written(_outlined(figure, paper), paper, {**pdf_words(words, origin), "CreationDate": None})
        case "png":
            return _written(_whole_pixels(figure, drawing, paper), paper, _png_words(words, origin))
        case "svg":
            marks = {"Title": words, "Description": _told(origin), "Creator": _maker(origin), "Date": None}
            return finished(_written(figure, paper, marks), figure, drawing, paper)
        case "eps":
            whole = _written(_outlined(figure, paper), paper, {"Creator": _maker(origin)})
            return described(whole, words, _told(origin))


def loose_svg(sheet: Sheet, paper: Paper, origin: Provenance) -> tuple[str, dict[Face, str]]:
    """An SVG without its letters, for a page that holds them once, and which it needs."""
    drawing = compose(sheet, paper)
    with under(drawing.settings):
        figure = perform(drawing)
        words = f"{one_line(sheet.title)}, {one_line(origin.sentence)}"
        svg = _written(figure, paper.model_copy(update={"format": "svg"}), {"Title": words, "Date": None})
        return svg.decode(), used(figure)


def write_figure(
    sheet: Sheet, paper: Paper, origin: Provenance, path: Path, overwrite: bool = False
) -> Generator[float, None, Path]:
    """Yields the share that is done, and gives the file. Raises Trouble where it cannot be written."""
    require_free(path, overwrite)
    yield 0.0
    whole = figure_bytes(sheet, paper, origin)
    yield 0.9
    with file_aside(path, overwrite) as aside:
        aside.write_bytes(whole)
    return path


def _written(figure: "Figure", paper: Paper, metadata: Mapping[str, Any]) -> bytes:
    out = BytesIO()
    dpi = paper.dpi if paper.format == "png" else POINTS_PER_INCH
    figure.savefig(out, format=paper.format, dpi=dpi, metadata=dict(metadata))
    return out.getvalue()


def _outlined(figure: "Figure", paper: Paper) -> "Figure":
    """With words drawn as shapes where that is wanted: whatever has an effect is."""
    if paper.text == "outlines":
        from matplotlib.patheffects import Normal
        from matplotlib.text import Text

        figure.draw_without_rendering()  # the labels of ticks are made now
        for words in figure.findobj(Text):
            words.set_path_effects([Normal()])
    return figure


def _whole_pixels(figure: "Figure", drawing: Drawing, paper: Paper) -> "Figure":
    """As many pixels as come nearest to the size."""
    wide, high = (max(1, round(side / MM_PER_INCH * paper.dpi)) for side in (drawing.width, drawing.height))
    figure.set_size_inches(wide / paper.dpi, high / paper.dpi)
    return figure


def _told(origin: Provenance) -> str:
    """All of it, to be read by programs."""
    return json.dumps({name: one_line(str(value)) for name, value in origin._asdict().items()}, sort_keys=True)


def _maker(origin: Provenance) -> str:
    return f"{MAKER} {one_line(origin.version)}"


def pdf_words(words: str, origin: Provenance) -> dict[str, str]:
    """What a PDF says about itself."""
    return {"Title": words, "Subject": words, "Keywords": _told(origin), "Creator": _maker(origin)}


def _png_words(words: str, origin: Provenance) -> dict[str, str]:
    return {"Title": words, "Description": _told(origin), "Software": _maker(origin)}
