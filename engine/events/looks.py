"""What was seen inside the model. T tokens, N = T + 1 places, K guesses, L layers, H heads."""

from dataclasses import dataclass

import numpy as np

from engine.events.event import Event


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
