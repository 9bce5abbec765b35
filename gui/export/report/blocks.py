"""Blocks of a sheet as HTML: text, tokens and tables as themselves, plots as vectors; every word is escaped."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from jinja2 import Environment
from markupsafe import Markup

from gui.export.files.figure import loose_svg
from gui.export.files.svg import Face
from gui.export.page.compose import compose
from gui.export.paper import Paper
from gui.export.provenance import Provenance
from gui.export.sheet import Block, Curve, Grid, Heat, Mosaic, Plot, Row, Sheet, Tile, Tiles, Words
from gui.theme import LIGHT, mix

WIDE_MM, HIGH_MM = 180.0, 80.0  # of what is drawn on a row of its own
MOST_POINTS, MOST_CELLS = 1500, 70**2  # of a curve and of a map that can be read out
DIGITS = 4  # of the values of a map


class Page(NamedTuple):
    """What all blocks of a page are made with."""

    origin: Provenance
    letters: dict[Face, set[str]]  # that its vectors need, gathered as they are drawn


def sheet_html(sheet: Sheet, page: Page) -> Markup:
    """All of a sheet; where it is empty, why."""
    if not sheet.rows:
        return Markup('<p class="empty">{}</p>').format(sheet.empty)
    rows = Markup("\n").join(Markup('<div class="row">{}</div>').format(_row(row, sheet, page)) for row in sheet.rows)
    notes = Markup("").join(Markup('<p class="notes">{}</p>').format(note) for note in sheet.notes)
    return rows + notes


def _row(row: Row, sheet: Sheet, page: Page) -> Markup:
    return Markup("\n").join(block_html(block, sheet.panel, page, len(row.blocks)) for block in row.blocks)


def block_html(block: Block, panel: str, page: Page, beside: int = 1) -> Markup:
    """`beside` is how many share a row."""
    match block:
        case Words():
            return Markup(_macros().words(block))
        case Tiles():
            return Markup(_macros().tiles(block))
        case Grid():
            return Markup(_macros().grid(block))
        case Plot() | Mosaic():
            return drawn(block, panel, page, beside)


def asset(name: str) -> str:
    """What a report is made of besides its contents."""
    return (files("assets") / "report" / name).read_text("utf-8").rstrip("\n")


def _macros() -> Any:
    """Template functions that escape whatever they are given."""
    surroundings = Environment(autoescape=True)
    made = surroundings.from_string(asset("blocks.html"), globals={"tint": tint, "told": told, "look": look})
    return made.make_module()


def tint(tile: Tile) -> str:
    """Background of a token."""
    return mix(LIGHT.panel, getattr(LIGHT, tile.colour, tile.colour), min(max(tile.tint, 0.0), 1.0)).name()


def told(tile: Tile, block: Tiles) -> str:
    """Its number in full, to be read on hovering."""
    return f"{tile.number:.4f} {block.unit}".strip() if np.isfinite(tile.number) else ""


def look(cell: Any) -> str:
    """Colour of its words, and a bar behind them."""
    parts = [] if cell.colour == "ink" else [f"color:{getattr(LIGHT, cell.colour, LIGHT.ink)}"]
    if cell.share is not None:
        end = 100 * min(max(cell.share, 0.0), 1.0)
        bar = getattr(LIGHT, cell.bar, LIGHT.bar)
        parts.append(f"background:linear-gradient(to right,{bar} {end:.1f}%,transparent {end:.1f}%)")
    return ";".join(parts)


# what is drawn


def drawn(block: Plot | Mosaic, panel: str, page: Page, beside: int) -> Markup:
    """A vector picture, and for curves what it takes to read them out."""
    wide = WIDE_MM / beside
    high = wide if getattr(block, "square", False) or isinstance(block, Mosaic) else min(HIGH_MM, 0.75 * wide)
    paper = Paper(preset="own", format="svg", width=wide, height=high, type=8.0, legend=True)
    alone = Sheet(panel, panel, (Row((block,)),))
    svg, letters = loose_svg(alone, paper, page.origin)
    for face, some in letters.items():
        page.letters.setdefault(face, set()).update(some)
    picture, shape = Markup(bare(svg)), "drawn wide" if beside == 1 and wide > high else "drawn"
    chart = readable(block, alone, paper) if isinstance(block, Plot) else {}
    if not (chart.get("curves") or chart.get("map")):
        return Markup('<div class="{}" role="img" aria-label="{}">{}</div>').format(
            shape, said_of(block, panel), picture
        )
    return Markup('<div class="{}" tabindex="0" role="group" aria-label="{}" data-chart="{}">{}</div>').format(
        shape, f"{said_of(block, panel)}: arrow keys read it out", json.dumps(chart), picture
    )


def said_of(block: Plot | Mosaic, panel: str) -> str:
    """For whoever does not see it."""
    parts = [block.title] if block.title else []
    if isinstance(block, Plot):
        parts.append(f"{block.y.title} over {block.x.title.lower()}")
    return ", ".join(parts) or panel


def bare(svg: str) -> str:
    """Without what stands before the picture, which a page has once, and without a title, which would hide values.

    Metadata stay: they say where it came from.
    """
    return re.sub(r"(?s)^.*?(?=<svg\b)|<title>[^<]*</title>\s*", "", svg)


def readable(plot: Plot, sheet: Sheet, paper: Paper) -> dict[str, Any]:
    """Where the plot stands, in shares of the picture, and its curves: exact values, of long ones some."""
    place = next(call.arguments[0] for call in compose(sheet, paper).calls if call.gives.startswith("plot"))
    x = plot.x
    curves = [
        {
            "name": curve.name,
            "colour": getattr(LIGHT, curve.colour, curve.colour),
            "x": [float(value) for value in curve.x[kept]],
            "y": [float(value) if np.isfinite(value) else None for value in curve.y[kept]],
        }
        for curve, kept in _some(plot)
    ]
    low, high = float(x.low), float(x.high)
    heat = next((mark for mark in plot.marks if isinstance(mark, Heat) and _named(mark)), None)
    chart = {"place": list(place), "title": x.title, "low": low, "high": high, "log": x.log, "curves": curves}
    return {**chart, "map": read_map(plot, heat)} if heat else chart


def _named(heat: Heat) -> bool:
    """Whether each of its cells can be told by name, and there are not too many."""
    return heat.values_YX.shape == (len(heat.rows), len(heat.columns)) and heat.values_YX.size <= MOST_CELLS


def read_map(plot: Plot, heat: Heat) -> dict[str, Any]:
    """Its cells; null where one is masked."""
    values = [[round(v, DIGITS) if np.isfinite(v) else None for v in row] for row in heat.values_YX.tolist()]
    names = {"rows": list(heat.rows), "columns": list(heat.columns)}
    return {"name": heat.scale or heat.name, "down": plot.y.title, "values": values, **names}


def _some(plot: Plot) -> Iterator[tuple[Curve, np.ndarray]]:
    """Each curve with places of values that lie apart as they are seen."""
    for curve in plot.marks:
        if not isinstance(curve, Curve) or not curve.legend or not len(curve.x):
            continue
        count = len(curve.x)
        seen = np.log10(np.maximum(curve.x, 1e-12)) if plot.x.log else curve.x
        if count <= MOST_POINTS:
            yield curve, np.arange(count)
            continue
        wanted = np.linspace(seen[0], seen[-1], MOST_POINTS)
        yield curve, np.unique(np.minimum(np.searchsorted(seen, wanted), count - 1))
