"""The predictions on paper: the tokens with their loss, the guesses at the chosen one, and the history of its loss."""

import numpy as np

from gui.export.sheet import Axis, Bars, Block, Plot, Points, Row, Sheet, Tiles
from gui.export.sheet import Curve as Line
from gui.panels.predictions_picture import Predictions
from gui.text import percent
from gui.widgets.sparkline import History, last_tick
from gui.widgets.tiles_on_paper import on_paper

EMPTY = "The model has not been asked yet."
NEXT, HIDDEN = "Predictions of the next token", "Predictions of hidden tokens"
LONGEST = 12  # letters of a token in a title
BESIDE = 36.0  # em for guesses and history beside each other
CLOSE = 0.7  # between two bars, in bars


def predictions_figure(picture: Predictions | None) -> Sheet:
    """Of the place that a person chose."""
    if picture is None:
        return Sheet("Predictions", NEXT, (), EMPTY)
    tiles = tuple(on_paper(tile, place == picture.selected) for place, tile in enumerate(picture.tiles))
    strip = Row((Tiles((tiles,), title="Loss of each token", unit="nats"),), height=0.0)
    answer: list[Block] = [_guesses(picture)] if picture.chances else []
    if len(picture.history.steps):
        answer.append(_history(picture.history))
    below = (Row(tuple(answer), (5.0, 3.0)[: len(answer)], beside=BESIDE),) if answer else ()
    title = HIDDEN if picture.masked else NEXT
    return Sheet("Predictions", title, (strip, *below), notes=(_note(picture),), step=picture.step)


def _note(picture: Predictions) -> str:
    said = [f"Step {picture.step:,}."]
    if not picture.chances:
        said.append("The framed token was not asked for.")
    if any(row.truth for row in picture.chances):
        said.append("In bold: the token that was hidden." if _hidden(picture) else "In bold: the token that came.")
    return " ".join(said)


def _hidden(picture: Predictions) -> bool:
    """Whether the chosen token was guessed from both sides."""
    return picture.masked and picture.tiles[picture.selected].loss is not None


def _guesses(picture: Predictions) -> Plot:
    """The truth in full colour; all of the way is 100 %, as on screen."""
    rows = picture.chances
    share = np.array([100.0 * row.chance for row in rows])
    true = tuple(place for place, row in enumerate(rows) if row.truth)
    bars = Bars(
        "chance", share, "bar", width=CLOSE, words=tuple(percent(row.chance) for row in rows), strong=true, fewer=True
    )
    names = tuple(row.text for row in rows)
    upward = Axis(
        "Hidden token" if _hidden(picture) else "Next token", "", len(rows) - 0.5, -0.5, names=names, mono=True
    )
    return Plot(Axis("Chance", "%", 0.0, 100.0), upward, (bars,), legend=False)


def _history(history: History) -> Plot:
    """At every look at this sentence; what came after the step on show is faint."""
    seen = int(np.searchsorted(history.steps, history.step, side="right"))
    x = history.steps.astype(float)
    line = Line(f"loss of {history.name}", x, history.values, "line1", 1.5, legend=False, live=seen)
    marks: list[Line | Points] = [line]
    if seen:
        at, value = x[seen - 1 : seen], history.values[seen - 1 : seen]
        marks.append(Points("step on show", at, value, "line1", legend=False))
    across = Axis("Step", "", 1.0, float(last_tick(history)), log=True, zero=True)
    upward = Axis(f"Loss of {short(history.name)}", "nats", 0.0, history.top)
    return Plot(across, upward, tuple(marks), legend=False)


def short(name: str) -> str:
    """A token, or its beginning."""
    return name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
