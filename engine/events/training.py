"""What happened to the run: what it began with, what each step gave, what was asked of it, and how it ended."""

from dataclasses import dataclass
from typing import Any

from engine.events.event import Event


@dataclass(frozen=True, slots=True, eq=False)
class Progressed(Event):
    """Something that takes a while before training can start has come this far."""

    task: str  # for people: "Reading corpus"
    done: float  # share, 0 to 1


@dataclass(frozen=True, slots=True, eq=False)
class Started(Event):
    name: str  # of the run, two words
    settings: dict[str, Any]
    parameters: int
    device: str  # for people: "CPU, 2 threads"


@dataclass(frozen=True, slots=True, eq=False)
class Branched(Event):
    """From this step on it is a run of its own; all before is its parent's."""

    parent: str  # name of the parent's folder, which may be gone
    was: dict[str, Any]  # the settings that differ from here on: the parent's values
    now: dict[str, Any]  # and those of this run


@dataclass(frozen=True, slots=True, eq=False)
class Chosen(Event):
    """What “auto” stands for on this machine."""

    precision: str  # "fp32" or "bf16"
    attention: str  # "fused" or "plain"
    threads: int
    peak: float  # FLOP/s of a matrix multiplication in that precision; 0 where it was not measured
    words: str  # for people: "fp32, 2 threads: bf16 was 0.8×"


@dataclass(frozen=True, slots=True, eq=False)
class Metered(Event):
    """What training costs, over the last second or so."""

    tokens_per_second: float
    flops: float  # FLOP/s
    utilisation: float  # of the measured peak, 0 to 1; NaN where it was not measured
    memory: int  # bytes of this process, or of the GPU
    seconds_left: float  # until the last step of the schedule
    energy: float  # joules since the run began, sessions before this one included
    energy_measured: int  # 1 where the system counts them, 0 where they are an estimate


@dataclass(frozen=True, slots=True, eq=False)
class Stepped(Event):
    loss: float  # nats per token, on the batch, before the correction
    learning_rate: float
    gradient_norm: float  # before clipping; of all weights but tables of n-grams
    tokens: int  # seen so far
    epochs: float  # times the training text was seen
    looking: float  # seconds of `time` that went into looks, validation and samples so far


@dataclass(frozen=True, slots=True, eq=False)
class Validated(Event):
    loss: float  # nats per token, on text that is never trained on
    tokens: int  # seen in training so far


@dataclass(frozen=True, slots=True, eq=False)
class AverageValidated(Validated):
    """The same, with the averaged weights."""


@dataclass(frozen=True, slots=True, eq=False)
class Spiked(Event):
    """A number of the step that was just made is far off the last 128."""

    what: str  # "loss" or "gradient"
    value: float
    usual: float  # mean of the last steps
    spread: float  # their standard deviation
    skipped: int  # 1 when the correction was left out


@dataclass(frozen=True, slots=True, eq=False)
class Logged(Event):
    """A number from another program's log that has no place of its own here."""

    name: str
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Turned(Event):
    knob: str
    value: float | tuple[float, ...]  # several for the weights of a mixture


@dataclass(frozen=True, slots=True, eq=False)
class Annealed(Event):
    """From this step on the learning rate comes down."""

    last_step: int  # when it will have


@dataclass(frozen=True, slots=True, eq=False)
class Saved(Event):
    """A checkpoint of this step is on disk, whole."""

    folder: str
    milestone: int  # 1 when it is kept for ever


@dataclass(frozen=True, slots=True, eq=False)
class Rewound(Event):
    """Training goes on from a checkpoint of `step`; what was recorded after it is left behind."""

    left: int  # the step it came from


@dataclass(frozen=True, slots=True, eq=False)
class Paced(Event):
    steps_per_second: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Resumed(Event): ...


@dataclass(frozen=True, slots=True, eq=False)
class Paused(Event): ...


@dataclass(frozen=True, slots=True, eq=False)
class Finished(Event):
    """The schedule's horizon is reached; training waits, and may go on at the last learning rate."""


@dataclass(frozen=True, slots=True, eq=False)
class Warned(Event):
    """Something a person should know; training goes on."""

    message: str
    advice: str


@dataclass(frozen=True, slots=True, eq=False)
class Unanswered(Warned):
    """What a command asked to find out could not be found out."""

    asked: str  # name of the command


@dataclass(frozen=True, slots=True, eq=False)
class Stalled(Warned):
    """Something must be mended first, such as a full disk; training waits, and goes on when it is played."""


@dataclass(frozen=True, slots=True, eq=False)
class Failed(Event):
    """Training cannot go on. What was recorded is kept."""

    message: str  # one sentence: what is wrong
    advice: str  # one sentence: what to do
    details: str = ""  # for a bug report, never shown first


@dataclass(frozen=True, slots=True, eq=False)
class Diverged(Failed):
    """The loss is no number any more."""


@dataclass(frozen=True, slots=True, eq=False)
class EncodingUnsure(Failed):
    """A text is no UTF-8, and a person has to say what it is."""

    source: str = ""  # as in the settings
    encoding: str = ""  # the best guess
    preview: str = ""  # a stretch read that way


@dataclass(frozen=True, slots=True, eq=False)
class Ended(Event): ...
