"""Runs as the columns of a comparison: those that differ in their seed alone are one, as a mean and its spread."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.events import Branched, Started
from gui.shown import Shown

SEED = "seed"


class Column(NamedTuple):
    name: str
    place: int  # decides its line
    runs: tuple[Shown, ...]  # several: the same but for their seeds

    @property
    def one(self) -> Shown:
        """The run to be shown where only one can be."""
        return self.runs[0]


class Mean(NamedTuple):
    """Over the runs of which a number is known."""

    value: float  # NaN where it is known of none
    spread: float  # standard deviation of a sample; NaN for fewer than two
    known: int  # how many runs that is


def columns(runs: Sequence[Shown], fold: bool = True) -> tuple[Column, ...]:
    """In the order of the runs; a group of seeds stands where its first run would."""
    made: dict[object, list[Shown]] = {}
    for run in runs:
        made.setdefault(_kind(run) if fold and run.group else run.key, []).append(run)
    return tuple(Column(_name(alike), place_of(alike), tuple(alike)) for alike in made.values())


def place_of(runs: Sequence[Shown]) -> int:
    """That of several that make one line: it stays whichever of them comes first."""
    return min(run.place for run in runs)


def settings_of(run: Shown) -> dict[str, Any]:
    """As they were when it began, or when it became a branch. Nothing where they are not known."""
    first = next(iter(run.recording.all(Started)), None)
    own = dict(first.settings) if first else {}
    for branched in run.recording.all(Branched):
        own.update(branched.now)
    return own


def seed_of(run: Shown) -> object:
    """None where it is not known."""
    return settings_of(run).get(SEED)


def mean_of(values: Sequence[float]) -> Mean:
    """Of those that are numbers."""
    known = np.array([value for value in values if np.isfinite(value)])
    if not len(known):
        return Mean(np.nan, np.nan, 0)
    spread = float(known.std(ddof=1)) if len(known) > 1 else np.nan
    return Mean(float(known.mean()), spread, len(known))


def _kind(run: Shown) -> tuple[object, ...]:
    """What runs have in common that were begun together and differ in their seed alone."""
    rest = {name: value for name, value in settings_of(run).items() if name != SEED}
    return "seeds", run.group, run.fork, repr(sorted(rest.items()))


def _name(alike: Sequence[Shown]) -> str:
    return alike[0].name if len(alike) == 1 else f"{len(alike)} seeds"
