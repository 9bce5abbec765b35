"""The axes of a plot: their lines, ticks and titles, and the room these take."""

from collections.abc import Iterator, Sequence
from typing import Any

from gui.export.page.drawing import Call
from gui.export.page.ink import Ink, Side
from gui.export.page.measure import CAPITAL
from gui.export.plot.frame import Box, Frame, ends, scale
from gui.export.plot.words import fitting, title_of
from gui.export.sheet import Axis
from gui.widgets.scale import Span, Tick, ticks
from gui.widgets.thinning import thinned

TICK, MINOR = 3.0, 1.75  # pixels
PAD, TITLE_PAD = 0.35, 0.6  # em
EVERY = 2.2  # em from tick to tick upward, at least
BESIDE = 0.9  # em between labels beside each other
MOST = 8  # ticks along an axis
NAME_EVERY, SMALLEST_NAME = 1.15, 0.65  # em from name to name, at least, and their least size
LINE = "ink2"  # colour of axes


def axis_ticks(axis: Axis, room: float, ink: Ink, upright: bool, marked: int | None = None) -> list[Tick]:
    """From the lowest, as many as there is room for; names of places where it has them."""
    if axis.bare:
        return []
    if axis.names:
        return _named(axis, room, ink, upright, marked)
    span = Span(*sorted(scale(axis, 0.0, room).span))
    most = min(MOST, max(2, int(room / (EVERY * ink.em)))) if upright else MOST
    made = ticks(span, axis.log, most)
    while most > 2 and len(_apart(made, axis, room, ink, upright)) < len(_labelled(made)):
        most -= 1
        made = ticks(span, axis.log, most)
    kept = _apart(made, axis, room, ink, upright)
    return [tick if tick.value in kept else tick._replace(label="") for tick in made]


def _labelled(made: Sequence[Tick]) -> list[Tick]:
    """Round ones first, as they are the last to go."""
    return sorted((tick for tick in made if tick.label), key=lambda tick: tick.label.strip("0,.") not in ("", "1"))


def _apart(made: Sequence[Tick], axis: Axis, room: float, ink: Ink, upright: bool) -> set[float]:
    """Values whose labels touch none before them."""
    across, kept = scale(axis, 0.0, room), dict[float, tuple[float, float]]()
    gap = 0.3 * ink.em if upright else BESIDE * ink.em
    for tick in _labelled(made):
        at, half = across.pixel(tick.value), (ink.em if upright else ink.width(tick.label)) / 2
        if all(abs(at - other) >= half + wide + gap for other, wide in kept.values()):
            kept[tick.value] = at, half
    return set(kept)


def _named(axis: Axis, room: float, ink: Ink, upright: bool, marked: int | None) -> list[Tick]:
    low, high = sorted(ends(axis))
    needed = NAME_EVERY * ink.em * name_size(axis, room, ink) * 0.999
    if not upright and not turned(axis, room, ink):
        needed = widest(axis, ink) + 0.6 * ink.em
    kept = thinned(len(axis.names), pitch(axis, room), needed, marked)
    return [Tick(float(place), axis.names[place]) for place in kept if low <= place <= high]


def pitch(axis: Axis, room: float) -> float:
    """Millimetres from place to place."""
    low, high = sorted(ends(axis))
    return room / max(1e-9, high - low)


def name_size(axis: Axis, room: float, ink: Ink) -> float:
    """Names below each other become smaller, as far as they can be read, before some are left out."""
    return min(1.0, max(SMALLEST_NAME, pitch(axis, room) / (NAME_EVERY * ink.em)))


def widest(axis: Axis, ink: Ink) -> float:
    """Millimetres of the longest name."""
    return max((ink.width(name, mono=axis.mono, bold=True) for name in axis.names), default=0.0)


def turned(axis: Axis, room: float, ink: Ink) -> bool:
    """Whether the names of an axis along are read from below, as beside each other they would touch.

    Numbers are not turned but thinned: who sees 1 and 9 knows what stands between.
    """
    counted = all(name.isdigit() for name in axis.names)
    return bool(axis.names) and not counted and widest(axis, ink) + 0.5 * ink.em > pitch(axis, room)


def short_names(axis: Axis, room: float, ink: Ink) -> Axis:
    """Names cut to the room there is."""
    return axis._replace(names=tuple(fitting(name, room, ink, mono=axis.mono) for name in axis.names))


# how much room they take


def labels_along(axis: Axis, width: float, ink: Ink) -> float:
    """Height of the labels of an axis along, with the gap to it."""
    high = widest(axis, ink) * name_size(axis, width, ink) if turned(axis, width, ink) else ink.capital
    return tick_room(axis, ink) + high


def labels_upright(axis: Axis, made: Sequence[Tick], height: float, ink: Ink) -> float:
    """Width of the labels of an upright axis so high, with the gap to it."""
    size = name_size(axis, height, ink) if axis.names else 1.0
    return tick_room(axis, ink) + size * max((ink.width(tick.label, mono=axis.mono) for tick in made), default=0.0)


def tick_room(axis: Axis, ink: Ink) -> float:
    """From the axis to its labels."""
    return PAD * ink.em + (0.0 if axis.names else ink.mm(TICK))


def title_room(axis: Axis, ink: Ink) -> float:
    """Of a title beyond the labels."""
    return (TITLE_PAD + 0.98) * ink.em if axis.title and not axis.bare else 0.25 * ink.em


# how they are drawn


def scales_calls(x: Axis, y: Axis, frame: Frame, above: bool) -> Iterator[Call]:
    """What the axes mean, and their lines; `above` the axis along stands over the plot."""
    name, ink = frame.name, frame.ink
    for letter, axis in (("x", x), ("y", y)):
        if axis.log:
            yield Call(name, f"set_{letter}scale", ("log",), {"nonpositive": "mask"})
        yield Call(name, f"set_{letter}lim", ends(axis))
    shown = {"left": not y.bare and not above, "bottom": not x.bare and not above, "top": False, "right": False}
    for side, visible in shown.items():
        line = {"color": ink.colour(LINE), "linewidth": ink.paper.line(1)} if visible else {"visible": False}
        yield Call(f"{name}.spines.{side}", "set", (), line)


def ticks_calls(letter: str, axis: Axis, made: Sequence[Tick], frame: Frame, hidden: Box | None) -> Iterator[Call]:
    """Ticks of numbers with their labels, none under the box that hides them; names are words on the page."""
    ink, name = frame.ink, frame.name
    numbers = [] if axis.names else [tick for tick in made if tick.label and not _under(tick, frame, hidden)]
    minor = [] if axis.names else [tick.value for tick in made if tick not in numbers]
    labels: dict[str, Any] = {"labels": [tick.label for tick in numbers], **ink.type("")}
    pad = PAD * ink.points
    if letter == "x":
        labels["va"], pad = "baseline", pad + CAPITAL * ink.points
    yield Call(name, f"set_{letter}ticks", ([tick.value for tick in numbers],), labels if numbers else {})
    if axis.log:
        yield Call(f"{name}.{letter}axis", "set_minor_formatter", ("",))
        yield Call(name, f"set_{letter}ticks", (minor,), {"minor": True})
    look = {"axis": letter, "color": ink.colour(LINE), "width": ink.paper.line(1), "labelcolor": ink.colour("ink")}
    if numbers:
        length = {"length": ink.paper.line(TICK), "pad": round(pad, 3)}
        yield Call(name, "tick_params", (), {**look, **length})
    if minor:
        yield Call(name, "tick_params", (), {**look, "which": "minor", "length": ink.paper.line(MINOR)})


def _under(tick: Tick, frame: Frame, hidden: Box | None) -> bool:
    if hidden is None:
        return False
    at, half = frame.x.pixel(tick.value), frame.ink.width(tick.label) / 2 + 0.2 * frame.ink.em
    return hidden.left < at + half and at - half < hidden.right


def along_names_calls(
    axis: Axis, made: Sequence[Tick], frame: Frame, above: bool, marked: int | None
) -> Iterator[Call]:
    """Names under the axis along, or over the plot."""
    ink, box = frame.ink, frame.box
    upward = turned(axis, box.width, ink)
    gap, size = tick_room(axis, ink), name_size(axis, box.width, ink)
    for tick in made if axis.names else ():
        bold, at = tick.value == marked, frame.x.pixel(tick.value)
        if upward:
            side: Side = "left" if above else "right"
            y = box.top + gap if above else box.bottom - gap
            across = at + size * ink.capital * 0.45
            yield ink.words(tick.label, across, y, "ink", side, size=size, bold=bold, mono=axis.mono, upward=True)
        else:
            y = box.top + gap if above else box.bottom - gap - ink.capital
            yield ink.words(tick.label, at, y, side="center", bold=bold, mono=axis.mono)


def upright_names_calls(axis: Axis, made: Sequence[Tick], frame: Frame, marked: int | None) -> Iterator[Call]:
    """Names left of the upright axis."""
    ink = frame.ink
    right, size = frame.box.left - tick_room(axis, ink), name_size(axis, frame.box.height, ink)
    for tick in made if axis.names else ():
        base, bold = frame.y.pixel(tick.value) - 0.45 * size * ink.capital, tick.value == marked
        yield ink.words(tick.label, right, base, side="right", size=size, bold=bold, mono=axis.mono)


def along_title_calls(axis: Axis, frame: Frame, whole: Box, above: bool) -> Iterator[Call]:
    """In the middle under the labels, or over them; where it is long it keeps inside the whole of the plot."""
    ink, box = frame.ink, frame.box
    if not axis.title or axis.bare:
        return
    words = fitting(title_of(axis), whole.width, ink)
    half = ink.width(words) / 2
    middle = min(max(box.left + box.width / 2, whole.left + half), whole.right - half)
    depth = labels_along(axis, box.width, ink) + TITLE_PAD * ink.em
    y = box.top + depth if above else box.bottom - depth - ink.capital
    yield ink.words(words, middle, y, side="center")


def upright_title_calls(axis: Axis, made: Sequence[Tick], frame: Frame) -> Iterator[Call]:
    """Read from below, left of the labels."""
    ink, box = frame.ink, frame.box
    x = box.left - labels_upright(axis, made, box.height, ink) - (TITLE_PAD + 0.22) * ink.em
    yield ink.words(title_of(axis), x, box.bottom + box.height / 2, side="center", upward=True)
