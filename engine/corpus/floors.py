"""What a model that only counts would score: the lines a transformer has to get below.

n-grams are counted on the training tokens and smoothed after Witten and Bell (1991): a context that was seen with many
different continuations expects more of them,

    p_n(c | h) = (C(hc) + u(h) p_{n-1}(c)) / (C(h) + u(h)),    u(h) = number of different tokens seen after h,

down to p_0 = 1 / V. Every n-gram gets a small number of its own from the number of the (n-1)-gram before its last
token, so that counting is sorting, whatever n is. Of a long text, stretches spread all over it are counted.
"""

from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

import numpy as np

COUNTED = 5_000_000  # training tokens at most: 70 bytes for each, so 350 MB
SCORED = 1_000_000  # predictions at most: 100 MB more
STRETCH = 50_000  # tokens; long enough that what is cut at its ends is nothing
UNSEEN = -1  # the number of an n-gram that training does not have; its key is below all others
NAMES = ("uniform", "unigram", "bigram", "trigram")
Rows = Sequence[np.ndarray]  # of tokens, one for each text; no n-gram goes from one to the next


class Floor(NamedTuple):
    """The score of one counting model."""

    name: str
    order: int  # 0 for uniform, 1 for unigram, …
    loss: float  # nats per token, on validation


class Grams(NamedTuple):
    """All n-grams of the training tokens, for one n: U different ones, in the order of their contexts."""

    keys_U: np.ndarray  # context's number * V + last token, ascending
    starts_S: np.ndarray  # S = U + 1: how many n-grams stand before each, so that counts are differences


class Places(NamedTuple):
    """P places of the validation text, window after window; the first of each is not predicted."""

    token_P: np.ndarray
    seen_P: np.ndarray  # tokens of its window that stand before it


def floors(train: Rows, validation: Rows, vocabulary: int, context: int, highest: int = 6) -> Iterator[Floor]:
    """Uniform, unigram, … up to `highest`, each as soon as it is counted.

    Validation is scored as the model is: in windows of `context` predictions side by side, in which the first sees one
    token before it and the last sees `context`. The loss is the mean over all predictions of all rows.
    """
    yield Floor(NAMES[0], 0, log(vocabulary))
    train = _stretches(train)
    token_P, seen_P = _places(validation, context)
    chances_P = np.full(len(seen_P), 1 / vocabulary)
    contexts = [np.zeros(len(row), np.int32) for row in train]  # number of what stands before each training token
    context_P = np.zeros(len(seen_P), np.int64)  # the same for each place
    for order in range(1, highest + 1):
        if not any(map(len, contexts)) or not len(token_P):
            return
        grams, contexts = _counted(contexts, [row[order - 1 :] for row in train], vocabulary)
        id_P = _found(grams, context_P, token_P, vocabulary)
        better_P = _chances(grams, context_P, id_P, vocabulary, chances_P)
        chances_P = np.where(seen_P >= order - 1, better_P, chances_P)
        name = NAMES[order] if order < len(NAMES) else f"{order}-gram"
        yield Floor(name, order, float(-np.log(chances_P[seen_P > 0]).mean()))
        context_P = np.roll(id_P, 1)  # reaches over a window's edge only where `seen_P` shuts it out


def _stretches(rows: Rows) -> Rows:
    """The rows themselves, or stretches spread evenly over each, COUNTED tokens in all."""
    whole = sum(map(len, rows))
    if whole <= COUNTED:
        return rows
    parts: list[np.ndarray] = []
    for row in rows:
        wanted = len(row) * COUNTED // whole
        pieces = np.array_split(row, max(1, wanted // STRETCH))  # views: nothing is copied
        parts += [piece[: wanted // len(pieces)] for piece in pieces]
    return parts


def _places(rows: Rows, context: int) -> Places:
    """All whole windows, or some spread evenly over each row; of a row that is shorter, all of it."""
    rows = [row for row in rows if len(row) > 1]
    whole = sum(map(len, rows))
    windows = [_windows(row, context, max(1, len(row) * SCORED // (whole * context))) for row in rows]
    seen = [np.tile(np.arange(tokens_WN.shape[1]), len(tokens_WN)) for tokens_WN in windows]
    nothing = np.zeros(0, np.int64)
    return Places(np.concatenate([nothing, *map(np.ravel, windows)]), np.concatenate([nothing, *seen]))


def _windows(row: np.ndarray, context: int, most: int) -> np.ndarray:
    """W windows_WN as the model is validated on, N = context + 1."""
    context = min(context, len(row) - 1)
    windows = (len(row) - 1) // context
    chosen_W = np.unique(np.linspace(0, windows - 1, min(most, windows)).round().astype(np.int64))
    return np.asarray(row[chosen_W[:, None] * context + np.arange(context + 1)], np.int64)


def _counted(contexts: Rows, tokens: Rows, vocabulary: int) -> tuple[Grams, list[np.ndarray]]:
    """The n-grams of these tokens after these contexts, and the contexts of the token after each."""
    pairs = zip(contexts, tokens, strict=True)
    keys_N = np.concatenate([before.astype(np.int64) * vocabulary + after for before, after in pairs])
    order_N = np.argsort(keys_N)
    keys_N = keys_N[order_N]
    first_N = np.concatenate([[True], keys_N[1:] != keys_N[:-1]])
    ids_N = np.empty(len(keys_N), np.int32)
    ids_N[order_N] = np.cumsum(first_N, dtype=np.int32) - 1
    grams = Grams(keys_N[first_N], np.append(np.flatnonzero(first_N), len(keys_N)))
    longer = np.split(ids_N, np.cumsum([len(row) for row in tokens])[:-1])
    return grams, [ids[:-1] for ids in longer]


def _found(grams: Grams, context_P: np.ndarray, token_P: np.ndarray, vocabulary: int) -> np.ndarray:
    """The number of each n-gram, given as a context's number and a token; UNSEEN if training has none such."""
    wanted_P = context_P * vocabulary + token_P
    place_P = np.minimum(_standing(grams, wanted_P), len(grams.keys_U) - 1)
    return np.where(grams.keys_U[place_P] == wanted_P, place_P, UNSEEN)


def _chances(
    grams: Grams, context_P: np.ndarray, id_P: np.ndarray, vocabulary: int, shorter_P: np.ndarray
) -> np.ndarray:
    """Chance of each n-gram's last token after its context; `shorter_P` is the same with one token less of context."""
    count_P = np.where(id_P != UNSEEN, grams.starts_S[id_P + 1] - grams.starts_S[id_P], 0)
    first_P, beyond_P = (_standing(grams, (context_P + more) * vocabulary) for more in (0, 1))
    different_P = beyond_P - first_P  # 0 where training never saw the context, or nothing after it
    total_P = grams.starts_S[beyond_P] - grams.starts_S[first_P] + different_P
    return np.where(different_P > 0, (count_P + different_P * shorter_P) / np.maximum(total_P, 1), shorter_P)


def _standing(grams: Grams, wanted_P: np.ndarray) -> np.ndarray:
    """How many keys are smaller than each; sought in order, which is many times quicker."""
    order_P = np.argsort(wanted_P)
    place_P = np.empty(len(wanted_P), np.int64)
    place_P[order_P] = np.searchsorted(grams.keys_U, wanted_P[order_P])
    return place_P
