"""The mixture on paper: each text's numbers as a table, how often its parts were seen, and its validation loss."""

from collections.abc import Iterator, Sequence
from math import ceil

import numpy as np

from gui.export.sheet import Axis, Cell, Cursor, Curve, Grid, Heat, Level, Mark, Plot, Row, Sheet
from gui.panels.mixture_picture import Picture
from gui.text import number
from gui.widgets.loss_stroke import SHORTEST
from gui.widgets.shown import line_named
from gui.widgets.source_figures import FULL, SourceFigures

EMPTY = "No text was read yet."
HEADS = ("Text", "Size", "Weight", "Share so far", "Seen", "Validation loss", "True loss", "")
TABLE_ROW, MOST = 0.06, 0.5  # of the page: a row of the table; as high as this the table becomes at most
SEEN = "How often each part was seen"
BESIDE = 3  # texts
STRIP, STRIP_ROW = 0.35, 0.1  # heights of a low map, beside 1 for the losses


def mixture_figure(picture: Picture) -> Sheet:
    """The same rows as on screen, at the same step."""
    if not picture.rows:
        return Sheet("Mixture", "Mixture", (), EMPTY)
    plots = tuple(_plots(picture))
    share = min(TABLE_ROW * (len(picture.rows) + 1), MOST)
    height = share / (1 - share) * sum(row.height for row in plots)
    rows = (Row((_table(picture.rows),), height=height), *plots)
    return Sheet("Mixture", "Mixture", rows, notes=tuple(_notes(picture)))


def _notes(picture: Picture) -> Iterator[str]:
    if 0 < _texts_seen(picture) < BESIDE:
        yield f"How often parts were seen goes from 0 (dark) to {FULL:.0f} times (bright)."  # no room for a scale
    if picture.warning:
        yield f"{picture.warning}."


def _texts_seen(picture: Picture) -> int:
    return sum(1 for row in picture.rows if len(row.times_P))


def _plots(picture: Picture) -> Iterator[Row]:
    """Beside each other, unless the map has so few rows that it is a strip."""
    parts, losses = tuple(_parts(picture.rows)), tuple(_losses(picture))
    texts = _texts_seen(picture)
    if parts and losses and texts >= BESIDE:
        yield Row((*parts, *losses), (2.0, 3.0))
        return
    if losses:
        yield Row(losses)
    if parts:
        yield Row(parts, height=STRIP + STRIP_ROW * texts)


# the table


def _table(rows: Sequence[SourceFigures]) -> Grid:
    """Without the columns of which nothing is known of any text."""
    cells = [_cells(row) for row in rows]
    kept = [place for place in range(len(HEADS)) if any(row[place].text for row in cells)]
    return Grid(
        tuple(HEADS[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in cells),
        right=tuple(at for at, place in enumerate(kept) if 1 <= place < len(HEADS) - 1),
    )


def _cells(row: SourceFigures) -> tuple[Cell, ...]:
    weight = "accent" if row.bar == "accent" else "ink"
    return (
        Cell(row.name, bold=True, colour="ink3" if row.leaves else "ink"),
        Cell(row.size, colour="ink3"),
        Cell("auto", colour=weight) if row.by_length else Cell(f"{row.share:.2f}", row.share, colour=weight),
        Cell("", colour="ink2") if row.read is None else Cell(f"{100 * row.read:.1f} %", row.read, colour="ink2"),
        _seen(row),
        Cell("") if row.loss is None else Cell(number(row.loss), row.loss, bold=True),
        Cell("") if row.entropy is None else Cell(number(row.entropy), row.entropy, colour="ink3"),
        Cell(row.note, colour="warn"),
    )


def _seen(row: SourceFigures) -> Cell:
    """How often; strong from where it may be learned by heart."""
    if row.seen is None:
        return Cell("")
    text = "<0.1×" if 0 < row.seen < 0.05 else f"{row.seen:.1f}×"
    return Cell(text, row.seen, row.repeated, "warn" if row.repeated else "ink2")


# how often each part was seen


def _parts(rows: Sequence[SourceFigures]) -> Iterator[Plot]:
    told = [row for row in rows if len(row.times_P)]
    if not told:
        return
    names = tuple(row.name for row in told)
    parts = max(len(row.times_P) for row in told)
    times_SP = np.full((len(told), parts), np.nan)
    for place, row in enumerate(told):
        times_SP[place, : len(row.times_P)] = row.times_P
    columns = tuple(f"{part + 1} of {parts}" for part in range(parts))
    scale = "Times seen" if len(told) >= BESIDE else ""  # a strip is too low for a scale
    heat = Heat("times seen", times_SP, 0.0, FULL, names, columns, "times", scale, span=(0.0, 100.0))
    across = Axis("Place in the part that is trained on", "%", 0.0, 100.0)
    upward = Axis("Text", low=len(told) - 0.5, high=-0.5, names=names)
    yield Plot(across, upward, (heat,), SEEN, legend=False)


# the loss on each text


def _losses(picture: Picture) -> Iterator[Plot]:
    told = [(place, row) for place, row in enumerate(picture.rows) if len(row.steps)]
    if not told:
        return
    last = max(float(row.steps[-1]) for _, row in told)
    across = Axis("Step", low=0.0, high=max(SHORTEST, last))
    upward = Axis("Validation loss", "nats per token", 0.0, float(ceil(picture.top)))
    known = [(place, row) for place, row in told if row.entropy is not None] if len(told) < BESIDE else []
    marks: list[Mark] = [_true(place, row, len(told) > 1) for place, row in known]  # the table has all of them
    marks += [_curve(place, row, picture.step) for place, row in reversed(told)]
    if picture.step < last:
        marks.append(Cursor(float(picture.step), f"step {picture.step:,}"))
    yield Plot(across, upward, tuple(marks), legend=len(told) > 1)


def _curve(place: int, row: SourceFigures, step: int) -> Curve:
    colour, dash = line_named(place)
    live = int(np.searchsorted(row.steps, step, side="right"))
    value = "" if row.loss is None else number(row.loss)
    return Curve(row.name, row.steps, row.losses, colour, 1.5, dash, value=value, live=live)


def _true(place: int, row: SourceFigures, several: bool) -> Level:
    """What no model can beat, in the colour of its text where there are several."""
    assert row.entropy is not None
    name, colour = (row.name, line_named(place).colour) if several else ("true loss", "ink3")
    return Level(name, row.entropy, number(row.entropy), colour, "true loss")
