"""Every character is a token: the alphabet is that of the training text, and one more token stands for all others."""

import json
import sys
from collections.abc import Iterable, Sequence

import numpy as np

from engine.tokenizer.tokenizer import END, joined, sound

UNKNOWN = "\ufffd"


class CharacterTokenizer:
    """Token 0 ends a document, token 1 is any character outside the alphabet, the rest are the alphabet in order."""

    end = 0

    def __init__(self, alphabet: Iterable[str]) -> None:
        self._alphabet = "".join(sorted(set(alphabet) - {UNKNOWN}))
        self.vocabulary: tuple[str, ...] = (END, UNKNOWN, *self._alphabet)
        self._token_of = np.ones(sys.maxunicode + 1, np.int32)
        self._token_of[_codes(self._alphabet)] = np.arange(2, len(self.vocabulary))

    def encode(self, text: str) -> np.ndarray:
        """One token a character: int32."""
        tokens: np.ndarray = self._token_of[_codes(sound(text))]
        return tokens

    def encode_all(self, texts: Sequence[str]) -> list[np.ndarray]:
        """One token a character, for many texts."""
        return [self.encode(text) for text in texts]

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of some tokens."""
        return joined(self.vocabulary, tokens)

    def to_json(self) -> str:
        """The alphabet is all there is to know."""
        return json.dumps({"kind": "character", "alphabet": self._alphabet})


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)
