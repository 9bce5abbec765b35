"""Where the columns of the mixture stand in a row of any width; what matters least gives way first."""

from typing import NamedTuple

GAP = 14  # at reading size, as all widths here
LONGEST = 230  # more for the strip, where there is room


class Width(NamedTuple):
    least: float
    most: float


WIDTHS = {
    "name": Width(92, 150),
    "size": Width(50, 60),
    "fader": Width(72, 112),
    "weight": Width(32, 36),
    "read": Width(58, 66),
    "seen": Width(38, 52),
    "strip": Width(72, 190),
    "curve": Width(56, 84),
    "loss": Width(36, 42),
    "entropy": Width(30, 40),
    "remove": Width(22, 22),
}
HEADS = {
    "name": "source", "fader": "weight", "read": "share so far", "seen": "seen", "strip": "times each part was seen",
    "curve": "validation loss", "loss": "now", "entropy": "true",
}  # fmt: skip
SAYS = {
    "name": "The texts that are mixed; choose one to see its documents",
    "fader": "How much of each batch comes from this text; turn it and the next batch follows",
    "read": "This text's share of all tokens that were read so far",
    "seen": "How often the whole text was read so far; from 4 times on it may be learned by heart",
    "strip": "How often each part of the text was read, in its order; the end is held out and never trained on",
    "curve": "Loss on the held-out part of this text, in nats per token; dotted: what no model can beat",
    "loss": "Loss on the held-out part of this text now, in nats per token",
    "entropy": "Nats per token that are left when all rules of this text are known: no model can be better",
}
SHORT = {"read": "share", "strip": "parts seen", "curve": "loss"}  # where the name has no room
RIGHT = ("size", "weight", "read", "seen", "loss", "entropy")  # numbers end alike
GIVES_WAY = ("size", "curve", "read", "entropy", "strip", "seen", "loss")


class Span(NamedTuple):
    left: float
    width: float


def columns(width: float, scale: float) -> dict[str, Span]:
    """Those there is room for, in pixels, from left to right; `scale` is that of the type."""
    names, room = list(WIDTHS), width / scale
    for name in GIVES_WAY:
        if sum(WIDTHS[other].least for other in names) + GAP * (len(names) - 1) > room:
            names.remove(name)
    spare = max(0.0, room - sum(WIDTHS[name].least for name in names) - GAP * (len(names) - 1))
    wants = {name: WIDTHS[name].most - WIDTHS[name].least for name in names}
    share = min(1.0, spare / sum(wants.values()))
    over = min(spare - share * sum(wants.values()), LONGEST)
    left, made = 0.0, {}
    for name in names:
        taken = WIDTHS[name].least + share * wants[name] + (over if name == "strip" else 0.0)
        made[name] = Span(left * scale, taken * scale)
        left += taken + GAP
    return made
