"""What is going on, in words and numbers, from the recording alone. Knows no Qt, so that every number can be tested."""

from dataclasses import dataclass
from time import perf_counter
from typing import Literal, NamedTuple

from engine.events import (
    Annealed,
    CorpusRead,
    Diverged,
    EncodingUnsure,
    Failed,
    Finished,
    FloorCounted,
    Paced,
    Progressed,
    Resumed,
    SentencePredicted,
    SourceRead,
    Stalled,
    Started,
    Stepped,
)
from engine.recording import Recording
from engine.settings import Settings
from gui.encodings import not_utf_8
from gui.form.knob_text import exponent
from gui.sources import SMALL_WORLD, source_label
from gui.text import clock, one_line, short

FAILURES = Failed, Diverged, EncodingUnsure  # found by kind in a recording
State = Literal["ready", "loading", "training", "paused", "finished", "stopped"]
Dot = Literal["", "accent", "warn", "good", "bad"]
Button = Literal["play", "pause", "cancel", "restart"]
RECENT = 2.0  # seconds of training over which a speed is measured
LOOK: dict[State, tuple[Dot, Button]] = {
    "ready": ("", "play"), "loading": ("accent", "cancel"), "training": ("accent", "pause"),
    "paused": ("warn", "play"), "finished": ("good", "play"), "stopped": ("bad", "restart"),
}  # fmt: skip


class Facts(NamedTuple):
    """What the session knows besides its recording."""

    settings: Settings
    running: bool  # there is a run to talk to
    playing: bool
    waited: float = 0.0  # seconds the present task was watched
    gained: float = 0.0  # share of it that was done meanwhile
    prepared: bool = True  # no model is being made or loaded


@dataclass(frozen=True)
class Status:
    state: State
    step: int
    headline: str
    detail: str = ""
    progress: float | None = None  # share of what is being waited for

    @property
    def dot(self) -> Dot:
        """Colour of the dot, by its token."""
        return LOOK[self.state][0]

    @property
    def button(self) -> Button:
        """What the big button does now."""
        return LOOK[self.state][1]


class Readout(NamedTuple):
    label: str
    value: str
    unit: str = ""


class Speed(NamedTuple):
    """Over the last RECENT seconds of training, pauses left out."""

    tokens: float  # a second
    steps: float  # a second


class Stopwatch:
    """Watches one task after the other, so that the time left can be told."""

    def __init__(self) -> None:
        self._task = ""
        self._since, self._from = 0.0, 0.0

    def watch(self, progressed: Progressed | None) -> tuple[float, float]:
        """Seconds watched, and share done in them."""
        if progressed is None:
            return 0.0, 0.0
        if progressed.task != self._task:
            self._task, self._since, self._from = progressed.task, perf_counter(), progressed.done
        return perf_counter() - self._since, progressed.done - self._from


def status(recording: Recording, facts: Facts) -> Status:
    """The one state the session is in."""
    failure = _last_failure(recording)
    if failure and not facts.playing:
        return _stopped(failure)
    if facts.running and not (facts.prepared and _prepared(recording)):
        return _loading(recording, facts)
    if facts.playing:
        return _training(recording, facts)
    step = recording.last_step
    if step == 0:
        return Status("ready", 0, "Ready", corpus_words(recording, facts.settings))
    finished = recording.latest(Finished)
    if finished and finished.step == step:
        return Status("finished", step, f"Finished at step {step:,}", "play goes on at the final rate")
    stalled = recording.latest(Stalled)
    reason = stalled.advice if stalled and stalled.step == step else ""
    return Status("paused", step, f"Paused at step {step:,}", reason)


def speed(recording: Recording) -> Speed | None:
    """None before the first step."""
    steps, times = recording.curve(Stepped, "time")
    if not len(steps):
        return None
    tokens = recording.curve(Stepped, "tokens")[1]
    before = int(times.searchsorted(times[-1] - RECENT, side="right")) - 1
    start = (times[before], tokens[before], steps[before]) if before >= 0 else (0.0, 0.0, 0.0)
    seconds = max(float(times[-1] - start[0]), 1e-9)
    return Speed(float(tokens[-1] - start[1]) / seconds, float(steps[-1] - start[2]) / seconds)


def readouts(recording: Recording) -> tuple[Readout, ...]:
    """The numbers of the transport, always the same four."""
    last = recording.latest(Stepped)
    if last is None:
        return (
            Readout("Tokens seen", "0"),
            Readout("Elapsed", "0:00"),
            Readout("Epochs", "0.0"),
            Readout("Rate now", "–"),
        )
    return (
        Readout("Tokens seen", *short(last.tokens)),
        Readout("Elapsed", clock(last.time)),
        Readout("Epochs", f"{last.epochs:,.1f}"),
        Readout("Rate now", exponent(last.learning_rate)),
    )


def corpus_words(recording: Recording, settings: Settings) -> str:
    """Name and size of the text, or the number of texts: what was read, or what will be."""
    read, sources = recording.latest(CorpusRead), recording.count(SourceRead)
    if read:
        return f"{f'{sources} sources' if sources > 1 else one_line(read.name)}, {size_words(read.size)}"
    several = len(settings.corpus) > 1
    name = f"{len(settings.corpus)} sources" if several else source_label(settings.corpus[0])
    made_by_rules = set(settings.corpus) <= set(SMALL_WORLD)
    return f"{name}, {settings.megabytes} MB" if made_by_rules else name


def parameter_words(count: int) -> str:
    """918656 as 0.92 M parameters."""
    digits = 2 if count < 10e6 else 1 if count < 100e6 else 0
    return f"{count / 1e6:,.{digits}f} M parameters" if count >= 1e5 else f"{count:,} parameters"


def run_words(recording: Recording, settings: Settings) -> tuple[str, str]:
    """The run's name, and what it reads and trains."""
    started = recording.latest(Started)
    words = corpus_words(recording, settings)
    if started is None:
        return "", words
    return started.name, f"{words}  ·  {parameter_words(started.parameters)}"


def duration(seconds: float) -> str:
    """185 as 3 min 5 s, 2226 as 37 min; only as fine as it can be known."""
    whole = max(1, round(seconds))
    if whole > 600:
        whole = 60 * round(whole / 60)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 24:
        return f"{hours // 24} d {hours % 24} h"
    if hours:
        return f"{hours} h {minutes} min"
    if minutes >= 10:
        return f"{minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _last_failure(recording: Recording) -> Failed | None:
    failures = [failure for kind in FAILURES if (failure := recording.latest(kind))]
    return max(failures, key=lambda failure: failure.step, default=None)


def _prepared(recording: Recording) -> bool:
    """The model has been looked at once: what comes now is a person's choice."""
    return bool(recording.count(SentencePredicted) or recording.count(Resumed) or recording.count(Stepped))


def _stopped(failure: Failed) -> Status:
    reason = failure.message.strip().removesuffix(".")
    if isinstance(failure, EncodingUnsure):
        return Status("stopped", 0, "Could not start", not_utf_8(failure.source))
    if isinstance(failure, Diverged) or failure.step:
        return Status("stopped", failure.step, f"Stopped at step {failure.step:,}", reason[:1].lower() + reason[1:])
    return Status("stopped", 0, "Could not start", f"{reason}. {failure.advice}".strip())


def _loading(recording: Recording, facts: Facts) -> Status:
    floor, resumed = recording.latest(FloorCounted), recording.count(Stepped) > 0
    if recording.latest(Started) and not resumed:
        detail = f"counting how well {floor.name} guessing would do" if floor else ""
        return Status("loading", 0, "Preparing…", detail, 1.0)
    progressed = recording.latest(Progressed)
    if progressed is None:
        return Status("loading", 0, "Starting the engine…", "", 0.0)
    return Status("loading", 0, f"{progressed.task}…", _how_far(progressed, facts), progressed.done)


def _how_far(progressed: Progressed, facts: Facts) -> str:
    words = f"{100 * progressed.done:.0f} %"
    if facts.waited > 1 and facts.gained > 0.02 and progressed.done < 1:
        left = facts.waited * (1 - progressed.done) / facts.gained
        words += f", {duration(left)} left"
    return words


def _training(recording: Recording, facts: Facts) -> Status:
    step, measured, paced = recording.last_step, speed(recording), recording.latest(Paced)
    headline = f"Step {step:,}"
    if measured is None:
        return Status("training", step, headline, "the first step is on its way")
    wanted = paced.steps_per_second if paced else None
    if wanted and wanted < measured.steps:
        return Status(
            "training", step, f"{headline}  ·  {wanted:g} {'step' if wanted == 1 else 'steps'}/s", "slow motion"
        )
    amount, unit = short(measured.tokens)
    headline = f"{headline}  ·  {amount} {unit}".rstrip() + " tokens/s"
    annealed = recording.latest(Annealed)
    left = (annealed.last_step if annealed else facts.settings.horizon) - step
    if left <= 0:
        return Status("training", step, headline, "at the final rate")
    words = f"{duration(left / measured.steps)} left"
    return Status("training", step, headline, f"coming down, {words}" if annealed else words)


def size_words(size: int) -> str:
    """25000000 as 25 MB."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= scale:
            return f"{size / scale:.3g} {unit}"
    return f"{size:,} bytes"
