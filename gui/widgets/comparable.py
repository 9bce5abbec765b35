"""Whether losses of several runs can be compared: they are about the same text, in the same tokens. Knows no Qt."""

from collections.abc import Sequence
from typing import Literal

from engine.corpus.spoiling import Spoiling
from engine.events import CorpusRead, Started
from engine.recording import Recording
from gui.widgets.loss_unit import LossUnit

Loss = Literal["training", "validation"]
TEXTS_DIFFER = "The texts differ: these losses do not compare"
TOKENS_DIFFER = "The tokens differ: compare bits per byte (see options)"


def why_not(recordings: Sequence[Recording], loss: Loss, unit: LossUnit) -> str:
    """Why they cannot be; empty where they can. What is not known is not held against anyone."""
    texts = {text_of(recording, loss) for recording in recordings} - {None}
    cuts = {cut_of(recording) for recording in recordings} - {None}
    if len(texts) > 1:
        return TEXTS_DIFFER
    return TOKENS_DIFFER if len(cuts) > 1 and unit == "nats per token" else ""


def text_of(recording: Recording, loss: Loss) -> object:
    """Equal for equal texts; what is held out stays clean. None where it is not known."""
    read, started = recording.latest(CorpusRead), recording.latest(Started)
    if read is None or started is None:  # the text is read first
        return None
    spoiled = Spoiling.recorded(started.settings) if loss == "training" else None
    return read.name, read.size, read.documents, read.held_out, spoiled


def cut_of(recording: Recording) -> object:
    """Equal for equal tokens. None where they are not known."""
    read = recording.latest(CorpusRead)
    return read.vocabulary if read and read.vocabulary else None
