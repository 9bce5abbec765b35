"""A figure as bytes and as a file: PDF, SVG, PNG, EPS, each with where it came from in its metadata."""

from collections.abc import Generator
from pathlib import Path

from gui.export.paper import Format, Paper
from gui.export.provenance import Provenance
from gui.export.sheet import Sheet


def figure_bytes(sheet: Sheet, paper: Paper, origin: Provenance, form: Format | None = None) -> bytes:
    """The whole file in the paper's format, or in `form`: the same bytes for the same sheet, paper and origin."""
    raise NotImplementedError


def write_figure(
    sheet: Sheet, paper: Paper, origin: Provenance, path: Path, overwrite: bool = False
) -> Generator[float, None, Path]:
    """Yields the share that is done, and gives the file. Raises Trouble where it cannot be written."""
    raise NotImplementedError
