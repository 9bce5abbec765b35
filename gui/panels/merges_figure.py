"""The merges on paper: the sentence after more and more merges, what is joined next, and what a vocabulary is worth."""

from collections.abc import Iterator
from math import ceil

import numpy as np

from gui.export.sheet import Axis, Bars, Cursor, Curve, Plot, Points, Row, Sheet, Tile, Tiles
from gui.panels.merges_picture import SMALLEST, Merges
from gui.signs import Cell, signs
from gui.text import shown
from gui.widgets.compression_curve import Compression
from gui.widgets.merge_rows import MergeRow

EMPTY = "No merges were counted in this run."
OWN = "The marked vocabulary is as large as that of this run."
TINTS = 0.1, 0.24  # of two pieces beside each other
WORDS_ROOM = 1.2  # times the longest bar: room for what stands at its end
BYTE_LETTERS = 4  # ‹E2›
SPREAD = 1.5  # of the letters: room between them


def merges_figure(picture: Merges | None) -> Sheet:
    """At the number of merges that was chosen."""
    if picture is None:
        return Sheet("Merges", "Merges", (), EMPTY)
    columns = _columns(picture.rows[0].cells)
    tiles = Tiles(
        tuple(_row(row, columns) for row in picture.rows),
        tuple(f"{row.merges:,} → {len(row.cells):,}" for row in picture.rows),
        "Merges → pieces",
        joined=True,
    )
    below = (*_pairs(picture), _compression(picture.compression))
    return Sheet("Merges", "Merges", (Row((tiles,), height=0), Row(below)), notes=(OWN,) if picture.own else ())


# the sentence


def _columns(finest: tuple[Cell, ...]) -> list[float]:
    """Widths of letters before each byte of the sentence: a letter of several bytes is as wide as these one by one."""
    edges = [0.0]
    for sign in signs("".join(cell.piece for cell in finest)):
        size = sign.end - sign.start
        wide = max(len(sign.text), BYTE_LETTERS * size if size > 1 else 1)
        edges += [edges[-1] + SPREAD * wide * (at + 1) / size for at in range(size)]
    return edges


def _row(row: MergeRow, columns: list[float]) -> tuple[Tile, ...]:
    """Tints take turns, so that the cuts are seen."""
    return tuple(
        Tile(
            shown(cell.piece).text,
            tint=TINTS[turn % 2],
            colour="accent" if row.chosen else "ink3",
            warn=shown(cell.piece).warn,
            letters=columns[cell.end] - columns[cell.start],
        )
        for turn, cell in enumerate(row.cells)
    )


# what comes next, and what it is worth


def _pairs(picture: Merges) -> Iterator[Plot]:
    """With a plus between two pieces: a space of their own would be a dot."""
    if not picture.pairs:
        return
    names = tuple(f"{pair.left.text} + {pair.right.text}" for pair in picture.pairs)
    times = np.array([pair.times for pair in picture.pairs], float)
    across = Axis("Times side by side", low=0.0, high=WORDS_ROOM * max(1.0, float(times.max())))
    upward = Axis("Pair", low=len(names) - 0.5, high=-0.5, names=names, mono=True)
    bars = Bars("times", times, "line1", width=0.6, words=tuple(f"{count:,.0f}" for count in times), strong=(0,))
    yield Plot(across, upward, (bars,), "Joined next", legend=False)


def _compression(shown: Compression) -> Plot:
    """Over all sizes of the vocabulary, the chosen one marked."""
    sizes = shown.first + np.arange(len(shown.bytes_per_token_P), dtype=float)
    value, size = shown.bytes_per_token_P[shown.chosen], float(shown.first + shown.chosen)
    across = Axis("Tokens in the vocabulary", low=float(SMALLEST), high=max(float(sizes[-1]), SMALLEST + 1.0), log=True)
    upward = Axis("Bytes per token", low=1.0, high=float(max(2, ceil(float(np.max(shown.bytes_per_token_P))))))
    curve = Curve("bytes per token", sizes, shown.bytes_per_token_P, "line1", 2.0, legend=False)
    point = np.array([size]), np.array([float(value)])
    chosen = Points("chosen", *point, "line1", 4.0, legend=False)
    title = f"A token stands for {value:.1f} bytes"
    return Plot(across, upward, (curve, Cursor(size, f"{size:,.0f}"), chosen), title, legend=False)
