"""What happened: the only thing that leaves the engine.

An event is a fact about one step, named in the past tense. It is never changed, and it holds plain values and
NumPy arrays only: any thread may read it, and it can be written to a file as it is.
Array names end in their shape: T tokens, N = T + 1 places, K guesses, L layers, H heads.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    step: int  # optimizer steps done when it happened
    time: float  # seconds of training until then, pauses left out


@dataclass(frozen=True, slots=True, eq=False)
class Progressed(Event):
    """Something that takes a while before training can start has come this far."""

    task: str  # for people: "Reading corpus"
    done: float  # share, 0 to 1


@dataclass(frozen=True, slots=True, eq=False)
class CorpusRead(Event):
    name: str
    origin: str  # where the text came from, for people
    size: int  # bytes
    documents: int
    train_tokens: int
    validation_tokens: int
    held_out: str  # what the validation text is, for people
    vocabulary: tuple[str, ...]  # a byte that is no UTF-8 alone stands as a lone surrogate (PEP 383)
    end: int  # the token between two documents
    train_bytes: int = 0  # what these tokens were in UTF-8; 0 where it is not known
    validation_bytes: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class SourceRead(Event):
    """One of the texts that are mixed."""

    source: int  # its place in the settings
    name: str
    origin: str
    size: int  # bytes
    documents: int
    copies: int  # documents left out because they were there already
    train_tokens: int
    validation_tokens: int
    train_bytes: int
    validation_bytes: int
    held_out: str
    entropy: float  # nats per validation token that are left when all of its rules are known; NaN where they are not


@dataclass(frozen=True, slots=True, eq=False)
class SourceExamined(Event):
    """What the documents of one text are like."""

    source: int
    examined: int  # documents that were looked at
    near_copies: int  # of these: nearly the same as an earlier one
    scripts: tuple[str, ...]  # "Latin", "Greek", …, most first
    script_shares: tuple[float, ...]
    lengths: tuple[int, ...]  # documents of 1, 2–3, 4–7, 8–15 … characters
    characters: tuple[str, ...]  # most first
    character_shares: tuple[float, ...]
    samples: tuple[str, ...]  # how some documents begin
    skipped: tuple[str, ...]  # a sentence for each kind of thing that could not be read


@dataclass(frozen=True, slots=True, eq=False)
class SourceSeen(Event):
    """How much of one text was read so far; said when it is validated and when weights are turned."""

    source: int
    tokens: int
    epochs: float
    weight: float  # share of the windows that are taken from it now


@dataclass(frozen=True, slots=True, eq=False)
class SourceValidated(Event):
    source: int
    loss: float  # nats per token, on the held-out part of this text


@dataclass(frozen=True, slots=True, eq=False)
class PartsSeen(Event):
    """How often each of P equal parts of each of S training texts was read, in the order of the text."""

    times_SP: np.ndarray  # float32


@dataclass(frozen=True, slots=True, eq=False)
class MergesCounted(Event):
    """How byte-level BPE grows on a sample of the text, one merge after another. Pieces as in CorpusRead.vocabulary."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    counts_M: np.ndarray  # int64: how often the pair stood there when it was joined
    tokens_M: np.ndarray  # int64: of the whole sample, after the merge
    size: int  # bytes of the sample


@dataclass(frozen=True, slots=True, eq=False)
class TokenizerCompared(Event):
    """One tokenizer learned from a sample of the text: all that is needed to cut any sentence as it does."""

    kind: str  # "bpe", "unigram", "wordpiece", "character", "byte"
    vocabulary: tuple[str, ...]  # as in CorpusRead; a piece that goes on in a word begins with ## for "wordpiece"
    left: tuple[str, ...]  # merges of "bpe", in their order
    right: tuple[str, ...]
    scores_V: np.ndarray  # float32: log chance of each piece for "unigram", else empty
    tokens_per_word: float  # on held-out text
    bytes_per_token: float
    bits_per_byte: float  # of the best table of n-grams over its tokens, on held-out text
    wanted: int = 0  # different tokens at most, as in CompareTokenizers


@dataclass(frozen=True, slots=True, eq=False)
class FloorCounted(Event):
    """What a model that counts n-grams would score, or one that knows all rules: horizontal lines on the loss chart."""

    name: str  # "uniform", "unigram", "bigram", …, "true entropy"
    order: int  # 0 for uniform, -1 for the true entropy
    loss: float  # nats per token, on the validation text


@dataclass(frozen=True, slots=True, eq=False)
class Started(Event):
    name: str  # of the run, two words
    settings: dict[str, Any]
    parameters: int
    device: str  # for people: "CPU, 2 threads"


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
class Predicted(Event):
    """What the model expects at each place of a text of T tokens, N = T + 1: row t is its prediction *of* token t.

    Row 0 is made from the one token before the text (the end token, for a sentence); row T is what comes after the
    text, and has no truth. With masked tokens each row is made from both sides, and row T of a batch is empty.
    """

    tokens_T: np.ndarray  # int32, without the one before them
    losses_T: np.ndarray  # float32, nats; NaN where the model was not asked
    guesses_NK: np.ndarray  # int32, likeliest first
    chances_NK: np.ndarray  # float32, 0 to 1


@dataclass(frozen=True, slots=True, eq=False)
class SentencePredicted(Predicted):
    """On the probe text."""


@dataclass(frozen=True, slots=True, eq=False)
class BatchPredicted(Predicted):
    """On one window of the batch that was just trained on."""


@dataclass(frozen=True, slots=True, eq=False)
class Attended(Event):
    """Who looks at whom in the probe text: row looks at column. The first token is the end token of the text before."""

    tokens_T: np.ndarray  # int32
    attention_LHTT: np.ndarray  # uint16: 65535 is all of the attention; the future is 0, unless tokens are masked


@dataclass(frozen=True, slots=True, eq=False)
class Wrote(Event):
    prompt: str
    text: str  # what the model went on with
    temperature: float
    top_k: int  # 0: all
    top_p: float
    seed: int


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


KINDS: tuple[type[Event], ...] = tuple(
    kind
    for kind in globals().values()
    if isinstance(kind, type) and issubclass(kind, Event) and kind not in (Event, Predicted)
)
