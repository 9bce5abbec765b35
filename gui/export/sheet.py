"""What stands on a sheet of paper, as plain values: what a panel's `figure` gives, and all that is exported is made of.

Knows neither Qt nor matplotlib nor millimetres. The same sheet becomes a PDF, a table of numbers, a script, a chart in
a report and a frame of a film, so that none of them can tell another story. Colours are names of `gui.theme` ("line1",
"ink3") or #rrggbb; lengths are pixels of the theme, as on screen, which the paper turns into points.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

Dash = tuple[float, ...]
LAYERS = ("every step", "validation", "floors", "flags", "notes")  # that figures know by these names
Map = Literal["attention", "diverging", "times"]  # the last: even steps, as for how often a part was seen
Shape = Literal["disc", "square", "diamond", "triangle"]
Sign = Literal["flag", "turned", "spike", "annealed", "rewound", "note", "stop"]


class Axis(NamedTuple):
    """`low` and `high` are values, also where the axis is logarithmic; low may lie above high."""

    title: str
    unit: str = ""  # written in brackets after the title
    low: float = 0.0
    high: float = 1.0
    log: bool = False
    names: tuple[str, ...] = ()  # of the places 0, 1, 2 … where they are no numbers
    bare: bool = False  # neither line nor labels: what stands there says it all
    mono: bool = False  # names are the model's own words
    zero: bool = False  # what lies at 0 is drawn at the lower end, where a logarithm has no place for it


# What may stand in a plot. `layer` is what a person switches on and off together: "every step", "floors", "flags".


class Curve(NamedTuple):
    """A line over all its data, however long: it is cut and thinned to the paper, spikes kept. NaN is a gap."""

    name: str
    x: np.ndarray  # ascends
    y: np.ndarray
    colour: str
    width: float = 2.25
    dash: Dash = ()
    opacity: float = 1.0
    ring: bool = False  # each value gets one, as far as they do not touch
    layer: str = ""
    legend: bool = True
    value: str = ""  # the present one, beside its name
    smooth: bool = False  # thinned to means, else to extremes
    reach: bool = False  # where means are drawn, faint strokes go to what lies far from them: no spike is lost
    live: int | None = None  # so many values are at or before the step on show; the rest is drawn faint


class Band(NamedTuple):
    """A shade between two lines."""

    name: str
    x: np.ndarray
    low: np.ndarray
    high: np.ndarray
    colour: str
    opacity: float = 0.2
    layer: str = ""
    legend: bool = False


class Level(NamedTuple):
    """A dotted line across, named in the right margin; `words` is its value there, where there is room."""

    name: str
    y: float
    words: str = ""
    colour: str = "ink3"
    layer: str = "floors"


class Flag(NamedTuple):
    """Something that happened at `x`. A flag stands on the curve at `y`, other signs hang from it; NaN: on the axis."""

    x: float
    words: str
    y: float = np.nan
    sign: Sign = "flag"
    layer: str = "flags"


class Cursor(NamedTuple):
    """The step that is looked back at, with a chip on the axis."""

    x: float
    words: str = ""


class Points(NamedTuple):
    """Marks of their own."""

    name: str
    x: np.ndarray
    y: np.ndarray
    colour: str
    radius: float = 3.0
    shape: Shape = "disc"
    filled: bool = True
    words: tuple[str, ...] = ()  # beside each; empty for none
    layer: str = ""
    legend: bool = True


class Bars(NamedTuple):
    """From zero to each value, at the places 0, 1, 2 … or at `places`, or from edge to edge."""

    name: str
    values: np.ndarray
    colour: str
    upright: bool = False
    places: np.ndarray | None = None
    edges: np.ndarray | None = None  # ascend, one more than values: bars that count what lies between two of them
    width: float = 0.7  # of the distance between two places
    words: tuple[str, ...] = ()  # at the end of each, such as "41 %"
    strong: tuple[int, ...] = ()  # places whose words are bold and whose colour is full
    fewer: bool = False  # lying, with names: where there is less room only the first and the strong ones are drawn
    layer: str = ""
    legend: bool = False


class Heat(NamedTuple):
    """A map of values from `low` to `high`; rows run downward. NaN is masked."""

    name: str
    values_YX: np.ndarray
    low: float
    high: float
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    map: Map = "attention"
    scale: str = ""  # title of the colour bar; none where empty
    marked: tuple[int, int] | None = None  # row and column that are framed
    span: tuple[float, float] | None = None  # of x, which all columns cover; else they stand at the places 0, 1, 2 …


class Label(NamedTuple):
    """Words at a place of the plot."""

    x: float
    y: float
    words: str
    colour: str = "ink2"
    bold: bool = False
    layer: str = ""


Mark = Curve | Band | Level | Flag | Cursor | Points | Bars | Heat | Label


# What may stand on a sheet.


class Plot(NamedTuple):
    """Axes and what lies between them. `whole` are both axes where the person has zoomed in: all of the run."""

    x: Axis
    y: Axis
    marks: tuple[Mark, ...]
    title: str = ""
    legend: bool = True
    whole: tuple[Axis, Axis] | None = None
    square: bool = False  # as high as wide
    legend_above: bool = (
        False  # and not where it covers nothing: from picture to picture of a film it stays in its place
    )


class Tile(NamedTuple):
    """A token: its text as it can be drawn, on a tint from 0 to 1."""

    text: str
    under: str = ""  # such as its loss
    tint: float = 0.0
    colour: str = "tint"  # of the full tint
    ring: bool = False  # the chosen one
    faint: bool = False
    warn: bool = False  # hides a sign that could mislead
    number: float = np.nan  # what `under` says, in full
    letters: float = 0.0  # it is at least as wide as so many, so that pieces under each other keep their columns


class Tiles(NamedTuple):
    """Tokens in lines that break where the paper ends; each row of `rows` begins a new line."""

    rows: tuple[tuple[Tile, ...], ...]
    names: tuple[str, ...] = ()  # before each row
    title: str = ""
    unit: str = ""  # of the numbers under the tiles
    joined: bool = False  # without gaps, as pieces of words
    prose: bool = False  # joined words of a running text: in the type of the interface, lines as close as in one
    lines: tuple[tuple[str, Dash], ...] = ()  # before each name a sample of its line: colour and dash


class Paragraph(NamedTuple):
    """A text that breaks where the paper ends; `lead` is the part that was given, in ink3, before `text`."""

    text: str
    lead: str = ""
    head: str = ""  # above it, small: "Step 120"
    model: bool = True  # in the type of the model's own words
    aside: str = ""  # right of the head
    after: str = ""  # the rest of what was given, in ink3, where `text` fills a gap
    remark: str = ""  # small, below it: what is not as with the others
    strong: bool = False  # belongs to the step on show
    faint: bool = False  # comes after the step on show
    line: tuple[str, Dash] | None = None  # colour and dash of a short line before the head: whose words these are


class Words(NamedTuple):
    paragraphs: tuple[Paragraph, ...]
    title: str = ""
    columns: int = 1


class Cell(NamedTuple):
    text: str
    number: float | None = None  # what the text says, in full, for tables
    bold: bool = False
    colour: str = "ink"
    share: float | None = None  # 0 to 1: a bar behind the words
    bar: str = "bar"  # its colour
    mono: bool = False  # the model's own words


class Grid(NamedTuple):
    """A table: heads, and rows of as many cells; the last cell of a shorter row goes on to the end of the table."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    right: tuple[int, ...] = ()  # columns that are flush right
    ruled: tuple[int, ...] = ()  # rows with a thin line above them
    lines: tuple[tuple[str, Dash], ...] = ()  # above each head a sample of its line: colour, empty for none, and dash


class Mosaic(NamedTuple):
    """Many maps of the same size, rows by columns: every head of every layer."""

    values_RCYX: np.ndarray  # from `low` to `high`; NaN is masked
    low: float = 0.0
    high: float = 1.0
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    chosen: tuple[int, int] | None = None
    title: str = ""
    map: Map = "attention"


Block = Plot | Tiles | Words | Grid | Mosaic


class Row(NamedTuple):
    """Blocks beside each other. `height` is its share of what text and tables leave free; 0: as high as need be."""

    blocks: tuple[Block, ...]
    widths: tuple[float, ...] = ()  # shares; equal where left out
    height: float = 1.0
    beside: float = 0.0  # em that blocks beside each other want; on a narrower page that grows they stand in rows


class Sheet(NamedTuple):
    """`panel` and `title` say what it is; `empty` says why nothing stands on it, where nothing does."""

    panel: str
    title: str
    rows: tuple[Row, ...]
    empty: str = ""
    notes: tuple[str, ...] = ()  # small, at the foot: what is a mean, what was left out
    aside: str = ""  # right of the title, such as the step in a film
    step: int | None = None  # of what is shown, where that was looked at before the step on show

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for row in self.rows for block in row.blocks)

    @property
    def plots(self) -> tuple[Plot, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Plot))

    def with_plots(self, change: Callable[[Plot], Plot]) -> "Sheet":
        """The same with other plots; what has no axes stays."""

        def changed(block: Block) -> Block:
            return change(block) if isinstance(block, Plot) else block

        return self._replace(rows=tuple(row._replace(blocks=tuple(map(changed, row.blocks))) for row in self.rows))

    @property
    def layers(self) -> tuple[str, ...]:
        """What can be switched on and off, in the order it comes."""
        named = (getattr(mark, "layer", "") for plot in self.plots for mark in plot.marks)
        return tuple(dict.fromkeys(layer for layer in named if layer))
