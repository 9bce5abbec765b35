"""What happened to the text: how it was read and cut, how much of it was seen, and what counting alone would score."""

from dataclasses import dataclass

import numpy as np

from engine.events.event import Event


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
    fingerprint: str = ""  # SHA-256 of the texts and of how they are cut; empty where it is not known


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
