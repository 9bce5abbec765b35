"""Byte-level BPE (Sennrich 2016): the two pieces that stand side by side most often become one, again and again."""

from collections.abc import Iterable
from typing import Any

from tokenizers import Tokenizer, models, trainers

from engine.tokenizer.byte_level import ALPHABET, byte_level, words_as_bytes
from engine.tokenizer.library import LibraryTokenizer, failures_are_trouble
from engine.tokenizer.tokenizer import sound


def learned(texts: Iterable[str], vocabulary: int) -> LibraryTokenizer:
    """A tokenizer of at most so many tokens, the end token among them; fewer where the texts have no more to merge."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = words_as_bytes()
    trainer = trainers.BpeTrainer(vocab_size=vocabulary - 1, show_progress=False, initial_alphabet=ALPHABET)
    with failures_are_trouble("learn how to cut this text into tokens"):
        made.train_from_iterator(map(sound, texts), trainer)
    return byte_level("bpe", made)


def rebuilt(model: dict[str, Any]) -> LibraryTokenizer:
    """From its vocabulary and merges alone."""
    made = Tokenizer(models.BPE(model["vocab"], merges_of(model)))
    made.pre_tokenizer = words_as_bytes()
    return byte_level("bpe", made)


def merges_of(model: dict[str, Any]) -> list[tuple[str, str]]:
    """Each pair in the order it was learned."""
    return [(left, right) for left, right in model["merges"]]
