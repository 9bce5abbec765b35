"""Blocks without axes to try the paper with: usual ones, and what strangers may put in them."""

import numpy as np

from gui.export.flow.blocks import Flowing, Place, calls
from gui.export.page.drawing import Call
from gui.export.paper import Paper
from gui.export.sheet import Cell, Grid, Mosaic, Paragraph, Tile, Tiles, Words
from gui.text import shown

PAPER = Paper()
BOX = (2.0, 3.0, 80.0, 50.0)
HARD = (
    "\u202eevil", "\u200b", "e\u0301te\u0301", "日本語テキスト", "$x^2$", "$", "\\frac{1}{2}",
    "<script>alert(1)</script>", "שלום עולם", "supercalifragilistic" * 12,
    "\udce2", "\x00", "\ufffd", "_a_", "%d", "{0}", "\t\t", "", "->",
)  # fmt: skip


def tiles(*texts: str, **more: object) -> Tiles:
    """One row, every token with a loss below it."""
    row = tuple(Tile(shown(text).text, "2.5", 0.4, warn=shown(text).warn, number=2.5) for text in texts)
    return Tiles((row,), **more)  # type: ignore[arg-type]


def words(*texts: str, **more: object) -> Words:
    return Words(tuple(Paragraph(text, "Once ", f"Step {at}") for at, text in enumerate(texts)), **more)  # type: ignore[arg-type]


def grid(*rows: tuple[str, ...], **more: object) -> Grid:
    heads = tuple(f"Head {at}" for at in range(max(map(len, rows))))
    return Grid(heads, tuple(tuple(Cell(text) for text in row) for row in rows), **more)  # type: ignore[arg-type]


def mosaic(rows: int = 4, columns: int = 4, side: int = 12, **more: object) -> Mosaic:
    """Shares below the diagonal, masked above."""
    values_RCYX = np.random.default_rng(0).random((rows, columns, side, side))
    values_RCYX[:, :, ~np.tri(side, dtype=bool)] = np.nan
    names = tuple(f"layer {at + 1}" for at in range(rows)), tuple(f"head {at + 1}" for at in range(columns))
    return Mosaic(values_RCYX, rows=names[0], columns=names[1], **more)  # type: ignore[arg-type]


def drawn(block: Flowing, box: Place = BOX, paper: Paper = PAPER) -> list[Call]:
    counts = dict[str, int]()

    def name(kind: str) -> str:
        counts[kind] = counts.get(kind, 0) + 1
        return f"{kind}{counts[kind]}"

    return calls(block, box, paper, name)


def said(made: list[Call]) -> list[str]:
    """All words, in the order they are drawn."""
    return [call.arguments[2] for call in made if call.method == "text"]


def places(made: list[Call]) -> dict[str, tuple[float, float]]:
    """Where each of the words stands: left, or where it is centred; base line. Millimetres on the page."""
    return {call.arguments[2]: call.arguments[:2] for call in made if call.method == "text"}


def boxes(made: list[Call]) -> list[tuple[float, float, float, float, str]]:
    """Left, bottom, right and top of all that is filled, round corners included, and its colour."""
    found = []
    for call in made:
        if call.method == "barh":
            sizes = zip(*call.arguments, call.named["linewidth"], call.named["color"], strict=True)
            for bottom, width, height, left, points, colour in sizes:
                out = points / 2 * 25.4 / 72
                found.append((left - out, bottom - out, left + width + out, bottom + height + out, colour))
    return found
