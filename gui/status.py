"""What is going on, in words and numbers, from the recording alone. Knows no Qt, so that every number can be tested."""

from dataclasses import replace
from time import perf_counter

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
from gui.looking_back import goes_before, looking_back, place, with_others
from gui.readouts import speed
from gui.sources import SMALL_WORLD, source_label
from gui.state import Facts, Status
from gui.text import one_line, short

FAILURES = Failed, Diverged, EncodingUnsure  # found by kind in a recording


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
    """The one state the session is in, and which step is looked at."""
    now = _now(recording, facts)
    if facts.beside and goes_before(facts.beside, facts):
        now = with_others(now, facts.beside)
    looking = not facts.following and (facts.step or 0) < recording.last_step
    if looking or facts.replaying:
        now = looking_back(now, facts)
    return replace(now, place=place(now, recording, facts))


def _now(recording: Recording, facts: Facts) -> Status:
    """What happens at the newest step."""
    failure = _last_failure(recording)
    if facts.recorded:
        return _recorded(recording, failure)
    if facts.followed:
        return Status("followed", recording.last_step, f"Step {recording.last_step:,}", "another program trains it")
    if failure and not facts.playing:
        return _stopped(failure)
    if facts.running and not (facts.prepared and _prepared(recording)):
        return _loading(recording, facts)
    if facts.playing:
        return _training(recording, facts)
    return _waiting(recording, facts)


def _waiting(recording: Recording, facts: Facts) -> Status:
    step = recording.last_step
    if step == 0:
        return Status("ready", 0, "Ready", corpus_words(recording, facts.settings))
    finished = recording.latest(Finished)
    if finished and finished.step == step:
        return Status("finished", step, f"Finished at step {step:,}", "play goes on at the final rate")
    stalled = recording.latest(Stalled)
    reason = stalled.advice if stalled and stalled.step == step else ""
    return Status("paused", step, f"Paused at step {step:,}", reason)


def _recorded(recording: Recording, failure: Failed | None) -> Status:
    step = recording.last_step
    reason = f"stopped: {_reason(failure)}" if failure else ""
    return Status("recorded", step, f"Recorded, {step:,} {'step' if step == 1 else 'steps'}", reason)


def corpus_words(recording: Recording, settings: Settings) -> str:
    """Name and size of the text, or the number of texts: what was read, or what will be."""
    read = recording.latest(CorpusRead)
    sources = len({one.source for one in recording.all(SourceRead)})  # a run that goes on has told each again
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


def run_words(recording: Recording, settings: Settings) -> str:
    """What the run reads and trains."""
    started = recording.latest(Started)
    words = corpus_words(recording, settings)
    if started is None:
        return words
    if not started.parameters:  # a log of another program does not say what was trained
        return started.device
    return f"{words}  ·  {parameter_words(started.parameters)}"


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
    if isinstance(failure, EncodingUnsure):
        return Status("stopped", 0, "Could not start", not_utf_8(failure.source))
    if isinstance(failure, Diverged) or failure.step:
        return Status("stopped", failure.step, f"Stopped at step {failure.step:,}", _reason(failure))
    message = failure.message.strip().removesuffix(".")
    return Status("stopped", 0, "Could not start", f"{message}. {failure.advice}".strip())


def _reason(failure: Failed) -> str:
    """For the middle of a sentence."""
    reason = failure.message.strip().removesuffix(".")
    return reason[:1].lower() + reason[1:]


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
