"""Unigram (Kudo 2018): many pieces, each with a chance; those are dropped without which the text loses least.

A word is cut into the pieces whose chances multiply to the most.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from tokenizers import Tokenizer, models, trainers

from engine.tokenizer.byte_level import ALPHABET, byte_level, model_of, words_as_bytes
from engine.tokenizer.library import LibraryTokenizer, failures_are_trouble
from engine.tokenizer.tokenizer import sound

HIGHEST = 1e9  # chances are not that small
Scores = list[tuple[str, float]]  # of each piece: its log chance
LACKING = 256 * 0.0001  # the library scores bytes that never occur by such steps above the lowest


def learned(texts: Iterable[str], vocabulary: int) -> LibraryTokenizer:
    """A tokenizer of at most so many tokens, the end token among them; fewer where the texts have no more pieces."""
    made = Tokenizer(models.Unigram())
    made.pre_tokenizer = words_as_bytes()
    trainer = trainers.UnigramTrainer(
        vocab_size=vocabulary - 1, show_progress=False, initial_alphabet=ALPHABET, special_tokens=[]
    )
    with failures_are_trouble("learn how to cut this text into tokens"):
        made.train_from_iterator(map(sound, texts), trainer)
    return _made(_in_order(scores_of(model_of(made))))


def rebuilt(model: dict[str, Any]) -> LibraryTokenizer:
    """From its pieces and their scores alone; ValueError if a score is none."""
    if not all(abs(score) < HIGHEST for _, score in model["vocab"]):  # no number is below anything
        raise ValueError("a score is no number")
    return _made(scores_of(model))


def scores_of(model: dict[str, Any]) -> Scores:
    """In 32 bits, which is what events hold; without any text the library has none."""
    return [(str(piece), float(np.float32(score or 0.0))) for piece, score in model["vocab"]]


def _in_order(scores: Scores) -> Scores:
    """The same each time: to bytes the text lacks the library gives low scores in an order that chance made."""
    lowest = min(score for _, score in scores)
    lacking = {piece for piece, score in scores if len(piece) == 1 and score < lowest + LACKING}
    settled = [(piece, lowest if piece in lacking else score) for piece, score in scores]
    return sorted(settled, key=lambda scored: (-scored[1], scored[0]))


def _made(scores: Scores) -> LibraryTokenizer:
    made = Tokenizer(models.Unigram(scores))
    made.pre_tokenizer = words_as_bytes()
    return byte_level("unigram", made)
