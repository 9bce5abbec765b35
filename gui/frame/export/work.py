"""What the export dialog has done in the background: previews, the file itself, pictures for the clipboard.

Knows no widget. Each piece of work yields the share that is done and gives what it made.
"""

from collections.abc import Generator, Mapping
from glob import escape
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from engine.aside import require_free
from gui.export.eyesight import SIGHTS, Sight, seen
from gui.export.file_names import file_name
from gui.export.files.figure import figure_bytes, write_figure
from gui.export.legibility import lost_in_grey
from gui.export.numbers.tables import tables
from gui.export.numbers.writing import paths_of, write_numbers
from gui.export.page.compose import compose
from gui.export.page.size import fitted
from gui.export.paper import MM_PER_INCH, Format, Paper
from gui.export.provenance import Provenance
from gui.export.script import write_script
from gui.export.sheet import Sheet
from gui.export.wish import Wish

T = TypeVar("T")
COPY_DPI = 192  # twice what screens count with
LEAST_DPI, MOST_DPI = 36, 1200  # that a paper may have
MIMES: dict[Format, str] = {
    "pdf": "application/pdf", "svg": "image/svg+xml", "png": "image/png", "eps": "application/postscript",
}  # fmt: skip
EMBEDDED: dict[Format, tuple[bytes, ...]] = {
    "pdf": (b"/FontFile",), "svg": (b"@font-face",), "eps": (b"/FontType", b"/sfnts"), "png": (),
}  # fmt: skip


class Subject(NamedTuple):
    """What is exported: a sheet as it was when the dialog opened, and where it came from."""

    sheet: Sheet
    origin: Provenance


class Preview(NamedTuple):
    """A page as each kind of eye sees it: uint8 of (height, width, 3)."""

    paper: Paper  # with the size and the type that it is really drawn in
    pixels: Mapping[Sight, np.ndarray]
    lost: str  # in grey, as a sentence; empty for nothing


class Measured(NamedTuple):
    """What is true of the file that would be saved."""

    paper: Paper
    size: int  # bytes
    text: bool  # its words are text, not outlines
    embedded: bool  # and it carries its fonts


class Dragged(NamedTuple):
    """A file to be dragged out, and what kind it is."""

    path: Path
    mime: str


def previewed(subject: Subject, paper: Paper, room: tuple[float, float]) -> Generator[float, None, Preview]:
    """In as many dots as fill a room, across and down; they do not change what stands where."""
    from PIL import Image  # not before it is needed

    yield 0.0
    page = fitted(subject.sheet, paper)
    inches = [side / MM_PER_INCH for side in page.size]
    dpi = min(dots / inch for dots, inch in zip(room, inches, strict=True))
    drawn = figure_bytes(subject.sheet, at(paper, round(min(max(dpi, LEAST_DPI), MOST_DPI))), subject.origin, "png")
    yield 0.7
    pixels_YXC = np.asarray(Image.open(BytesIO(drawn)).convert("RGB"))
    yield 0.8
    return Preview(page, {sight: seen(pixels_YXC, sight) for sight in SIGHTS}, lost_in_grey(subject.sheet, paper))


def measured(subject: Subject, paper: Paper) -> Generator[float, None, Measured]:
    """The file is made and looked into, so that nothing is said of it that is not so."""
    yield 0.0
    made, vector = figure_bytes(subject.sheet, paper, subject.origin), paper.format != "png"
    embedded = vector and any(sign in made for sign in EMBEDDED[paper.format])
    text = b"<text" in made if paper.format == "svg" else embedded
    return Measured(paper, len(made), text, embedded)


def pictured(subject: Subject, paper: Paper) -> Generator[float, None, bytes]:
    """A PNG for the clipboard: sharp on any screen, and small enough for a poster."""
    yield 0.0
    return figure_bytes(subject.sheet, at(paper, COPY_DPI), subject.origin, "png")


def vectored(subject: Subject, paper: Paper) -> Generator[float, None, dict[str, bytes]]:
    """The figure in each kind of vector that programs take from the clipboard, by its MIME type."""
    forms: tuple[Format, ...] = ("svg", "pdf")
    made = {}
    for place, form in enumerate(forms):
        yield place / len(forms)
        made[MIMES[form]] = figure_bytes(subject.sheet, paper, subject.origin, form)
    return made


def dragged(subject: Subject, paper: Paper, folder: Path) -> Generator[float, None, Dragged]:
    """A file in a folder that is nobody else's. Raises Trouble."""
    path = folder / file_name(subject.origin, paper.format)
    made = yield from write_figure(subject.sheet, paper, subject.origin, path, overwrite=True)
    return Dragged(made, MIMES[paper.format])


def saved(
    subject: Subject, wish: Wish, path: Path, overwrite: bool = False
) -> Generator[float, None, tuple[Path, ...]]:
    """The figure at `path`, and beside it what else is wished for. Gives all files. Raises Trouble."""
    for one in targets(subject, wish, path):  # before anything is written
        require_free(one, overwrite)
    pieces, made = 1 + len(wish.numbers) + wish.script, list[Path]()
    drawing = write_figure(subject.sheet, wish.paper, subject.origin, path, overwrite)
    made.append((yield from _part(drawing, 0, pieces)))
    numbers = wish.numbers if tables(subject.sheet, wish.whole) else ()  # a figure without numbers has none beside it
    for place, form in enumerate(numbers, 1):
        beside = path.with_suffix(f".{form}")
        writing = write_numbers(subject.sheet, subject.origin, form, beside, wish.whole, overwrite)
        made += yield from _part(writing, place, pieces)
    if wish.script:
        yield (pieces - 1) / pieces
        drawn = compose(subject.sheet, wish.paper)
        made.append(write_script(drawn, subject.origin, path.with_suffix(".py"), wish.paper.dpi, overwrite))
    return tuple(made)


def targets(subject: Subject, wish: Wish, path: Path) -> tuple[Path, ...]:
    """All files that `saved` would write."""
    made = tables(subject.sheet, wish.whole)
    numbers = [paths_of(made, form, path.with_suffix(f".{form}")) for form in wish.numbers if made]
    script = (path.with_suffix(".py"),) if wish.script else ()
    return (path, *(one for some in numbers for one in some), *script)


def lying(wish: Wish, path: Path) -> bool:
    """Whether something is there that `saved` would replace; quickly, without making tables."""
    endings = (*wish.numbers, *(("py",) if wish.script else ()))
    more = f"{escape(path.stem)}-[0-9]-*"  # the further tables of a figure
    try:
        return any(one.exists() for one in (path, *(path.with_suffix(f".{ending}") for ending in endings))) or any(
            any(path.parent.glob(f"{more}.{form}")) for form in wish.numbers
        )
    except (OSError, ValueError):  # too long a name, or not allowed: said when it is written
        return False


def at(paper: Paper, dpi: int) -> Paper:
    """The same page with so many dots an inch."""
    return Paper(**{**paper.model_dump(), "dpi": dpi})


def _part(work: Generator[float, None, T], place: int, pieces: int) -> Generator[float, None, T]:
    """One of several pieces, as shares of all of them."""
    try:
        while True:
            yield (place + next(work)) / pieces
    except StopIteration as done:
        made: T = done.value
        return made
    finally:
        work.close()
