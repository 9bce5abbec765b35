"""Why training could not go on, and what would mend it: other settings, an earlier step, or another way to read."""

from typing import Any, NamedTuple

import numpy as np

from engine.checkpoints import TEXT_CHANGED
from engine.declared import knobs
from engine.events import Diverged, EncodingUnsure, Failed, Saved, Started, Turned
from engine.recording import Recording
from engine.settings import Settings
from gui.encodings import encoding_label, not_utf_8
from gui.form.knob_text import said
from gui.status import FAILURES
from gui.text import prose

RATE = next(knob for knob in knobs(Settings) if knob.name == "learning_rate")
LESS = 10  # a learning rate that was too high is divided by this
HALF = 2  # the same, where training goes on from a checkpoint
LONGEST_PREVIEW = 120  # characters of a text that nobody can read yet


class Stop(NamedTuple):
    """Why training cannot go on, and what one button would change, or another go back to."""

    step: int
    headline: str
    advice: str
    button: str
    changes: dict[str, Any]
    over: bool  # training went on later
    unstarted: bool  # there is not even a model: another text may help
    back: int | None = None  # step of the last checkpoint before it
    back_rate: float = 0.0  # learning rate to go on with from there
    new_text: bool = False  # the button goes on with a text that has changed
    source: str = ""  # the button reads this text …
    encoding: str = ""  # … in this encoding
    preview: str = ""  # which then looks like this


def stop(recording: Recording, steps: np.ndarray) -> Stop | None:
    """The newest reason why training could not go on."""
    found = [failure for kind in FAILURES if (failure := recording.latest(kind))]
    if not found:
        return None
    failed: Failed = max(found, key=lambda event: event.step)
    made = Stop(
        step=failed.step,
        headline=prose(failed.message),
        advice=prose(failed.advice),
        button="Start again",
        changes={},
        over=bool(len(steps)) and bool(steps[-1] > failed.step),
        unstarted=not recording.count(Started),
    )
    if isinstance(failed, Diverged):
        return _diverged(made, recording)
    if isinstance(failed, EncodingUnsure):
        return _unsure(made, failed)
    return made._replace(new_text=True, button="Go on with the new text") if failed.message == TEXT_CHANGED else made


def _diverged(made: Stop, recording: Recording) -> Stop:
    """A lower learning rate, from the first step or from the last checkpoint."""
    rate, saved = lower_rate(recording, LESS), recording.latest(Saved, made.step)
    return made._replace(
        changes={"learning_rate": rate},
        button=f"Start again at {said(RATE, rate)}",
        back=saved.step if saved else None,
        back_rate=lower_rate(recording, HALF),
    )


def _unsure(made: Stop, failed: EncodingUnsure) -> Stop:
    """A person who sees how it reads can tell whether the guess is right."""
    label, preview = encoding_label(failed.encoding), " ".join(prose(failed.preview).split())
    return made._replace(
        headline=not_utf_8(failed.source),
        advice=f"Read as {label} it says:",
        button=f"Read it as {label}",
        unstarted=False,  # it is the right text
        source=failed.source,
        encoding=failed.encoding,
        preview=f"{preview[:LONGEST_PREVIEW]}…" if len(preview) > LONGEST_PREVIEW else preview,
    )


def lower_rate(recording: Recording, less: float) -> float:
    """The peak learning rate that was set last divided by `less`, rounded, and no less than may be chosen."""
    started = recording.latest(Started)
    rates = [float(started.settings.get("learning_rate", 0.0))] if started else []
    for turned in recording.all(Turned):
        if turned.knob == "learning_rate" and not isinstance(turned.value, tuple):
            rates.append(turned.value)
    return max(float(f"{(rates or [RATE.default])[-1] / less:.2g}"), RATE.low or 0.0)
