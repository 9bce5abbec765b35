"""Lying bars where there is little room: the first ones and the strong ones, as on screen."""

from gui.export.sheet import Bars, Plot

LEAST = 2  # that are always drawn


def fewer_bars(plot: Plot, rows: int) -> Plot:
    """At most `rows` of them, or the plot as it is; its upright axis names each place from the top downward."""
    bars = next((mark for mark in plot.marks if isinstance(mark, Bars) and mark.fewer), None)
    if bars is None or len(bars.values) <= max(rows, LEAST):
        return plot
    kept = kept_places(len(bars.values), bars.strong, max(rows, LEAST))
    fitting = bars._replace(
        values=bars.values[kept],
        words=tuple(bars.words[place] for place in kept) if bars.words else (),
        strong=tuple(at for at, place in enumerate(kept) if place in bars.strong),
    )
    names = tuple(plot.y.names[place] for place in kept)
    marks = tuple(fitting if mark is bars else mark for mark in plot.marks)
    return plot._replace(marks=marks, y=plot.y._replace(names=names, low=len(kept) - 0.5))


def kept_places(count: int, strong: tuple[int, ...], rows: int) -> list[int]:
    """Strong ones further down take the last places."""
    first = [place for place in range(count) if place not in strong][: max(0, rows - len(strong))]
    return sorted([*first, *strong])[:rows]
