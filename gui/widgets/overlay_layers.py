"""Where everything on the overlay stands, in pixels, beside the lines themselves."""

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from gui.theme import Theme
from gui.widgets.axes import Axes, label_gap
from gui.widgets.flags import Hanging, hang_marks
from gui.widgets.loss_paint import NOW_RADIUS
from gui.widgets.overlay_forks import Fork
from gui.widgets.overlay_names import EndName, Heights, end_names, line_heights, text_colour
from gui.widgets.overlay_picture import Picture, Track
from gui.widgets.overlay_spread import spread_at
from gui.widgets.shown import Line, line_of

MOST_BRANCHES = 4  # told at one fork; the others at the pointer
GAP = 9  # pixels at reading size from a fork to its words
FURTHER = (0.05, 0.1, 0.15, 0.2)  # shares of the plot their words may be further away
ROW = 1.35  # heights of a row of words


class TrackLayer(NamedTuple):
    line: Line
    ring: QPointF | None  # where it is at the step looked back at
    end: QPointF | None  # its newest point, while it trains
    now: float  # x from where on it is later than the step looked back at; infinite where nothing is


class ForkLayer(NamedTuple):
    foot: QPointF  # the ring on the line
    colour: str
    rows: tuple[tuple[str, str], ...]  # words and colour; none where there is no room
    place: QRectF  # of the words
    told: tuple[str, ...]  # all of it, for the pointer


class Layers(NamedTuple):
    tracks: tuple[TrackLayer, ...] = ()
    forks: tuple[ForkLayer, ...] = ()
    marks: tuple[Hanging, ...] = ()
    names: tuple[EndName, ...] = ()
    playhead: float | None = None  # x of the main run's step looked back at


def layers(picture: Picture, axes: Axes, theme: Theme) -> Layers:
    """All but the lines."""
    main = picture.main
    seen = main.until(picture.playhead)
    back = picture.playhead is not None and seen > 0
    heights = line_heights(picture, axes)
    branched = _forks(picture, heights, axes, theme)
    tracks = tuple(_track(track, picture.playhead, axes, theme) for track in picture.tracks)
    taken = [*(fork.place for fork in branched), *(_around(track.end, theme) for track in tracks if track.end)]
    return Layers(
        tracks=tracks,
        forks=branched,
        marks=hang_marks(picture.marks, main.curve, axes, theme) if len(main.x) else (),
        names=end_names(picture, heights, taken, axes, theme),
        playhead=axes.x.pixel(float(main.x[seen - 1])) if back else None,
    )


def _track(track: Track, playhead: int | None, axes: Axes, theme: Theme) -> TrackLayer:
    line = line_of(track.place, theme)
    end = _end(track, axes) if track.live else None
    if playhead is None:
        return TrackLayer(line, None, end, inf)
    there = standing(track, playhead)
    if there is None:
        begun = any(course.until(playhead) for course in track.courses)
        return TrackLayer(line, None, end, inf if begun else -inf)
    return TrackLayer(line, _point(*there, axes), end, axes.x.pixel(there[0]))


def standing(track: Track, step: int) -> tuple[float, float] | None:
    """Where a line is at a step: of a group, the mean of the runs that have come as far. None if none has."""
    reached = [course for course in track.courses if course.until(step) and course.steps[-1] >= step]
    if not reached:
        return None
    last = [course.until(step) - 1 for course in reached]
    x = float(np.mean([course.x[place] for course, place in zip(reached, last, strict=True)]))
    return x, float(np.mean([course.y[place] for course, place in zip(reached, last, strict=True)]))


def _end(track: Track, axes: Axes) -> QPointF | None:
    x = max(float(course.x[-1]) for course in track.courses)
    return _point(x, float(spread_at(track.curves, np.array([x])).mean[0]), axes)


def _point(x: float, y: float, axes: Axes) -> QPointF | None:
    """None where nothing can be seen of it."""
    at = axes.point(x, y)
    inside = np.isfinite(at.x()) and np.isfinite(at.y()) and axes.plot.adjusted(-1, -1, 1, 1).contains(at)
    return at if inside else None


def dot_radius(theme: Theme) -> float:
    """Of a dot or ring, in pixels."""
    return NOW_RADIUS * theme.lines.curve / 2.25


def _around(end: QPointF, theme: Theme) -> QRectF:
    radius = dot_radius(theme)
    return QRectF(end.x() - radius, end.y() - radius, 2 * radius, 2 * radius)


def clear_of(forks: Sequence[ForkLayer], at: float, axes: Axes) -> float:
    """Where an upright line at `at` may begin: under the words of a fork, or just above the plot."""
    over = [fork.place.bottom() for fork in forks if fork.place.left() <= at <= fork.place.right()]
    return max(over, default=axes.plot.top())


def _forks(picture: Picture, heights: Heights, axes: Axes, theme: Theme) -> tuple[ForkLayer, ...]:
    """From left to right; words that would stand on others are left out."""
    made: list[ForkLayer] = []
    for fork in picture.forks:
        track = next((track for track in picture.tracks if track.fork == fork.step), None)
        first = track.courses[0] if track else None
        foot = _point(float(first.x[0]), float(first.y[0]), axes) if first else None
        if foot:
            made.append(_worded(fork, foot, heights, made, axes, theme))
    return tuple(made)


def _worded(
    fork: Fork, foot: QPointF, heights: Heights, others: Sequence[ForkLayer], axes: Axes, theme: Theme
) -> ForkLayer:
    """At the top, where no line runs through, else where only a line does: nothing else has as much to say."""
    rows = _rows(fork, theme)
    taken = [other.place for other in others]
    tries = [place for place in _tries(foot, _size(rows, theme), axes, theme) if _is_free(place, taken, axes)]
    place = next((place for place in tries if not heights.cross(place)), tries[0] if tries else None)
    colour = line_of(fork.branches[0].place, theme).colour
    told = fork.headline, *(branch.words for branch in fork.branches)
    return ForkLayer(foot, colour, rows if place else (), place or QRectF(), told)


def _size(rows: Sequence[tuple[str, str]], theme: Theme) -> QSizeF:
    metrics = QFontMetricsF(theme.font("caption", 600))  # the widest of them
    width = max(metrics.horizontalAdvance(words) for words, _ in rows) + 2
    return QSizeF(width, len(rows) * ROW * metrics.height())


def _tries(foot: QPointF, size: QSizeF, axes: Axes, theme: Theme) -> Iterator[QRectF]:
    """Right of the fork, left of it, and further right."""
    gap, top = GAP * label_gap(theme) / 8, axes.plot.top() + 1
    yield QRectF(QPointF(foot.x() + gap, top), size)
    yield QRectF(QPointF(foot.x() - gap - size.width(), top), size)
    for share in FURTHER:
        yield QRectF(QPointF(foot.x() + gap + share * axes.plot.width(), top), size)


def _is_free(place: QRectF, taken: Sequence[QRectF], axes: Axes) -> bool:
    return axes.plot.contains(place) and not any(place.intersects(other) for other in taken)


def _rows(fork: Fork, theme: Theme) -> tuple[tuple[str, str], ...]:
    told = [(one.words, text_colour(line_of(one.place, theme).colour, theme)) for one in fork.branches[:MOST_BRANCHES]]
    more = len(fork.branches) - MOST_BRANCHES
    rest = [(f"and {more:,} more", theme.ink3)] if more > 0 else []
    return (fork.headline, theme.ink), *told, *rest
