"""The tables behind a plot: lines along their axis, bars, points, maps, levels and what happened."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from gui.export.numbers.table import Column, Table, counted, table
from gui.export.sheet import Axis, Band, Bars, Curve, Flag, Heat, Level, Mark, Plot, Points

ENOUGH_SHARED = 0.5  # of the places of a line, for it to stand in the table of another
ROUNDING = 1e-9  # of the range, by which its ends may be off: a logarithm was taken


class Line(NamedTuple):
    """A number for each place along the horizontal axis."""

    name: str
    x: np.ndarray
    y: np.ndarray


def plot_tables(plot: Plot, whole: bool) -> Iterator[Table]:
    """Of every value of a plot, or of what lies between the ends of its horizontal axis."""
    marks = plot.marks if whole else tuple(part for mark in plot.marks for part in seen(mark, plot.x))
    yield from line_tables(plot, marks)
    yield from bar_tables(plot, [mark for mark in marks if isinstance(mark, Bars)])
    for mark in marks:
        match mark:
            case Points() if len(mark.x):
                yield points_table(plot, mark)
            case Heat():
                yield heat_table(plot, mark)
    yield from level_tables(plot, marks)
    yield from flag_tables(plot, marks)


def seen(mark: Mark, axis: Axis) -> Iterator[Mark]:
    """What of it lies between both ends of the axis, ends included."""
    low, high = sorted((axis.low, axis.high))
    low = min(low, 0.0) if axis.zero else low
    slack = ROUNDING * (high - low)

    def inside(x: np.ndarray) -> np.ndarray:
        return (x >= low - slack) & (x <= high + slack)

    match mark:
        case Curve(x=x):
            yield mark._replace(x=x[inside(x)], y=mark.y[inside(x)])
        case Band(x=x):
            yield mark._replace(x=x[inside(x)], low=mark.low[inside(x)], high=mark.high[inside(x)])
        case Points(x=x):
            words = tuple(word for word, kept in zip(mark.words, inside(x), strict=False) if kept)
            yield mark._replace(x=x[inside(x)], y=mark.y[inside(x)], words=words)
        case Flag(x=at) if not inside(np.array(at)):
            return
        case _:
            yield mark


def line_tables(plot: Plot, marks: Sequence[Mark]) -> Iterator[Table]:
    """Lines with most of their places in common stand in one table, with holes; others in tables of their own."""
    for lines in gathered(lines_of(marks)):
        places = np.unique(np.concatenate([line.x for line in lines])) if len(lines) > 1 else lines[0].x
        numbers = [Column(line.name, at(places, line), plot.y.unit) for line in lines]
        name = plot.title or (plot.y.title if len(lines) > 1 else lines[0].name)
        yield table(name, (place_column(plot.x, places), *numbers))


def lines_of(marks: Iterable[Mark]) -> Iterator[Line]:
    """A band is two lines."""
    for mark in marks:
        match mark:
            case Curve():
                yield Line(mark.name, mark.x, mark.y)
            case Band():
                yield Line(f"{mark.name}, low", mark.x, mark.low)
                yield Line(f"{mark.name}, high", mark.x, mark.high)


def gathered(lines: Iterable[Line]) -> list[list[Line]]:
    """By the places they share, the order kept; a line with two values at a place stays alone."""
    groups: list[list[Line]] = []
    for line in lines:
        if not len(line.x):
            continue
        alone = bool((np.diff(line.x) <= 0).any())
        group = next((one for one in groups if not alone and shares(one[0], line)), None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    return groups


def shares(one: Line, other: Line) -> bool:
    """Whether the shorter has enough places of the longer."""
    short, long = sorted((one.x, other.x), key=len)
    if not (np.diff(long) > 0).all():
        return False
    found = np.searchsorted(long, short).clip(max=len(long) - 1)
    return bool((long[found] == short).mean() >= ENOUGH_SHARED)


def at(places: np.ndarray, line: Line) -> np.ndarray:
    """Its value at each place; NaN where it has none."""
    if len(places) == len(line.x):
        return np.asarray(line.y, dtype=float)
    values = np.full(len(places), np.nan)
    values[np.searchsorted(places, line.x)] = line.y
    return values


def place_column(axis: Axis, places: np.ndarray) -> Column:
    """Numbers, or the names of places that are none."""
    return Column(axis.title or "place", named(axis, places) or counted(places), axis.unit)


def named(axis: Axis, places: np.ndarray) -> tuple[str, ...]:
    """Empty where any of them has no name."""
    whole = [int(place) for place in places if place == int(place) and 0 <= place < len(axis.names)]
    return tuple(axis.names[place] for place in whole) if len(whole) == len(places) else ()


def bar_tables(plot: Plot, all_bars: Sequence[Bars]) -> Iterator[Table]:
    """Bars that stand at the same places are columns of one table."""
    groups: list[list[Bars]] = []
    for bars in all_bars:
        group = next((one for one in groups if np.array_equal(places_of(one[0]), places_of(bars))), None)
        if group is None:
            groups.append([bars])
        else:
            group.append(bars)
    for group in groups:
        along, up = (plot.x, plot.y) if group[0].upright else (plot.y, plot.x)
        numbers = [Column(bars.name or up.title, np.asarray(bars.values, dtype=float), up.unit) for bars in group]
        yield table(plot.title or group[0].name or up.title, (*bar_places(along, group[0]), *numbers))


def places_of(bars: Bars) -> np.ndarray:
    """Where they stand, or their edges."""
    if bars.edges is not None:
        return bars.edges
    return np.arange(len(bars.values)) if bars.places is None else bars.places


def bar_places(axis: Axis, bars: Bars) -> tuple[Column, ...]:
    """A column of places, or two of what each bar lies between."""
    places = places_of(bars)
    return (place_column(axis, places),) if bars.edges is None else between(axis, places)


def between(axis: Axis, edges: np.ndarray) -> tuple[Column, Column]:
    """From each edge to the next."""
    name, numbers = axis.title or "place", counted(edges)
    return Column(f"{name}, from", numbers[:-1], axis.unit), Column(f"{name}, below", numbers[1:], axis.unit)


def points_table(plot: Plot, points: Points) -> Table:
    """With the words beside each."""
    numbers = named(plot.y, points.y) or np.asarray(points.y, dtype=float)
    y = Column(plot.y.title or points.name, numbers, plot.y.unit)
    words = (Column("words", points.words),) if len(points.words) == len(points.x) else ()
    return table(points.name or plot.title, (place_column(plot.x, points.x), y, *words))


def heat_table(plot: Plot, heat: Heat) -> Table:
    """A line for each cell, row after row; empty where it is masked."""
    rows, columns = np.indices(heat.values_YX.shape)
    value = Column(heat.scale or heat.name, np.asarray(heat.values_YX, dtype=float).ravel())
    down = side("row", plot.y, heat.rows, rows.ravel())
    across = [*side("column", plot.x, heat.columns, columns.ravel())]
    if heat.span is not None:
        edges = between(plot.x, np.linspace(*heat.span, heat.values_YX.shape[1] + 1))
        across += [Column(one.name, np.asarray(one.values)[columns.ravel()], one.unit) for one in edges]
    return table(plot.title or heat.name, (*down, *across, value))


def side(name: str, axis: Axis, words: tuple[str, ...], places: np.ndarray) -> Iterator[Column]:
    """Of a map: places from 0, and what stands there."""
    words = words or axis.names
    yield Column(name, places)
    if words and len(words) > places.max(initial=0):
        yield Column(axis.title or f"{name}, in words", tuple(words[place] for place in places))


def level_tables(plot: Plot, marks: Sequence[Mark]) -> Iterator[Table]:
    """Such as floors."""
    levels = [mark for mark in marks if isinstance(mark, Level)]
    if levels:
        values = np.array([level.y for level in levels], dtype=float)
        names = Column("level", tuple(level.name for level in levels))
        yield table("levels", (names, Column(plot.y.title or "value", values, plot.y.unit)))


def flag_tables(plot: Plot, marks: Sequence[Mark]) -> Iterator[Table]:
    """What happened, and where."""
    flags = [mark for mark in marks if isinstance(mark, Flag)]
    if flags:
        x = place_column(plot.x, np.array([flag.x for flag in flags], dtype=float))
        kinds = Column("kind", tuple(flag.sign for flag in flags))
        yield table("events", (x, kinds, Column("event", tuple(flag.words for flag in flags))))
