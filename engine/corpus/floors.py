"""What a model that only counts would score: the lines a transformer has to get below.

n-grams are counted on the training tokens and smoothed after Witten and Bell (1991): a context that was seen with many
different continuations expects more of them,

    p_n(c | h) = (C(hc) + u(h) p_{n-1}(c)) / (C(h) + u(h)),    u(h) = number of different tokens seen after h,

down to p_0 = 1 / V. Every n-gram gets a small number of its own from the number of the (n-1)-gram before its last
token, so that counting is sorting, whatever n is.
"""

from collections.abc import Iterator
from math import log
from typing import NamedTuple

import numpy as np

COUNTED = 5_000_000  # training tokens at most: sorting more would keep a closing window waiting
SCORED = 1_000_000  # validation tokens at most
UNSEEN = -1
NAMES = ("uniform", "unigram", "bigram", "trigram")


class Floor(NamedTuple):
    """The score of one counting model."""

    name: str
    order: int  # 0 for uniform, 1 for unigram, …
    loss: float  # nats per token, on validation


class Grams(NamedTuple):
    """All n-grams of the training tokens, for one n. U different ones, with W different contexts of n-1 tokens."""

    ids: np.ndarray  # of the n-gram that ends at each training token; the first n-1 tokens are left out
    keys_U: np.ndarray  # context's number * V + last token, ascending
    counts_U: np.ndarray
    totals_W: np.ndarray  # C(h)
    different_W: np.ndarray  # u(h)


def floors(
    train: np.ndarray, validation: np.ndarray, vocabulary: int, context: int, highest: int = 4
) -> Iterator[Floor]:
    """Uniform, unigram, … up to `highest`, each as soon as it is counted.

    Validation is scored as the model is: in windows of `context` predictions side by side, in which the first sees one
    token before it and the last sees `context`.
    """
    yield Floor(NAMES[0], 0, log(vocabulary))
    train = train[:COUNTED].astype(np.int64)
    row, seen_P = _windows(validation, context)
    chances_P = np.full(len(seen_P), 1 / vocabulary)
    before = np.zeros(len(train), np.int64)  # number of the context of each training token; of none, at first
    context_P = np.zeros(len(seen_P), np.int64)  # the same for each prediction
    for order in range(1, highest + 1):
        if not len(before) or not len(row):
            return
        grams = _counted(before, train[order - 1 :], vocabulary)
        better_P = _chances(grams, context_P, row[1:], vocabulary, chances_P)
        chances_P = np.where(seen_P >= order - 1, better_P, chances_P)
        yield Floor(NAMES[order] if order < len(NAMES) else f"{order}-gram", order, float(-np.log(chances_P).mean()))
        before = grams.ids[:-1]
        shorter_P = np.concatenate([[0 if order == 1 else UNSEEN], context_P[:-1]])
        context_P = _found(grams, shorter_P, row[:-1], vocabulary)


def _windows(validation: np.ndarray, context: int) -> tuple[np.ndarray, np.ndarray]:
    """Tokens up to the end of the last whole window, and how many tokens each prediction sees."""
    predictions = max(0, min(len(validation) - 1, SCORED))
    if predictions > context:
        predictions -= predictions % context
    row = validation[: predictions + 1].astype(np.int64)
    return row, np.arange(predictions) % context + 1


def _counted(before: np.ndarray, tokens: np.ndarray, vocabulary: int) -> Grams:
    keys_U, ids, counts_U = np.unique(before * vocabulary + tokens, return_inverse=True, return_counts=True)
    contexts_U, contexts = keys_U // vocabulary, int(before.max()) + 1
    totals_W = np.bincount(contexts_U, counts_U, contexts)
    return Grams(ids, keys_U, counts_U, totals_W, np.bincount(contexts_U, minlength=contexts))


def _found(grams: Grams, context_P: np.ndarray, token_P: np.ndarray, vocabulary: int) -> np.ndarray:
    """The number of each n-gram, given as a context's number and a token; UNSEEN if training has none such."""
    wanted_P = context_P * vocabulary + token_P
    place_P = np.minimum(np.searchsorted(grams.keys_U, wanted_P), len(grams.keys_U) - 1)
    return np.where((grams.keys_U[place_P] == wanted_P) & (context_P != UNSEEN), place_P, UNSEEN)


def _chances(
    grams: Grams, context_P: np.ndarray, token_P: np.ndarray, vocabulary: int, shorter_P: np.ndarray
) -> np.ndarray:
    """Chance of each token after its context; `shorter_P` is the same with one token less of context."""
    # the last tokens of training may be a context that nothing follows
    known_P = (context_P != UNSEEN) & (context_P < len(grams.totals_W))
    context_P = np.where(known_P, context_P, 0)
    id_P = _found(grams, context_P, token_P, vocabulary)
    count_P = np.where(id_P != UNSEEN, grams.counts_U[id_P], 0)
    different_P = grams.different_W[context_P]
    total_P = grams.totals_W[context_P] + different_P
    known_P &= total_P > 0
    return np.where(known_P, (count_P + different_P * shorter_P) / np.maximum(total_P, 1), shorter_P)
