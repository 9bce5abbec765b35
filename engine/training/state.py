"""All of a run at one step that is no tensor: counters, history, settings, and what it was computed with."""

import json
import platform
from hashlib import blake2b
from typing import Annotated, Any

import torch
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from engine.runfile import program_version
from engine.settings import Settings
from engine.training.spikes import WINDOW
from engine.trouble import Trouble

SCHEMA = 2
RANDOMNESS = "Every random number is a function of the seed and of the counters here; no generator has a state."

Count = Annotated[int, Field(ge=0, lt=2**63)]
History = Annotated[tuple[float, ...], Field(max_length=WINDOW)]


class Versions(BaseModel):
    """What wrote it: only the same torch on the same machine gives the same bits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    torch: str = torch.__version__
    python: str = platform.python_version()
    program: str = Field(default_factory=program_version)


class State(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    schema_version: int = SCHEMA
    name: str  # of the run
    step: Count
    seen: Annotated[tuple[Count, ...], Field(min_length=1)]  # windows of each text
    last_batch: Count  # windows
    last_window: tuple[Count, Count]  # the first of them: its text, and its number there
    tokens_seen: Count
    annealed_at: Count | None
    time: Annotated[float, Field(ge=0)]  # seconds of training
    looking: Annotated[float, Field(ge=0)]  # seconds of them that were no training
    energy: Annotated[float, Field(ge=0)] = 0.0  # joules
    losses: History  # of the last steps, to know a spike by
    gradient_norms: History
    settings: Settings  # as turned at that moment
    device: str
    precision: str
    attention: str
    threads: Annotated[int, Field(ge=1)]
    threads_automatic: bool  # they follow the load of the machine
    peak: Annotated[float, Field(ge=0)]  # FLOP/s of a matrix multiplication
    chosen: str  # for people: why these
    seed: int
    randomness: str = RANDOMNESS
    corpus: str  # fingerprint of the text and the way it is cut
    tokenizer: str  # hash
    versions: Versions = Versions()
    files: dict[str, str] = {}  # their hashes

    @model_validator(mode="after")
    def _counts_are_of_the_texts(self) -> "State":
        if len(self.seen) != len(self.settings.corpus) or self.last_window[0] >= len(self.seen):
            raise ValueError("what it counts is not of its texts")
        return self

    @property
    def computing(self) -> Settings:
        """The settings with nothing left to choose."""
        names = ("device", "precision", "attention", "threads")
        return self.settings.model_copy(update={name: getattr(self, name) for name in names})


def parse(text: str) -> State:
    """Raises Trouble for what no program of this schema wrote."""
    try:
        facts = upgraded(json.loads(text))
        schema = facts["schema_version"]
        if schema != SCHEMA:
            advice = "Open it with the version that wrote it."
            raise Trouble(f"The checkpoint has schema {schema}; this program reads {SCHEMA}.", advice)
        return State.model_validate(facts)
    except (ValidationError, ValueError, TypeError, KeyError, RecursionError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise Trouble(f"The state of the checkpoint is damaged: {reason}.", "Choose another checkpoint.") from error


def upgraded(facts: dict[str, Any]) -> dict[str, Any]:
    """A state of the first schema, which knew one text only, in the words of this one."""
    if facts["schema_version"] != 1:
        return facts
    seen = facts.pop("windows_seen")
    return facts | {"schema_version": SCHEMA, "seen": [seen], "last_window": [0, max(0, seen - facts["last_batch"])]}


def hash_of(text: str) -> str:
    """Same text, same hash."""
    return blake2b(text.encode(), digest_size=16).hexdigest()
