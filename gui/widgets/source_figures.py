"""What is told of one text that is mixed: its fader's place, and how it was read and learned so far. Knows no Qt."""

from typing import Literal, NamedTuple

import numpy as np

Bar = Literal["", "accent", "warn"]
NOTHING = np.empty(0)
REPEATED = 4.0  # epochs up to which repeated text is nearly as good as new (Muennighoff et al. 2023)
FULL = 8.0  # times a part was seen at the bright end of the strip


class SourceFigures(NamedTuple):
    source: str  # as in the settings
    name: str
    size: str = ""
    share: float = 0.0  # of 1, where the fader stands
    by_length: bool = False  # nobody has set it, and what it will be is known when the text was read
    bar: Bar = ""  # accent: on its way; warn: waits for the next run
    note: str = ""  # what waits, in words
    live: bool = False  # the fader is obeyed at once
    leaves: bool = False  # is not in the next run
    new: bool = False  # is in the next run only
    read: float | None = None  # share of all tokens so far
    seen: float | None = None  # epochs
    times_P: np.ndarray = NOTHING  # how often each part was seen
    held_out: float = 0.0  # share of its tokens the model never trains on
    steps: np.ndarray = NOTHING
    losses: np.ndarray = NOTHING  # nats per token on its held-out part, over the whole run
    loss: float | None = None  # at the step on show
    entropy: float | None = None  # of the rules it was made by, where they are known

    @property
    def repeated(self) -> bool:
        return self.seen is not None and self.seen >= REPEATED
