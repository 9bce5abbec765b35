"""Attention on paper: the chosen head in full with its tokens on both axes, and every head of every layer beside it."""

import numpy as np

from gui.export.sheet import Axis, Heat, Mosaic, Plot, Row, Sheet
from gui.panels.attention_picture import Attention
from gui.widgets.colour_map import ALL
from gui.widgets.head_map import Map
from gui.widgets.head_reading import Reading

TITLE, SCALE = "Attention", "share of attention"
EMPTY = "The model has not been looked into yet."
TOO_SHORT = "A map needs two tokens or more."
WIDTHS, BESIDE = (5.0, 3.0), 36.0  # shares of the chosen head and of all; em for both beside each other


def attention_figure(picture: Attention | None) -> Sheet:
    """Of every cell, however few of them a screen had room for."""
    if picture is None or len(picture.map.labels) < 2:
        return Sheet(TITLE, TITLE, (), TOO_SHORT if picture else EMPTY)
    alone = picture.heads.layers == picture.heads.heads == 1
    row = Row((_map(picture),)) if alone else Row((_map(picture), _heads(picture)), WIDTHS, beside=BESIDE)
    title = f"{TITLE} of {str(picture.heads.chosen).lower()}"
    return Sheet(TITLE, title, (row,), notes=(_note(picture),), step=picture.step)


def _heads(picture: Attention) -> Mosaic:
    heads, seen = picture.heads, picture.map
    return Mosaic(
        shares(picture.shares_LHTT, seen.hides_first, seen.both_ways),
        rows=counted("layer", heads.layers),
        columns=counted("head", heads.heads),
        chosen=heads.chosen,
        title="All heads",
    )


def _map(picture: Attention) -> Plot:
    seen = picture.map
    names = tuple(label.text for label in seen.labels)
    values_TT = shares(seen.shares_TT, seen.hides_first, seen.both_ways)
    heat = Heat(SCALE, values_TT, 0.0, 1.0, names, names, scale=SCALE, marked=seen.strongest)
    across = Axis("Key token", "", -0.5, len(names) - 0.5, names=names, mono=True)
    upward = across._replace(title="Query token", low=across.high, high=across.low)
    return Plot(across, upward, (heat,), title=str(picture.heads.chosen), legend=False, square=True)


def shares(shares_TT: np.ndarray, hide_first: bool, both: bool) -> np.ndarray:
    """From 0 to 1, of any leading shape; NaN where nothing can be seen, and in a column that is hidden."""
    made: np.ndarray = shares_TT / np.float32(ALL)
    if not both:
        made[..., ~np.tri(made.shape[-1], dtype=bool)] = np.nan
    if hide_first:
        made[..., 0] = np.nan
    return made


def counted(what: str, count: int) -> tuple[str, ...]:
    """The first says what is counted: “layer 1”, “2”, “3”."""
    return tuple(f"{what} {place}" if place == 1 else str(place) for place in range(1, count + 1))


def _note(picture: Attention) -> str:
    said = [f"Step {picture.step:,}.", *_strongest(picture.map)]
    if picture.map.hides_first:
        said.append("The column of the first token is covered.")
    return " ".join(said)


def _strongest(seen: Map) -> list[str]:
    """In the words of the screen."""
    if seen.strongest is None:
        return []
    who, whom = (seen.labels[place].text for place in seen.strongest)
    reading = Reading("", "Framed", who, whom, float(seen.shares_TT[seen.strongest]) / ALL)
    return [f"{reading.what}: “{who}” looks at “{whom}”, {reading.value} of its attention."]
