"""What differs between runs, on paper: the table as it is on screen, with a sample of each run's line."""

from collections.abc import Iterator

from gui.export.sheet import Cell, Grid, Sheet
from gui.export.sheet import Row as Line
from gui.panels.differences_picture import Differences
from gui.widgets.difference_table import Head, Row
from gui.widgets.shown import line_named

EMPTY = "There is no run yet: press play."
ALONE = "There is one run: tick another one in the library, or lay it beside with --beside."


def differences_figure(picture: Differences | None) -> Sheet:
    """The runs on show, with the losses at the step on show."""
    if picture is None:
        return Sheet("What differs", "What differs", (), EMPTY)
    heads, rows = picture
    notes = tuple(_notes(heads))
    if len(heads) < 2 and not notes:
        return Sheet("What differs", "What differs", (), ALONE)
    grid = Grid(
        ("Run", *(head.name for head in heads)),
        tuple(tuple(_cells(row)) for row in rows),
        right=tuple(range(1, len(heads) + 1)),
        ruled=tuple(place for place, row in enumerate(rows) if row.ruled),
        lines=(("", ()), *(line_named(head.place) for head in heads)),
    )
    return Sheet("What differs", "What differs", (Line((grid,)),), notes=notes)


def _cells(row: Row) -> Iterator[Cell]:
    """A heading or a remark has the first one alone."""
    remark = not row.cells and not row.strong
    name = f"{row.name} ({row.unit})" if row.unit else row.name
    yield Cell(name, bold=row.strong, colour="ink" if row.strong else "ink3" if remark else "ink2")
    for cell in row.cells:
        yield Cell(cell.text, cell.number, cell.strong, "ink" if cell.strong else "ink2")


def _notes(heads: tuple[Head, ...]) -> Iterator[str]:
    """Which runs are one column."""
    return (f"{head.name}: {head.says}" for head in heads if head.says != f"{head.name}.")
