"""What tables of counted tokens would score: their names, and where the model became better than each."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from engine.events import FloorCounted, Started
from engine.recording import Recording

if TYPE_CHECKING:
    from gui.widgets.loss_picture import Curve

RULES_KNOWN = "all rules known"  # what is left to guess for whoever knows how the text was made
TOKENS = ("counting tokens", "pairs of tokens", "triples of tokens", "{} tokens in a row")
COUNTED = {  # what is counted by a table of order 1, 2, 3 and more, by tokenizer
    "character": ("counting letters", "letter pairs", "letter triples", "{} letters in a row"),
    "byte": ("counting bytes", "pairs of bytes", "triples of bytes", "{} bytes in a row"),
}


class Floor(NamedTuple):
    name: str
    order: int  # as in FloorCounted
    loss: float  # in the unit of the chart
    beaten: float  # x where the model got better; NaN while it has not
    feat: str = ""  # what it means to be better, for a flag


def floors(recording: Recording, smooth: "Curve", validation: "Curve", scale: float) -> tuple[Floor, ...]:
    """Each with the place where the curve came down to it, however late it was counted; `scale` is from nats.

    Chance level is no achievement and what all rules leave cannot be beaten: these two get no flag.
    """
    started = recording.latest(Started)
    tokenizer = str(started.settings.get("tokenizer", "")) if started else ""
    newest = {floor.order: floor for floor in recording.all(FloorCounted)}  # counted again where a run is resumed
    made = []
    for floor in newest.values():
        level = floor.loss * scale
        beaten = crossing(smooth, validation, level) if floor.order > 0 else np.nan
        name = RULES_KNOWN if floor.order < 0 else floor.name
        made.append(Floor(name, floor.order, level, beaten, feat(floor.order, tokenizer)))
    return tuple(made)


def crossing(smooth: "Curve", validation: "Curve", level: float) -> float:
    """Where the curve first comes down to `level`; NaN where it has not.

    Floors are counted on the validation text, so where that is measured it has to have come down too: knowing the
    training text by heart beats nothing. It is not earlier than the last measurement above the level before that.
    """
    place = first_below(smooth, level)
    if not len(validation.x) or np.isnan(place):
        return place
    below = validation.y <= level
    first = int(np.argmax(below))
    if not below[first]:
        return np.nan
    return max(place, float(validation.x[first - 1])) if first else place


def first_below(curve: "Curve", level: float) -> float:
    """Where a curve is first at or under `level`; NaN where it never is."""
    below = curve.y <= level
    first = int(np.argmax(below)) if len(below) else 0
    return float(curve.x[first]) if len(below) and below[first] else np.nan


def feat(order: int, tokenizer: str) -> str:
    """What the model is better at than counting, in words a pupil understands."""
    if order < 1:
        return ""
    counted = COUNTED.get(tokenizer, TOKENS)
    return f"now better than {counted[min(order, len(counted)) - 1].format(order)}"
