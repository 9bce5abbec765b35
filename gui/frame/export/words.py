"""What the export dialog says about a figure, in words: its size, what is true of it, and what came of saving it."""

from collections.abc import Sequence
from pathlib import Path

from gui.export.page.size import cramped
from gui.export.paper import MM_PER_INCH, Paper
from gui.export.sheet import Sheet
from gui.frame.export.work import Measured
from gui.text import one_line
from gui.widgets.export_checks import Check

LOOKING = Check("Looking into the file…", "ink3")


def size_words(paper: Paper) -> str:
    """Of the page."""
    width, height = paper.size
    return f"{width:.1f} × {height:.1f} mm"


def paper_words(paper: Paper, share: float) -> str:
    """How it is shown, and what the smallest things on it are; `share` is of the real size."""
    return " · ".join(
        (f"shown at {100 * share:.0f} %", f"text {paper.points:g} pt", f"thinnest line {paper.line(1):.2g} pt")
    )


def file_check(made: Measured) -> Check:
    """What was found in the file."""
    match made:
        case Measured(paper=Paper(format="png") as paper):
            across, down = (round(side / MM_PER_INCH * paper.dpi) for side in paper.size)
            return Check(f"{across:,} × {down:,} dots", "ink3")
        case Measured(paper=Paper(text="outlines"), text=False):
            return Check("Text as outlines, the same everywhere")
        case Measured(text=True, embedded=True):
            return Check("Text stays text, font embedded")
        case Measured(text=True):
            return Check("Text stays text")
        case _:
            return Check("No text is in the file", "warn")


def grey_check(lost: str) -> Check:
    """`lost` is a sentence about what a copy would lose; empty for nothing."""
    return Check(lost, "warn") if lost else Check("Readable in grey")


def view_check(sheet: Sheet, paper: Paper) -> Check:
    """Whether there is room for it, and the stretch is the one on screen."""
    if cramped(sheet, paper):
        return Check("Too little room: a larger page or a smaller type", "warn")
    more = paper.range == "whole" and any(plot.whole for plot in sheet.plots)
    return Check("More than on screen: all of the run", "ink3") if more else Check("Same view as on screen")


def bytes_words(count: int) -> str:
    """84 kB."""
    for size, unit in ((1e6, "MB"), (1e3, "kB")):
        if count >= 0.9995 * size:
            return f"{count / size:.0f} {unit}" if count >= 9.95 * size else f"{count / size:.1f} {unit}"
    return f"{count} bytes"


def saved_words(paths: Sequence[Path]) -> str:
    """Which files there are now."""
    more = len(paths) - 1
    others = "" if not more else " and one more file" if more == 1 else f" and {more} more files"
    return f"Saved {one_line(paths[0].name)}{others} in {one_line(str(paths[0].parent))}."
