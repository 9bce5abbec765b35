"""What every tokenizer can do; a token is kept as text, and the bytes of any text come back exactly."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

END = "<|end|>"  # how the token between two documents is shown; the same signs in a text are plain signs
STRAY = re.compile("[\ud800-\udfff]")


class Tokenizer(Protocol):
    """Text to token numbers and back."""

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Each token as text; bytes that are no UTF-8 by themselves are lone surrogates (PEP 383)."""

    @property
    def end(self) -> int:
        """The token between two documents; no text is ever encoded as it."""

    def encode(self, text: str) -> np.ndarray:
        """Tokens of a text: int32, one axis."""

    def encode_all(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Tokens of many texts, faster than one by one."""

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of some tokens."""

    def to_json(self) -> str:
        """All that `load` needs to make the same tokenizer again."""


def sound(text: str) -> str:
    """`text` as it can be written to a file: halves of characters become U+FFFD."""
    return STRAY.sub("\ufffd", text)


def shown(token: bytes) -> str:
    """A token's bytes as text."""
    return token.decode("utf-8", "surrogateescape")


def joined(vocabulary: Sequence[str], tokens: Iterable[int]) -> str:
    """The text of some tokens, in which bytes that belong together have become characters."""
    text = "".join(vocabulary[token] for token in tokens)
    return shown(text.encode("utf-8", "surrogateescape"))
