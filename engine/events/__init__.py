"""What happened: the only thing that leaves the engine.

An event is a fact about one step, named in the past tense. It is never changed, and it holds plain values and
NumPy arrays only: any thread may read it, and it can be written to a file as it is. Array names end in their shape.
"""

from engine.events.event import Event
from engine.events.looks import Attended, BatchPredicted, Predicted, SentencePredicted, Wrote
from engine.events.text import (
    CorpusRead,
    FloorCounted,
    MergesCounted,
    PartsSeen,
    SourceExamined,
    SourceRead,
    SourceSeen,
    SourceValidated,
    TokenizerCompared,
)
from engine.events.training import (
    Annealed,
    AverageValidated,
    Branched,
    Chosen,
    Diverged,
    EncodingUnsure,
    Ended,
    Failed,
    Finished,
    Logged,
    Metered,
    Paced,
    Paused,
    Progressed,
    Resumed,
    Rewound,
    Saved,
    Spiked,
    Stalled,
    Started,
    Stepped,
    Turned,
    Unanswered,
    Validated,
    Warned,
)

KINDS: tuple[type[Event], ...] = tuple(
    kind
    for kind in globals().values()
    if isinstance(kind, type) and issubclass(kind, Event) and kind not in (Event, Predicted)
)

__all__ = [
    "KINDS",
    "Annealed",
    "Attended",
    "AverageValidated",
    "BatchPredicted",
    "Branched",
    "Chosen",
    "CorpusRead",
    "Diverged",
    "EncodingUnsure",
    "Ended",
    "Event",
    "Failed",
    "Finished",
    "FloorCounted",
    "Logged",
    "MergesCounted",
    "Metered",
    "Paced",
    "PartsSeen",
    "Paused",
    "Predicted",
    "Progressed",
    "Resumed",
    "Rewound",
    "Saved",
    "SentencePredicted",
    "SourceExamined",
    "SourceRead",
    "SourceSeen",
    "SourceValidated",
    "Spiked",
    "Stalled",
    "Started",
    "Stepped",
    "TokenizerCompared",
    "Turned",
    "Unanswered",
    "Validated",
    "Warned",
    "Wrote",
]
