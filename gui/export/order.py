"""What the command line asks for, carried out: panels at steps become files, each written aside and renamed."""

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.aside import require_free
from engine.logs.parquet import required
from engine.trouble import Trouble
from gui.export.file_names import file_name
from gui.export.files.figure import write_figure
from gui.export.numbers.tables import tables
from gui.export.numbers.writing import NumberForm, write_numbers
from gui.export.page.compose import compose
from gui.export.page.fonts import stand_in
from gui.export.page.size import cramped, fitted
from gui.export.paper import Paper
from gui.export.provenance import Provenance
from gui.export.script import write_script
from gui.export.sheet import LAYERS, Axis, Heat, Plot, Sheet
from gui.export.sheets import Desk, panel_named, slug
from gui.panels import PANELS
from gui.panels.panel import Panel


class Zoom(NamedTuple):
    """Ends of the axes in their own values; None: as they are."""

    across: tuple[float, float] | None = None
    upward: tuple[float, float] | None = None


class Order(NamedTuple):
    """`whole`: every number, else those in the visible range. `every`: what is empty is passed over in silence."""

    paper: Paper
    panels: tuple[type[Panel], ...]
    steps: tuple[int, ...]
    folder: Path
    numbers: tuple[NumberForm, ...] = ()
    whole: bool = True
    script: bool = False
    overwrite: bool = False
    every: bool = False
    zoom: Zoom = Zoom()

    @property
    def endings(self) -> tuple[str, ...]:
        """Of all files of one figure."""
        return self.paper.format, *self.numbers, *(("py",) if self.script else ())


class Done(NamedTuple):
    """Files that are whole, and what a person should know."""

    files: list[Path]
    said: list[str]


def panels_meant(names: Sequence[str], every: bool) -> tuple[type[Panel], ...]:
    """Those of these names, each once, or all. Raises Trouble."""
    if every:
        return PANELS
    if not names:
        there = ", ".join(slug(panel) for panel in PANELS)
        raise Trouble("Which panels are to be drawn?", f"Say --all, or --panel NAME, one of {there}.")
    return tuple(dict.fromkeys(panel_named(name) for name in names))


def steps_meant(words: str, last: int) -> tuple[int, ...]:
    """“0,100,1000”, each once; the last one where nothing is said. Raises Trouble."""
    if not words.strip():
        return (last,)
    parts = [part.strip() for part in words.split(",")]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise Trouble(f"“{words}” are no steps.", "Write them as 0,100,1000.")
    steps = tuple(dict.fromkeys(int(part) for part in parts))
    if max(steps) > last:
        raise Trouble(f"There is no step {max(steps):,}: the run ends at step {last:,}.", "Choose earlier steps.")
    return steps


def carried_out(order: Order, desk: Desk, done: Done) -> Generator[float, None, None]:
    """Yields the share that is done, and adds to `done` whatever is.

    Raises Trouble before anything is drawn where a file lies already that may not be replaced, or a package is lacking.
    """
    if "parquet" in order.numbers:
        required()
    figures = [(panel, step) for panel in order.panels for step in order.steps]
    for panel, step in figures:
        for path in paths_of(order, desk.origin(panel, step)):
            require_free(path, order.overwrite)
    unknown = set(order.paper.hidden) - {*LAYERS}
    for place, (panel, step) in enumerate(figures):
        sheet = zoomed(desk.sheet(panel, step), order.zoom)
        unknown -= set(sheet.layers)
        if not sheet.empty:
            for share in written(sheet, order, desk.origin(panel, step), done):
                yield (place + share) / len(figures)
        elif not order.every:
            done.said.append(f"{panel.title} at step {step:,} is left out. {sheet.empty}")
    if told := stand_in(order.paper.font):
        done.said.append(told)
    done.said.extend(
        f"No figure has “{layer}”, which was to be left out; they know {', '.join(LAYERS)}."
        for layer in sorted(unknown)
    )


def paths_of(order: Order, origin: Provenance) -> list[Path]:
    """The files of a figure that are known before it is drawn."""
    return [order.folder / file_name(origin, ending) for ending in order.endings]


def written(sheet: Sheet, order: Order, origin: Provenance, done: Done) -> Iterator[float]:
    """One figure and what goes with it. Yields the share that is done."""
    paper, overwrite = order.paper, order.overwrite
    path, *others = paths_of(order, origin)
    if sheet.step is not None and sheet.step != origin.step:
        done.said.append(f"{origin.panel} at step {origin.step:,} is as it was looked at last: at step {sheet.step:,}.")
    if cramped(sheet, fitted(sheet, paper)):
        done.said.append(f"{origin.panel} has too little room: choose a larger page or a smaller --type.")
    done.files.append((yield from write_figure(sheet, paper, origin, path, overwrite)))
    for form, beside in zip(order.numbers, others, strict=False):
        if tables(sheet, order.whole):
            done.files.extend((yield from write_numbers(sheet, origin, form, beside, order.whole, overwrite)))
        else:
            done.said.append(f"{origin.panel} at step {origin.step:,} has no numbers.")
    if order.script:
        done.files.append(write_script(compose(sheet, paper), origin, others[-1], paper.dpi, overwrite))


def zoomed(sheet: Sheet, zoom: Zoom) -> Sheet:
    """With other ends of the axes of its charts; maps and what has no axes stay as they are."""
    return sheet.with_plots(lambda plot: _zoomed(plot, zoom)) if zoom != Zoom() else sheet


def _zoomed(plot: Plot, zoom: Zoom) -> Plot:
    if plot.x.bare or plot.y.bare or any(isinstance(mark, Heat) for mark in plot.marks):
        return plot
    return plot._replace(
        x=_between(plot.x, zoom.across), y=_between(plot.y, zoom.upward), whole=plot.whole or (plot.x, plot.y)
    )


def _between(axis: Axis, ends: tuple[float, float] | None) -> Axis:
    if ends is None or axis.names:
        return axis
    low, high = ends
    if not low < high or (axis.log and low <= 0):
        raise Trouble(f"{axis.title} cannot reach from {low:g} to {high:g}.", "Give the lower end first.")
    return axis._replace(low=low, high=high)
