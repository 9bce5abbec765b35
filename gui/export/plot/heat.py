"""Maps of values as colours, and the scale that says what the colours mean."""

from collections.abc import Iterator
from math import ceil

import numpy as np

from gui.export.page.drawing import Call, Data
from gui.export.page.ink import PAGE, Ink
from gui.export.plot.frame import Box, Frame
from gui.export.plot.words import fitting
from gui.export.sheet import Heat, Map, Plot
from gui.widgets.colour_map import cividis, viridis
from gui.widgets.scale import Span, ticks

DOTS_PER_MM = 12  # so finely a map is drawn that no viewer blurs its cells
FINEST = 4096  # dots along a side
GAPPED = 0.35  # em a cell from which on there are gaps
LEVELS = 256
DIVERGING = ("line1", "panel", "line2")  # below, at and above the middle
ATTENTION_TICKS = {1.0: "1", 0.0: "0", 0.5: "0.5", 0.25: "0.25", 0.1: "0.1"}  # the first are kept longest
BAR, GAP = 0.8, 1.0  # em: width of the scale, and from the map to it


def heat_of(plot: Plot) -> Heat | None:
    """The map of a plot, where it has one."""
    return next((mark for mark in plot.marks if isinstance(mark, Heat)), None)


def heat_calls(heat: Heat, frame: Frame, name: str, order: float) -> Iterator[Call]:
    """Cells from the top downward, with the frame of the one that is marked."""
    values_YX = np.asarray(heat.values_YX, float)
    if not values_YX.size:
        return
    rows, columns = values_YX.shape
    extent = (*(heat.span or (-0.5, columns - 0.5)), rows - 0.5, -0.5)
    named = {"extent": extent, "interpolation": "none", "aspect": "auto", "zorder": order}
    image_YX3 = enlarged(coloured(values_YX, heat, frame.ink), frame)
    yield Call(frame.name, "imshow", (Data(name, image_YX3),), named)
    if heat.map == "attention" and not heat.span:
        yield from _gaps(rows, columns, frame, order)
    if heat.marked:
        yield _mark(heat.marked, frame, 4, frame.ink.page, order + 0.002)
        yield _mark(heat.marked, frame, 2, frame.ink.colour("ink"), order + 0.003)


def enlarged(image_YX3: np.ndarray, frame: Frame) -> np.ndarray:
    """As large as the axes."""
    box = frame.box
    down, across = (dots(*side, frame.ink) for side in zip((box.height, box.width), image_YX3.shape, strict=False))
    return image_YX3.repeat(down, 0).repeat(across, 1)


def dots(side: float, cells: int, ink: Ink) -> int:
    """Of a cell: many, as viewers that smooth pictures blur small ones. EPS, which packs nothing, is never smoothed."""
    return 1 if ink.paper.format == "eps" else max(1, min(ceil(DOTS_PER_MM * side / cells), FINEST // cells))


def _gaps(rows: int, columns: int, frame: Frame, order: float) -> Iterator[Call]:
    """Lines of the page between cells that are large enough."""
    ink = frame.ink
    if min(frame.box.height / rows, frame.box.width / columns) < GAPPED * ink.em:
        return
    look = {"color": ink.page, "linewidth": ink.paper.line(1), "zorder": order + 0.001}
    downward, along = [place + 0.5 for place in range(rows)], [place + 0.5 for place in range(columns)]
    yield Call(frame.name, "hlines", (downward, -0.5, columns - 0.5), look)
    yield Call(frame.name, "vlines", (along, -0.5, rows - 0.5), look)


def _mark(marked: tuple[int, int], frame: Frame, pixels: float, colour: str, order: float) -> Call:
    """A frame that is seen on dark cells and on bright ones."""
    row, column = marked
    left, right, top, bottom = column - 0.5, column + 0.5, row - 0.5, row + 0.5
    around = ([left, right, right, left, left], [top, top, bottom, bottom, top])
    look = {"color": colour, "linewidth": frame.ink.paper.line(pixels), "zorder": order}
    return Call(frame.name, "plot", around, {**look, "clip_on": False, "solid_joinstyle": "miter"})


def coloured(values_YX: np.ndarray, heat: Heat, ink: Ink) -> np.ndarray:
    """uint8 of shape YX3; what is masked has the theme's colour for it."""
    shares = (values_YX - heat.low) / ((heat.high - heat.low) or 1.0)
    image_YX3: np.ndarray = ramp(heat.map, ink)[np.round(placed(shares, heat.map) * (LEVELS - 1)).astype(int)]
    image_YX3[~np.isfinite(values_YX)] = rgb(ink.colour("mask"))
    return image_YX3


def placed(shares: np.ndarray, kind: Map) -> np.ndarray:
    """From 0 to 1 where shares stand on the scale: small ones of attention are told apart best."""
    shares = np.clip(np.nan_to_num(shares), 0.0, 1.0)
    return np.sqrt(shares) if kind == "attention" else shares


def ramp(kind: Map, ink: Ink) -> np.ndarray:
    """Colours from low to high, uint8 of shape (256, 3)."""
    match kind:
        case "attention":
            return viridis(LEVELS)
        case "diverging":
            knots = np.array([rgb(ink.colour(token)) for token in DIVERGING])
            at = np.linspace(0, 2, LEVELS)
            parts = [np.interp(at, range(3), knots[:, part]) for part in range(3)]
            return np.round(np.stack(parts, axis=-1)).astype(np.uint8)
        case _:
            return cividis(LEVELS)


def rgb(colour: str) -> tuple[int, int, int]:
    """Of #rrggbb, each from 0 to 255."""
    red, green, blue = bytes.fromhex(colour[1:7])
    return red, green, blue


# the scale


def scale_ticks(heat: Heat) -> dict[float, str]:
    """Values and their labels; the first are kept longest where there is little room."""
    if heat.map == "attention":
        return ATTENTION_TICKS
    made = [tick for tick in ticks(Span(heat.low, heat.high), False, 5) if tick.label]
    ordered = [made[0], made[-1], *made[1:-1]] if len(made) > 1 else made
    return {tick.value: tick.label for tick in ordered}


def scale_width(heat: Heat, ink: Ink) -> float:
    """Millimetres it needs right of the map, with the gap between; nothing where there is none."""
    if not heat.scale:
        return 0.0
    widest = max(ink.width(label) for label in scale_ticks(heat).values())
    return (GAP + BAR + 0.4 + 0.5 + 1.0) * ink.em + widest


def scale_calls(heat: Heat, frame: Frame, left: float, whole: Box) -> Iterator[Call]:
    """A bar as high as the map, with numbers and its title beside it."""
    ink, box = frame.ink, frame.box
    extent = (left, left + BAR * ink.em, box.bottom, box.top)
    named = {"extent": tuple(round(edge, 4) for edge in extent), "interpolation": "none", "aspect": "auto"}
    colours_Y13 = ramp(heat.map, ink)[::-1, None]
    yield Call(PAGE, "imshow", (Data("colours of the scale", colours_Y13),), {**named, "zorder": 1})
    taken: list[float] = []
    beside = left + (BAR + 0.4) * ink.em
    for value, label in scale_ticks(heat).items():
        share = placed(np.array((value - heat.low) / ((heat.high - heat.low) or 1.0)), heat.map)
        at = min(max(box.bottom + float(share) * box.height, box.bottom + ink.capital / 2), box.top - ink.capital / 2)
        if all(abs(at - other) >= 1.1 * ink.em for other in taken):
            taken.append(at)
            yield ink.words(label, beside, at - ink.capital / 2, "ink2")
    widest = max(ink.width(label) for label in scale_ticks(heat).values())
    words = fitting(heat.scale, whole.height, ink)
    half = ink.width(words) / 2
    middle = min(max(box.bottom + box.height / 2, whole.bottom + half), whole.top - half)
    yield ink.words(words, beside + widest + 1.25 * ink.em, middle, side="center", upward=True)
