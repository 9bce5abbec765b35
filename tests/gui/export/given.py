"""Sheets that hold one of everything, and what strangers may have written on them."""

import numpy as np

from gui.export.provenance import Provenance
from gui.export.sheet import (
    Axis,
    Band,
    Bars,
    Block,
    Cell,
    Curve,
    Flag,
    Grid,
    Heat,
    Level,
    Mosaic,
    Paragraph,
    Plot,
    Points,
    Row,
    Sheet,
    Tile,
    Tiles,
    Words,
)

ORIGIN = Provenance("amber-heron", 2418, "0123456789ab", "0.1.0", "Loss")
HOSTILE = (
    *('"""', "'); import os; os.abort() #", "\\", "$x^2$", "<script>", "=1+1", "@SUM(A1)", "-2", "a\tb\nc"),
    *("\u202eabc", "\x00", "\udcff", "e\u0301", "{0}", "%s", "日本", "\u2028"),
)
STEPS = np.arange(1.0, 9.0)
LOSS = np.array([3.0, 2.5, np.nan, 2.0, 0.1 + 0.2, np.inf, 1.0, 1e-300])
VALIDATED = np.array([1.0, 4.0, 8.0])
LOSS_PLOT = Plot(
    Axis("Step", low=2, high=7),
    Axis("Loss", "nats per token", 0, 4),
    (
        Curve("training", STEPS, LOSS, "line1"),
        Curve("validation", VALIDATED, np.array([3.5, 2.25, 1.5]), "line2", ring=True),
        Level("uniform", 6.9),
        Flag(4.0, "beats chance"),
        Flag(8.0, "a note", sign="note", layer="notes"),
    ),
)


def sheet(*blocks: Block, title: str = "Loss") -> Sheet:
    return Sheet("Loss", title, tuple(Row((block,)) for block in blocks), notes=("a note",))


ALL = (
    LOSS_PLOT,
    Plot(
        Axis("Chance", "%"),
        Axis("Token", names=("a", "b", "c")),
        (Bars("before", np.array([1.0, 2.0, 3.0]), "bar"), Bars("after", np.array([3.0, 2.0, 1.0]), "line1")),
    ),
    Plot(
        Axis("Key"),
        Axis("Query"),
        (Heat("attention", np.array([[1.0, np.nan], [0.25, 0.75]]), 0, 1, ("x", "y"), ("x", "y"), scale="share"),),
    ),
    Plot(
        Axis("Size", "kB"),
        Axis("Time", "s"),
        (
            Points("runs", np.array([1.5, 2.5]), np.array([3.0, 4.0]), "line1", words=("one", "two")),
            Band("seeds", STEPS, STEPS - 1, STEPS + 1, "line2"),
        ),
        title="Cost",
    ),
    Tiles(((Tile("ab", "1.25", 0.3, number=1.2512345), Tile("c")), (Tile("d"),)), ("run 1", "run 2"), unit="nats"),
    Words((Paragraph("ran far", "the cat ", "Step 1"), Paragraph("sat"))),
    Grid(
        ("Run", "Loss", "Tokens"),
        (
            (Cell("a"), Cell("1.25", 1.2512345), Cell("2,000", 2000.0)),
            (Cell("b"), Cell("unknown"), Cell("–")),
            (Cell("seeds of a"),),
        ),
    ),
    Mosaic(np.arange(16.0).reshape(2, 2, 2, 2), rows=("layer 1", "2"), columns=("head 1", "2")),
)
