"""Runs so small that what is said of them can be worked out by hand."""

from collections.abc import Sequence

import numpy as np

from engine.events import Branched, CorpusRead, FloorCounted, Metered, Started, Stepped, Validated
from engine.recording import Recording
from engine.settings import Settings
from gui.shown import Shown

SETTINGS = Settings(width=32, layers=1, heads=2, context=16)
VOCABULARY = tuple("abcdefgh")
STEP_TOKENS, STEP_SECONDS = 100, 0.5


def run(losses: Sequence[float], *, first: int = 1, tokens: int = STEP_TOKENS, **settings) -> Recording:
    """A step for each of `losses`, after what a run begins with."""
    made = begun(**settings)
    for step, loss in enumerate(losses, first):
        made.add(Stepped(step, step * STEP_SECONDS, loss, 1e-3, 0.7, step * tokens, 0.0, 0.0))
    return made


def begun(**settings) -> Recording:
    made = Recording()
    made.add(corpus_read())
    made.add(FloorCounted(0, 0.0, "unigram", 1, 5.0))
    chosen = SETTINGS.model_copy(update=settings)
    made.add(Started(0, 0.0, "amber-heron", chosen.model_dump(mode="json"), 1000, "CPU"))
    return made


def corpus_read(name="Stories", vocabulary=VOCABULARY, train_bytes=3000) -> CorpusRead:
    return CorpusRead(0, 0.0, name, "", 4000, 10, 1000, 100, "1 document", vocabulary, 0, train_bytes, 300)


def branch(parent: Recording, step: int, losses: Sequence[float], was, now, folder="parent", tokens=STEP_TOKENS):
    """A child of `parent` that has its events up to `step`."""
    made = begun(**was)
    for one, loss in zip(*parent.curve(Stepped, "loss", step), strict=True):
        made.add(Stepped(int(one), one * STEP_SECONDS, loss, 1e-3, 0.7, int(one) * STEP_TOKENS, 0.0, 0.0))
    for branched in parent.all(Branched, step):
        made.add(branched)
    made.add(Branched(step, step * STEP_SECONDS, folder, was, now))
    for one, loss in enumerate(losses, step + 1):
        seen = step * STEP_TOKENS + (one - step) * tokens
        made.add(Stepped(one, one * STEP_SECONDS, loss, 1e-3, 0.7, seen, 0.0, 0.0))
    return made


def metered(step: int, time: float, joules: float, measured: int = 1) -> Metered:
    return Metered(step, time, 0.0, 0.0, 0.5, 0, 0.0, joules, measured)


def validated(step: int, loss: float) -> Validated:
    return Validated(step, step * STEP_SECONDS, loss, step * STEP_TOKENS)


def shown(recording: Recording, name="parent", place=0, group="", live=False) -> Shown:
    return Shown(f"/runs/{name}", name, recording, place, group, live)


def filled(losses: np.ndarray) -> Recording:
    """A run of any length, in no time."""
    made, steps = Recording(), np.arange(1.0, len(losses) + 1)
    nothing = np.zeros(len(losses))
    columns = dict.fromkeys(("learning_rate", "gradient_norm", "epochs", "looking"), nothing)
    columns |= {"step": steps, "time": steps * STEP_SECONDS, "tokens": steps * STEP_TOKENS, "loss": losses}
    made.fill(Stepped, columns, len(losses))
    return made
