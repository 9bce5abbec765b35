"""The overlay on paper: a line for each run, a mean and its spread for each group, with forks, floors and notes."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from gui.export.sheet import Axis, Band, Cursor, Curve, Flag, Mark, Plot, Points, Row, Sheet
from gui.theme import LIGHT
from gui.widgets.on_paper import axes_seen, hung, levels
from gui.widgets.overlay_along import Axis as Along
from gui.widgets.overlay_forks import Fork
from gui.widgets.overlay_layers import standing
from gui.widgets.overlay_notes import ALONE
from gui.widgets.overlay_paint import BAND
from gui.widgets.overlay_picture import Picture, Track, ranges, smoothed_words
from gui.widgets.overlay_spread import Spread, spread_at
from gui.widgets.shown import line_named
from gui.widgets.view import View

PANEL = "Overlay"
EMPTY = "No run on show has a loss yet."
TITLES: dict[Along, tuple[str, str]] = {
    "step": ("Step", ""),
    "tokens": ("Tokens", ""),
    "seconds": ("Training time", "s"),
    "flops": ("Training compute", "FLOPs"),
    "energy": ("Energy", "Wh"),
}
EVERY_STEP, FORKS = "every step", "forks"
RAW = LIGHT.raw_opacity
NOTHING = np.empty(0)


class Chosen(Protocol):
    """What a person switched on."""

    @property
    def show_raw(self) -> bool: ...

    @property
    def show_floors(self) -> bool: ...


def overlay_figure(picture: Picture, chosen: Chosen, view: View) -> Sheet:
    """`view` is the stretch on screen."""
    title, unit = TITLES[picture.choice.axis]
    x = Axis(title, unit, log=picture.log_x)
    y = Axis(f"{picture.choice.loss.capitalize()} loss", picture.measure.unit, log=picture.log_y)
    seen, whole = axes_seen(view, ranges(picture), x, y)
    plot = Plot(*seen, tuple(_marks(picture, chosen)), legend=len(picture.tracks) > 1, whole=whole)
    return Sheet(PANEL, "Loss of several runs", (Row((plot,)),), "" if picture.tracks else EMPTY, _notes(picture))


def _marks(picture: Picture, chosen: Chosen) -> Iterator[Mark]:
    """The main run last: it stands on top."""
    if chosen.show_floors:
        yield from levels(picture.floors)
    behind = list(reversed(picture.tracks))
    for track in behind:
        yield from _spread(track)
        if chosen.show_raw:
            yield from _every_step(track, picture.playhead)
    for track in behind:
        yield _line(track, picture.playhead)
    yield from _forks(picture)
    yield from hung(picture.marks, picture.main.curve)
    yield from _place(picture)


# lines


def _spread(track: Track) -> Iterator[Band]:
    """Of the runs of a group."""
    if len(track.courses) > 1:
        x, spread = _group(track)
        low, high = spread.mean - spread.deviation, spread.mean + spread.deviation
        yield Band(f"{track.name}, ± standard deviation", x, low, high, line_named(track.place).colour, BAND)


def _every_step(track: Track, playhead: int | None) -> Iterator[Curve]:
    """Faint, of each run."""
    faint = Curve("", NOTHING, NOTHING, line_named(track.place).colour, 1, opacity=RAW, layer=EVERY_STEP, legend=False)
    for place, course in enumerate(track.courses, 1):
        name = f"{track.name}, run {place}" if len(track.courses) > 1 else track.name
        live = None if playhead is None else course.until(playhead)
        if len(course.raw):
            yield faint._replace(name=f"{name}, {EVERY_STEP}", x=course.x, y=course.raw, live=live)


def _line(track: Track, playhead: int | None) -> Curve:
    """Of a run, or the mean of a group."""
    colour, dash = line_named(track.place)
    x, y = track.curves[0]
    if len(track.courses) > 1:
        x, spread = _group(track)
        y = spread.mean
    live = None if playhead is None else int(np.searchsorted(x, _reached(track, playhead), side="right"))
    return Curve(track.name, x, y, colour, dash=dash, smooth=True, reach=True, live=live)


def _group(track: Track) -> tuple[np.ndarray, Spread]:
    """At every place where one of its runs has a point."""
    x = np.unique(np.concatenate([curve.x for curve in track.curves]))
    return x, spread_at(track.curves, x)


def _reached(track: Track, playhead: int) -> float:
    """How far across the line had come: all the way where its runs had ended before."""
    there = standing(track, playhead)
    if there is not None:
        return there[0]
    return np.inf if any(course.until(playhead) for course in track.courses) else -np.inf


# what stands on them


def _forks(picture: Picture) -> Iterator[Mark]:
    """A ring where branches begin; what was changed there is said at the foot."""
    for fork in picture.forks:
        track = next((track for track in picture.tracks if track.fork == fork.step), None)
        if track:
            x, y = (float(values[0]) for values in track.curves[0])
            yield Points(fork.headline, np.array([x]), np.array([y]), "ink", filled=False, layer=FORKS, legend=False)
            yield Flag(x, fork.headline, y, layer=FORKS)


def _place(picture: Picture) -> Iterator[Mark]:
    """The step looked back at, and where each line was."""
    seen = picture.main.until(picture.playhead)
    if picture.playhead is None:
        return
    for track in picture.tracks:
        there = standing(track, picture.playhead)
        if there:
            at, value = (np.array([one]) for one in there)
            colour = line_named(track.place).colour
            yield Points(f"{track.name} at this step", at, value, colour, filled=False, legend=False)
    if seen:
        yield Cursor(float(picture.main.x[seen - 1]), f"step {picture.playhead:,}")


def _notes(picture: Picture) -> tuple[str, ...]:
    """What asks the person at the screen to do something stays there."""
    if not picture.tracks:
        return ()
    made = smoothed_words(picture.choice)
    kept = (note for note in picture.notes if note != ALONE)
    return (f"{made[:1].upper()}{made[1:]}.", *(_changed(fork, picture) for fork in picture.forks), *kept)


def _changed(fork: Fork, picture: Picture) -> str:
    """In each of the branches."""
    names = {track.place: track.name for track in picture.tracks}
    told = (f"{names[one.place]}: {one.words}" for one in fork.branches if one.place in names)
    return f"{fork.headline}. {'; '.join(told)}."
