"""What the scripted trainer says of its text: sources, merges and tokenizers that nobody has read or learned."""

from collections.abc import Iterator
from math import nan

import numpy as np

from engine.events import (
    Event,
    MergesCounted,
    PartsSeen,
    SourceExamined,
    SourceRead,
    SourceSeen,
    SourceValidated,
    TokenizerCompared,
)

SOURCES = (  # name, megabytes, entropy
    ("Stories", 8, 1.71),
    ("Facts", 3, 1.02),
    ("Arithmetic", 1, 0.61),
    ("Little programs", 3, 0.83),
    ("Dialogues", 4, 1.18),
    ("notes <b>.txt", 6, nan),
)
PARTS = 48
WINDOW_TOKENS = 1536  # a step
MERGES = ("t|h", "th|e", " |the", "i|n", "a|n", "l|an", "t|er", "ter|n", " |lan", " lan|tern", "o|n", " |on", "é|x")
TOKENIZERS = (  # kind, pieces, tokens per word, bytes per token, bits per byte
    ("character", 80, 5.6, 1.0, 1.92),
    ("bpe", 1024, 1.9, 3.1, 1.71),
    ("unigram", 4096, 1.4, 3.9, 1.68),
    ("wordpiece", 4096, 1.5, 3.7, 1.70),
)


def sources_read() -> Iterator[Event]:
    """Each source, and what its documents are like."""
    for source, (name, megabytes, entropy) in enumerate(SOURCES):
        tokens = megabytes * 290_000
        yield SourceRead(
            0, 0.0, source, name, "made by Terrarium", megabytes * 10**6, megabytes * 1200, 3 * source, tokens,
            tokens // 9, megabytes * 900_000, megabytes * 100_000, "a tenth of the documents", entropy,
        )  # fmt: skip
        yield SourceExamined(
            0, 0.0, source, megabytes * 1000, 7 * source, ("Latin", "Greek"), (0.97, 0.03),
            (0, 0, 0, 1, 5, 40, 300, 500, 120, 9), (" ", "e", "t", "a", "é"), (0.18, 0.1, 0.08, 0.07, 0.01),
            ("One evening the lamp went out.", "<b>Share this story</b> with \u202eyour friends!"),
            ("3 lines are no JSON and were left out.",) if source == 5 else (),
        )  # fmt: skip


def sources_seen(step: int, time: float, weights: tuple[float, ...]) -> Iterator[Event]:
    """Shares as the weights want them, and losses that fall to a little above each floor."""
    parts: list[np.ndarray] = []
    whole = weights or tuple(float(megabytes) for _, megabytes, _ in SOURCES)
    for source, (_, megabytes, entropy) in enumerate(SOURCES):
        share = whole[source] / sum(whole)
        tokens = int(step * WINDOW_TOKENS * share)
        yield SourceSeen(step, time, source, tokens, tokens / (megabytes * 290_000), share)
        floor = 2.0 if np.isnan(entropy) else entropy
        yield SourceValidated(step, time, source, floor + 0.2 + (6.7 - floor) / (1 + step / 60))
        parts.append(parts_seen(tokens / (megabytes * 290_000), source))
    yield PartsSeen(step, time, np.stack(parts))


def parts_seen(epochs: float, source: int) -> np.ndarray:
    """Some parts are an epoch ahead of others."""
    order_P = np.random.default_rng(source).random(PARTS)
    times_P: np.ndarray = np.floor(epochs) + (order_P < epochs % 1)
    return times_P.astype(np.float32)


def merges_counted(step: int, time: float) -> Event:
    """A dozen merges of a sentence about a lantern."""
    left, right = zip(*(pair.split("|") for pair in MERGES), strict=True)
    counts_M = np.array([20_000 // (1 + place) for place in range(len(MERGES))])
    return MergesCounted(step, time, left, right, counts_M, 1_000_000 - np.cumsum(counts_M), 1_000_000)


def tokenizers_compared(step: int, time: float) -> Iterator[Event]:
    """Four of them that share one small vocabulary."""
    left, right = zip(*(pair.split("|") for pair in MERGES), strict=True)
    letters = tuple("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,")
    bytes_left = tuple(bytes([byte]).decode("utf-8", "surrogateescape") for byte in range(128, 256))
    joined = tuple(a + b for a, b in zip(left, right, strict=True))
    goes_on = tuple(f"##{piece}" for piece in (*letters, *joined) if not piece.startswith(" "))
    for kind, wanted, per_word, per_token, bits in TOKENIZERS:
        vocabulary = letters if kind == "character" else (*letters, *bytes_left, *joined)
        vocabulary = (*vocabulary, *goes_on) if kind == "wordpiece" else vocabulary
        scores_V = (
            -np.arange(1, len(vocabulary) + 1, dtype=np.float32) if kind == "unigram" else np.empty(0, np.float32)
        )
        merges = (left, right) if kind == "bpe" else ((), ())
        yield TokenizerCompared(step, time, kind, vocabulary, *merges, scores_V, per_word, per_token, bits, wanted)
