"""The numbers behind the spoiling bench: what the run does to its text, what that costs, and a document spoiled now."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from engine.corpus.spoiling import Span, Spoiling, spans
from engine.declared import knobs
from engine.events import SourceExamined, SourceRead, Started, Stepped, Validated
from engine.recording import Recording
from engine.settings import Settings
from gui.text import one_line
from gui.widgets.loss_picture import Curve
from gui.widgets.smoothing import TrailingMean
from gui.widgets.spoiling_chart import Curves

SHARES = {knob.name: knob for knob in knobs(Settings) if knob.group == "spoiling"}
SAME_TEXT = ("corpus", "megabytes", "tokenizer", "tokenizer_file", "vocabulary")  # where these agree, losses compare
TOLD = {  # what a share of the settings means, after "1 in 20"
    "duplicates": "{} passages copied",
    "typos": "{} words mistyped",
    "shuffled": "{} words moved",
    "boilerplate": "{} end in boilerplate",
}
DECIMAL = 100  # shares are told in hundredths at the most
FEW_LINES = 2  # a text with more has lines of its own
NEARLY = 0.01  # of a share: so far may "1 in 8" be from the truth
EXAMPLE = (
    "One evening the lamp went out, so she walked to the mill to borrow oil. The miller was not there. "
    "“Come in”, said his dog."
)


class Clean(NamedTuple):
    """A run on text that was not spoiled."""

    name: str
    text: tuple[Any, ...]  # settings that say which text it was
    validation: Curve


class Document(NamedTuple):
    source: str  # its name; empty for our own example
    spans: tuple[Span, ...]


class Bench(NamedTuple):
    present: Mapping[str, float]  # shares of this run
    wished: Mapping[str, float]  # of the next one
    curves: Curves
    document: Document
    documents: int  # how many there are to look at
    facts: str
    begun: bool  # there is a run that wishes can differ from


def bench(
    recording: Recording,
    step: int,
    means: TrailingMean,
    wished: Mapping[str, float],
    place: int,
    clean: Clean | None,
    coming: Mapping[str, float],
) -> Bench:
    """`place` counts through the sample documents; `means` is this recording's own.

    A run that has yet to start will spoil its text by what is `coming`.
    """
    settings = settings_of(recording)
    present = shares(settings or coming)
    samples = documents(recording)
    source, text = samples[place % len(samples)]
    other = clean if clean and any(present.values()) and clean.text == text_of(settings) else None
    return Bench(
        present=present,
        wished={**present, **wished},
        curves=curves(recording, step, means, other),
        document=Document(source, tuple(spans(in_lines(text), Spoiling(**{**present, **wished})))),
        documents=len(samples),
        facts=facts(recording, present),
        begun=bool(settings),
    )


def in_lines(text: str) -> str:
    """Each sentence on a line, which here stands for a document: so copies and boilerplate show in a short text."""
    return text if text.count("\n") >= FEW_LINES else re.sub(r"(?<=[.!?”]) +", "\n", text)


def settings_of(recording: Recording) -> Mapping[str, Any]:
    """Those the run was started with; none before that."""
    started = recording.latest(Started)
    return started.settings if started else {}


def shares(settings: Mapping[str, Any]) -> dict[str, float]:
    """How a text is spoiled."""
    return Spoiling.recorded(settings)._asdict()


def text_of(settings: Mapping[str, Any]) -> tuple[Any, ...]:
    """Which text is read, and how it is cut. A list where it was read from a file, a tuple where it was not."""
    corpus = settings.get("corpus", ())
    return (tuple(corpus), *(settings.get(name) for name in SAME_TEXT[1:]))


def unspoiled(recording: Recording) -> Clean | None:
    """What may be compared with later: a run on clean text that was validated."""
    started, settings = recording.latest(Started), settings_of(recording)
    steps, losses = recording.curve(Validated, "loss")
    if started is None or any(shares(settings).values()) or len(steps) < 2:
        return None
    return Clean(started.name, text_of(settings), Curve(steps.copy(), losses.copy()))


def curves(recording: Recording, step: int, means: TrailingMean, clean: Clean | None) -> Curves:
    """All of the run; what comes after `step` is for the chart to fade."""
    steps, losses = recording.curve(Stepped, "loss")
    nothing = np.empty(0)
    return Curves(
        training=Curve(steps, means.of(losses)),
        validation=Curve(*recording.curve(Validated, "loss")),
        unspoiled=clean.validation if clean else Curve(nothing, nothing),
        unspoiled_name=clean.name if clean else "",
        playhead=step if step < recording.last_step else None,
    )


def documents(recording: Recording) -> list[tuple[str, str]]:
    """The name of a source and how one of its documents begins; our own example before there are any."""
    names = {read.source: one_line(read.name) for read in recording.all(SourceRead)}
    examined = {one.source: one for one in recording.all(SourceExamined)}.values()
    return [(names.get(one.source, ""), text) for one in examined for text in one.samples if text] or [("", EXAMPLE)]


def facts(recording: Recording, present: Mapping[str, float]) -> str:
    """What was done to the text, and how many copies that are not quite the same it had before."""
    examined = {one.source: one for one in recording.all(SourceExamined)}.values()
    near = sum(one.near_copies for one in examined)
    done = [words.format(one_in(present[name])) for name, words in TOLD.items() if present[name]]
    found = f"{near:,} near-duplicate{'' if near == 1 else 's'}{' before' if done else ''}"
    return " · ".join([*done, found] if examined else done)


def one_in(share: float) -> str:
    """0.05 as 1 in 20, 0.3 as 3 in 10."""
    among = round(1 / share)
    if abs(1 / among - share) <= NEARLY * share:
        return f"1 in {among}"
    exact = Fraction(max(1, round(DECIMAL * share)), DECIMAL)
    return f"{exact.numerator} in {exact.denominator}"
