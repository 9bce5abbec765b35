"""What a loss is counted in: nats for each token, or bits for each byte, which compares different vocabularies."""

from math import log
from typing import Literal, NamedTuple

import numpy as np

from engine.events import CorpusRead, Stepped
from engine.recording import Recording

LossUnit = Literal["nats per token", "bits per byte"]


class Measure(NamedTuple):
    """What nats per token are multiplied by, for each of the two texts: their tokens are not equally long."""

    unit: LossUnit = "nats per token"
    training: float = 1.0
    validation: float = 1.0
    note: str = ""  # why it is not the unit that was asked for


def measure(recording: Recording, wanted: LossUnit) -> Measure:
    """Older records and logs do not tell how many bytes their tokens were, so only nats can be shown of them."""
    if wanted == "nats per token":
        return Measure()
    read = recording.latest(CorpusRead)
    if read is None and not recording.count(Stepped):  # there is nothing to count yet
        return Measure(wanted)
    if read is None or not (read.train_bytes and read.validation_bytes):
        return Measure(note="this run does not know its bytes")
    training = bits(read.train_tokens, read.train_bytes)
    return Measure(wanted, training, bits(read.validation_tokens, read.validation_bytes))


def scaled(values: np.ndarray, factor: float) -> np.ndarray:
    """The same array where nothing changes: a frame should copy nothing."""
    return values if factor == 1 else values * factor


def bits(tokens: int, size: int) -> float:
    """Bits per byte that one nat per token is, in a text of so many tokens and bytes."""
    return tokens / size / log(2)
