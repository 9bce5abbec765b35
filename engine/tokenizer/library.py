"""A tokenizer run by the `tokenizers` library, which never hears of the end token: in a text its signs are plain."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from tokenizers import Tokenizer

from engine.tokenizer.tokenizer import END, joined, sound
from engine.trouble import Trouble


class LibraryTokenizer:
    """The last token ends a document, or one of the library's own; the others are the library's, in its order."""

    def __init__(self, kind: str, made: Tokenizer, pieces: Sequence[str], end: int | None = None) -> None:
        """`end` is the token of the library that a published model ends its documents with."""
        self.kind = kind
        self._own_end = end
        self.end = len(pieces) if end is None else end
        self.vocabulary: tuple[str, ...] = (*pieces[: self.end], END, *pieces[self.end + 1 :])
        self._made = made

    def encode(self, text: str) -> np.ndarray:
        """Tokens of a text: int32."""
        return self.encode_all([text])[0]

    def encode_all(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Tokens of many texts; other threads run meanwhile."""
        with failures_are_trouble("cut this text into tokens"):
            encoded = self._made.encode_batch_fast([sound(text) for text in texts], add_special_tokens=False)
        return [np.array(one.ids, np.int32) for one in encoded]

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of some tokens."""
        return joined(self.vocabulary, tokens)

    def to_json(self) -> str:
        """Its kind, and all of it in the library's own form."""
        own_end = {} if self._own_end is None else {"end": self._own_end}
        return json.dumps({"kind": self.kind, **own_end, "model": json.loads(self._made.to_str())})


@contextmanager
def failures_are_trouble(task: str) -> Iterator[None]:
    """The library has no errors of its own, and a panic in Rust, no Exception, would end the thread without a word."""
    try:
        yield
    except BaseException as error:
        if type(error) is not Exception and type(error).__name__ != "PanicException":
            raise
        raise Trouble(f"The tokenizer could not {task}.", "Choose another tokenizer or another text.") from error


def pieces_of(made: Tokenizer) -> list[str]:
    """What the library calls its tokens, in their order; ValueError unless they are numbered from 0 without a gap."""
    names = sorted(made.get_vocab().items(), key=lambda named: named[1])
    if [number for _, number in names] != list(range(len(names))):
        raise ValueError("its tokens are not numbered one after another")
    return [name for name, _ in names]
