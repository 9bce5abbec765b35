"""What preparation makes: each source as two rows of tokens, and all of them as one corpus."""

from dataclasses import dataclass
from math import nan
from typing import NamedTuple

import numpy as np

from engine.corpus.quality import Quality
from engine.tokenizer.tokenizer import Tokenizer


class Part(NamedTuple):
    """One source, ready to be learned."""

    name: str
    origin: str  # where the text came from, for people
    size: int  # bytes of text
    documents: int  # without copies
    copies: int  # left out: they were there already
    held_out: str  # what the validation text is, for people
    train: np.ndarray  # uint16 or int32, one axis; the end token stands between documents
    validation: np.ndarray
    train_bytes: int  # of the text these tokens stand for
    validation_bytes: int
    nats: float  # of the validation text, for whoever knows the rules it was made by; NaN where they are not known
    quality: Quality
    skipped: tuple[str, ...]  # sentences: what could not be read

    @property
    def entropy(self) -> float:
        """Nats per token on validation that are left when all rules are known."""
        return self.nats / len(self.validation) if len(self.validation) else nan


@dataclass(frozen=True, eq=False)
class Corpus:
    parts: tuple[Part, ...]
    tokenizer: Tokenizer
    fingerprint: str  # same texts, spoiling and tokenizer settings, same fingerprint
    warnings: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.parts[0].name if len(self.parts) == 1 else f"{len(self.parts)} texts"

    @property
    def train(self) -> list[np.ndarray]:
        return [part.train for part in self.parts]

    @property
    def validation(self) -> list[np.ndarray]:
        return [part.validation for part in self.parts]
