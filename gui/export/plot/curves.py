"""Curves, bands and points on paper: cut to the range and thinned to what the paper can show, spikes kept."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from gui.export.page.drawing import Call, Data
from gui.export.page.ink import FAINT
from gui.export.plot.frame import Frame
from gui.export.plot.words import SMALL
from gui.export.sheet import Band, Curve, Points
from gui.widgets.reduction import Columns, columns, extremes, first_in_each, means
from gui.widgets.scale import Scale, Span

RING = 2.5  # radius, pixels of the theme
RINGS_APART = 7  # pixels from middle to middle, at least
FAR, REACH_OPACITY = 1.5, 0.35  # line widths from the mean of a column from which on an extreme is far
PER_HAIR = 2.0  # columns to the width of the thinnest line
DIGITS = 7  # of places that were worked out: far finer than any paper
MARKERS = {"disc": "o", "square": "s", "diamond": "D", "triangle": "^"}
HOLLOW_EDGE = 1.25  # pixels


def curve_calls(curve: Curve, frame: Frame, name: str, order: float) -> Iterator[Call]:
    """`order` is what it lies above, as matplotlib counts; what comes after the step on show is faint."""
    y = real(curve.y)
    past = len(y) if curve.live is None else min(max(curve.live, 0), len(y))
    if past < len(y):
        joined = past > 0 and bool(np.isfinite(y[past]))
        later = slice(past - joined, None)
        faint = curve._replace(x=curve.x[later], y=y[later])
        yield from _line(faint, frame, f"{name} later", order - 0.004, FAINT)
    if past:
        yield from _line(curve._replace(x=curve.x[:past], y=y[:past]), frame, name, order)


def real(values: np.ndarray) -> np.ndarray:
    """NaN for all that is no number: a gap."""
    return np.where(np.isfinite(values), values, np.nan)


def _line(curve: Curve, frame: Frame, name: str, order: float, opacity: float = 1.0) -> Iterator[Call]:
    ink, (x, y) = frame.ink, thinned(curve, frame)
    if curve.smooth and curve.reach:
        yield from _reach(curve, frame, name, order - 0.002, opacity)
    look: dict[str, Any] = {
        "color": ink.colour(curve.colour, curve.opacity * opacity),
        "linewidth": ink.paper.line(curve.width),
        "zorder": order,
        **(ink.dashes(curve.dash) or {"solid_capstyle": "round"}),
    }
    if len(x):
        yield Call(frame.name, "plot", (Data(f"{name} x", x), Data(f"{name} y", y)), look)
    if not curve.ring:
        yield from _dots(curve, frame, name, order, opacity)
    if curve.ring:
        yield from _rings(curve, frame, name, order + 0.001, opacity)


def _dots(curve: Curve, frame: Frame, name: str, order: float, opacity: float) -> Iterator[Call]:
    """Of what no line shows; whole also at the edge."""
    x, y = thinned(curve, frame)
    kept = np.flatnonzero(standing_alone(y) & np.isfinite(x))
    places = zip(frame.x.pixels(x[kept]), frame.y.pixels(y[kept]), strict=True)
    kept = kept[[frame.holds(float(across), float(up)) for across, up in places]] if len(kept) else kept
    if len(kept):
        look = marker(frame, "disc", curve.width, curve.colour, True, curve.opacity * opacity)
        dots = (Data(f"{name} dots x", x[kept]), Data(f"{name} dots y", y[kept]))
        yield Call(frame.name, "plot", dots, {**look, "zorder": order, "clip_on": False})


def standing_alone(y: np.ndarray) -> np.ndarray:
    """Which numbers have none beside them: a line does not show them."""
    known = np.pad(np.isfinite(y), 1)
    alone: np.ndarray = known[1:-1] & ~known[:-2] & ~known[2:]
    return alone


def thinned(curve: Curve, frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    """Values to be joined by a line: so few that the paper shows no difference."""
    across = ascending(frame.x)
    found = found_columns(curve.x, frame)
    if found.last - found.first <= 2 * len(found.starts):
        near = slice(max(0, found.first - 1), found.last + 1)
        return _on(curve.x[near], across), real(curve.y[near])
    places, y = (means if curve.smooth else extremes)(curve.x, real(curve.y), across, found)
    return rounded(across.values(places)), rounded(y)


def found_columns(x: np.ndarray, frame: Frame, per_hair: float = PER_HAIR) -> Columns:
    """So narrow that two of them are as wide as the thinnest line."""
    return columns(x, ascending(frame.x), per_hair / frame.ink.mm(1))


def _on(x: np.ndarray, across: Scale) -> np.ndarray:
    """NaN where a logarithm has no place."""
    return np.where(x > 0, x, np.nan) if across.log else x


def ascending(across: Scale) -> Scale:
    """The same with values that grow."""
    span = across.span
    return across if span.high > span.low else Scale(Span(span.high, span.low), across.log, across.end, across.start)


def rounded(values: np.ndarray) -> np.ndarray:
    """To so many digits that nobody sees it, so that a script of them can be read."""
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = DIGITS - 1 - np.floor(np.log10(np.abs(values)))
    power = 10.0 ** np.where(np.isfinite(digits), digits, 0).clip(-300, 300)
    return np.round(values * power) / power


def _reach(curve: Curve, frame: Frame, name: str, order: float, opacity: float) -> Iterator[Call]:
    """From the lowest to the highest value of each column in which one is far from the mean."""
    found = found_columns(curve.x, frame, per_hair=1.0)  # strokes as wide leave nothing between them
    if not len(found.starts):
        return
    seen = curve.y[: found.last]
    low, high = np.fmin.reduceat(seen, found.starts), np.fmax.reduceat(seen, found.starts)
    middle = np.add.reduceat(seen, found.starts) / found.counts
    away = np.fmax(*(np.abs(frame.y.pixels(end) - frame.y.pixels(middle)) for end in (low, high)))
    near = away <= FAR * frame.ink.mm(curve.width)  # false where a gap leaves no mean: its spikes are drawn
    wide = (found.counts > 1) & np.isfinite(low) & ~near
    if wide.any():
        x = rounded(ascending(frame.x).values(found.pixels[wide]))
        parts = (("x", x), ("lowest", low[wide]), ("highest", high[wide]))
        shade = frame.ink.colour(curve.colour, REACH_OPACITY * curve.opacity * opacity)
        look = {"color": shade, "linewidth": frame.ink.paper.line(1), "zorder": order}
        yield Call(frame.name, "vlines", tuple(Data(f"{name} reach {part}", values) for part, values in parts), look)


def _rings(curve: Curve, frame: Frame, name: str, order: float, opacity: float) -> Iterator[Call]:
    """As many as do not touch, filled with the page; whole also at the edge."""
    kept = first_in_each(curve.x, ascending(frame.x), frame.ink.mm(RINGS_APART))
    places = zip(frame.x.pixels(curve.x[kept]), frame.y.pixels(curve.y[kept]), strict=True)
    kept = kept[[frame.holds(float(x), float(y)) for x, y in places]] if len(kept) else kept
    if len(kept):
        look = {
            **marker(frame, "disc", RING, curve.colour, False, opacity),
            "markeredgewidth": frame.ink.paper.line(curve.width),
            "zorder": order,
            "clip_on": False,
        }
        rings = (Data(f"{name} rings x", curve.x[kept]), Data(f"{name} rings y", curve.y[kept]))
        yield Call(frame.name, "plot", rings, look)


def marker(frame: Frame, shape: str, radius: float, colour: str, filled: bool, opacity: float = 1.0) -> dict[str, Any]:
    """How marks are drawn; `radius` is pixels of the theme."""
    ink = frame.ink
    drawn = ink.colour(colour, opacity)
    return {
        "linestyle": "none",
        "marker": MARKERS[shape],
        "markersize": round(2 * ink.paper.line(radius), 3),
        "markerfacecolor": drawn if filled else ink.page,
        "markeredgecolor": drawn,
        "markeredgewidth": 0 if filled else ink.paper.line(HOLLOW_EDGE),
    }


def points_calls(points: Points, frame: Frame, name: str, order: float) -> Iterator[Call]:
    """Marks at their places, whole also at the edge, and the words beside them."""
    places = list(zip(frame.x.pixels(points.x), frame.y.pixels(points.y), strict=True))
    kept = [at for at, (x, y) in enumerate(places) if frame.holds(float(x), float(y))]
    if not kept:
        return
    look = {**marker(frame, points.shape, points.radius, points.colour, points.filled), "zorder": order}
    marks = (Data(f"{name} x", np.asarray(points.x)[kept]), Data(f"{name} y", np.asarray(points.y)[kept]))
    yield Call(frame.name, "plot", marks, {**look, "clip_on": False})
    for at in kept:
        if at < len(points.words) and points.words[at]:
            yield _beside(points, frame, float(places[at][0]), float(places[at][1]), points.words[at])


def _beside(points: Points, frame: Frame, x: float, y: float, words: str) -> Call:
    """Right of a mark, or left of it where the plot ends."""
    ink, gap = frame.ink, frame.ink.mm(points.radius + 3)
    wide = ink.width(words, SMALL)
    left = x + gap if x + gap + wide <= frame.box.right else x - gap - wide
    return ink.words(words, left, y - SMALL * ink.capital / 2, "ink2", size=SMALL)


def band_calls(band: Band, frame: Frame, name: str, order: float) -> Iterator[Call]:
    """A shade; EPS knows none that lets through, so there it covers."""
    low = Curve(band.name, band.x, real(band.low), band.colour, smooth=True)
    x, bottom = thinned(low, frame)
    _, top = thinned(low._replace(y=real(band.high)), frame)
    if len(x):
        ink = frame.ink
        whole = ink.paper.format == "eps"
        shade = {"color": ink.colour(band.colour, band.opacity)} if whole else {"color": ink.colour(band.colour)}
        look = {**shade, **({} if whole else {"alpha": band.opacity}), "linewidth": 0, "zorder": order}
        parts = (("x", x), ("lowest", bottom), ("highest", top))
        yield Call(frame.name, "fill_between", tuple(Data(f"{name} {part}", values) for part, values in parts), look)
