"""A small text that is prepared again and again, and what two corpora are compared by."""

from pathlib import Path

import numpy as np

from engine.corpus.part import Corpus, Part
from engine.settings import Settings
from engine.tokenizer.tokenizer import Tokenizer

LINES = "".join(f"Line {number} is one of many in this text.\n" for number in range(400))


def settings(text: Path, **more: object) -> Settings:
    return Settings(corpus=str(text), **{"vocabulary": 300, "context": 16, **more})


def same(one: Corpus, other: Corpus) -> bool:
    facts = (one.name, one.fingerprint, one.warnings) == (other.name, other.fingerprint, other.warnings)
    return facts and all(alike(a, b) for a, b in zip(one.parts, other.parts, strict=True))


def alike(one: Part, other: Part) -> bool:
    rows = np.array_equal(one.train, other.train) and np.array_equal(one.validation, other.validation)
    facts = [repr(part._replace(train=None, validation=None)) for part in (one, other)]  # nan is not itself
    return rows and facts[0] == facts[1]


def text_of(tokenizer: Tokenizer, part: Part) -> str:
    return tokenizer.decode(part.train) + tokenizer.decode(part.validation)


def only(corpus: Corpus) -> Part:
    (part,) = corpus.parts
    return part


def entries(cache: Path) -> list[Path]:
    """The folders of parts."""
    return [path for path in cache.iterdir() if path.is_dir()]
