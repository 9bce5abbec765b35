"""Byte-level BPE: bytes that often stand together become one token; learned and run by the `tokenizers` library.

The library never hears of the end token, so a text that happens to contain its signs is encoded like any other.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from engine.tokenizer.tokenizer import END, joined, shown, sound
from engine.trouble import Trouble


class BpeTokenizer:
    """The last token ends a document; the others are pieces of bytes."""

    def __init__(self, made: Tokenizer) -> None:
        self._made = made
        byte_of = _bytes_of_signs()
        pieces = sorted(made.get_vocab().items(), key=lambda item: item[1])
        self.vocabulary: tuple[str, ...] = (
            *(shown(bytes(byte_of[sign] for sign in piece)) for piece, _ in pieces),
            END,
        )
        self.end = len(pieces)

    def encode(self, text: str) -> np.ndarray:
        """Tokens of a text: int32."""
        return self.encode_all([text])[0]

    def encode_all(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Tokens of many texts; other threads run meanwhile."""
        with panics_are_trouble("cut this text into tokens"):
            encoded = self._made.encode_batch_fast([sound(text) for text in texts])
        return [np.array(one.ids, np.int32) for one in encoded]

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of some tokens."""
        return joined(self.vocabulary, tokens)

    def to_json(self) -> str:
        """Vocabulary and merges, in the library's own form."""
        return json.dumps({"kind": "bpe", "model": json.loads(self._made.to_str())})


def learned(texts: Iterable[str], vocabulary: int) -> BpeTokenizer:
    """A tokenizer of at most so many tokens, the end token among them; fewer where the texts have no more to merge."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary - 1, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    with panics_are_trouble("learn how to cut this text into tokens"):
        made.train_from_iterator(map(sound, texts), trainer)
    return BpeTokenizer(made)


@contextmanager
def panics_are_trouble(task: str) -> Iterator[None]:
    """A panic in Rust arrives as no Exception, and would end the thread without a word."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Trouble(f"The tokenizer could not {task}.", "Choose another tokenizer or another text.") from error


def _bytes_of_signs() -> dict[str, int]:
    """The library writes bytes as printable signs; this is the way back, after its own rule.

    Bytes that print as one Latin-1 sign stand for themselves; the others follow in order from U+0100 on.
    """
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = (byte for byte in range(256) if byte not in plain)
    return {chr(byte): byte for byte in plain} | {chr(0x100 + place): byte for place, byte in enumerate(others)}
