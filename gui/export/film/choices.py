"""How a film of a run is wished for: which steps, how fast, how large, in which format."""

from bisect import bisect_right
from math import ceil, log, log1p
from typing import Literal, get_args

import numpy as np

from engine.declared import Declared, knob

FilmFormat = Literal["gif", "mp4", "webm"]
FILM_FORMATS: tuple[FilmFormat, ...] = get_args(FilmFormat)
MOST_FRAMES = 3000


class Film(Declared):
    """What a film is like."""

    format: FilmFormat = knob("mp4", "GIF plays everywhere; MP4 and WebM are smaller and sharper", label="File")
    seconds: float = knob(12.0, "How long the film is", 0.5, 300.0, unit="s", log=True, label="Length")
    rate: int = knob(12, "Pictures in a second", 1, 30, unit="a second", label="Pictures")
    pace: Literal["early", "even"] = knob(
        "early", "Early: as much time for steps 1 to 10 as for 100 to 1,000, when most happens", label="Pace"
    )
    first: int = knob(0, "Step at which it begins", 0, 1_000_000_000, unit="step", label="From")
    last: int = knob(0, "Step at which it ends; 0 is the last one", 0, 1_000_000_000, lowest="last", label="To")
    width: int = knob(1280, "Of the picture; the height follows", 160, 3840, unit="px", log=True)
    look: Literal["light", "dark"] = knob("light", "Dark is for dark slides", label="Look")
    title: bool = knob(True, "Name of the run and of the panel above each picture")
    counter: bool = knob(True, "The step, in a corner of each picture", label="Step counter")
    hold: float = knob(1.5, "How long the last picture stays", 0.0, 30.0, unit="s", label="Hold the end")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, 16:9, both even: video formats halve the colours."""
        return self.width // 2 * 2, round(self.width * 9 / 16 / 2) * 2


def steps_of(film: Film, last: int) -> list[int]:
    """The step of each picture, ascending; a run of `last` steps gives at most one picture a step."""
    end = min(film.last or last, last)
    begin = min(film.first, end)
    most = max(1, min(round(film.seconds * film.rate), MOST_FRAMES, end - begin + 1))
    if film.pace == "even":
        return [begin + int(step) for step in np.round(np.linspace(end - begin, 0.0, most))[::-1]]
    return [begin + step for step in _early(end - begin, most)]


def _early(last: int, most: int) -> list[int]:
    """At most so many steps from 0 to `last`: every one as long as they are few, then by equal factors."""
    if most < 3:
        return [0, last][2 - most :]
    single = max(1, bisect_right(range(1, last), most, key=lambda every: _pictures(every, last)))
    factors = np.geomspace(single, last, most - single)
    return [*range(single), *np.unique(np.round(factors).astype(np.int64)).tolist()]


def _pictures(every: int, last: int) -> int:
    """How many it takes to show each of so many steps, and from there on to move on by the same factor."""
    return ceil(every + log(last / every) / log1p(1 / every) + 1)


def held(film: Film) -> int:
    """How many more times the last picture comes."""
    return round(film.hold * film.rate)
