"""Every byte of UTF-8 is a token: nothing to learn, nothing unknown, and long texts."""

import json
from collections.abc import Iterable, Sequence

import numpy as np

from engine.tokenizer.tokenizer import END, joined, shown, sound


class ByteTokenizer:
    """A token's number is its byte; number 256 ends a document."""

    def __init__(self) -> None:
        self.vocabulary: tuple[str, ...] = (*(shown(bytes([byte])) for byte in range(256)), END)
        self.end = 256

    def encode(self, text: str) -> np.ndarray:
        """Bytes of a text: int32."""
        return np.frombuffer(sound(text).encode(), np.uint8).astype(np.int32)

    def encode_all(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Bytes of many texts."""
        return [self.encode(text) for text in texts]

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of some bytes."""
        return joined(self.vocabulary, tokens)

    def to_json(self) -> str:
        """Its kind is all there is to know."""
        return json.dumps({"kind": "byte"})
