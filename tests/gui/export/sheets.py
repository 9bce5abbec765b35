"""Sheets for tests of what stands on paper."""

import numpy as np

from gui.export.provenance import Provenance
from gui.export.sheet import Axis, Band, Bars, Cursor, Curve, Flag, Heat, Label, Level, Mark, Plot, Points, Row, Sheet

ORIGIN = Provenance("amber-heron", 2418, "0123456789ab", "1.0", "Loss")
STEPS = np.arange(1.0, 3001.0)
LOSSES = 0.4 + 6.6 / (1 + STEPS / 90)
HOSTILE = "a$b$ \\alpha_1^2 <script>&'\" {0} %s #"


def sheet_of(*marks: Mark, **changed: object) -> Sheet:
    """A sheet with a plot of losses over steps."""
    x, y = Axis("Step", "", 1.0, 5000.0, log=True), Axis("Loss", "nats per token", 0.0, 7.5)
    plot = Plot(x, y, marks)._replace(**changed)
    return Sheet("Loss", "Loss", (Row((plot,)),))


def curve(name: str = "training", **changed: object) -> Curve:
    return Curve(name, STEPS, LOSSES, "line1", smooth=True)._replace(**changed)


def loss() -> Sheet:
    """Much like the loss chart of a run."""
    names = ("uniform", "unigram", "bigram", "trigram", "4-gram")
    levels = (Level(name, at, f"{at:.2f}") for name, at in zip(names, (6.9, 5.3, 3.0, 2.6, 2.5), strict=True))
    raw = curve("training, every step", smooth=False, width=1.0, opacity=0.3, layer="every step", legend=False)
    validation = Curve("validation", STEPS[::100], LOSSES[::100], "line2", 1.25, ring=True, layer="validation")
    flags = (Flag(90.0, "now better than counting", 3.7), Flag(1000.0, "learning rate", 0.95, "turned"))
    return sheet_of(*levels, raw, validation, curve(), *flags)


def everything() -> Sheet:
    """Each kind of mark, and two plots beside each other."""
    x = np.arange(4.0)
    band = Band("spread", STEPS, LOSSES - 0.2, LOSSES + 0.2, "line3", legend=True)
    points = Points("fork", np.array([10.0]), np.array([5.0]), "line4", words=("here",), shape="diamond")
    many = sheet_of(band, curve(ring=True, live=500), points, Label(30.0, 2.0, "label"), Cursor(500.0, "step 500"))
    names = ("one", "two", "three", "four")
    chances = Bars("chance", x / 4, "bar", words=("0 %", "25 %", "50 %", "75 %"), strong=(3,))
    bars = Plot(Axis("Chance"), Axis("Token", "", 3.5, -0.5, names=names, mono=True), (chances,), "Guesses")
    shares_YX = np.where(np.tri(4, dtype=bool), x[None] / 4, np.nan)
    heat = Heat("attention", shares_YX, 0.0, 1.0, names, names, scale="share", marked=(1, 0))
    head = Plot(Axis("Key", "", -0.5, 3.5), Axis("Query", "", 3.5, -0.5), (heat,), "Head", square=True)
    return Sheet("All", "Everything", (*many.rows, Row((bars, head))), notes=("A note.",))
