"""Tokenizers side by side: each is learned from the same sample, and measured on text that it has not seen.

What makes losses comparable is bits per byte: a token of a large vocabulary is harder to guess, but there are fewer.
All of it is done in a child process, so that training goes on, and closing an iterator ends the work.
"""

import json
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from math import inf, log
from typing import Any

import numpy as np

from engine.child import Limits, in_child
from engine.corpus.floors import floors
from engine.events import MergesCounted, TokenizerCompared
from engine.tokenizer.byte import ByteTokenizer
from engine.tokenizer.character import CharacterTokenizer
from engine.tokenizer.choice import load
from engine.tokenizer.cutting import GOES_ON
from engine.tokenizer.learning import learn
from engine.tokenizer.merging import replayed
from engine.tokenizer.tokenizer import Tokenizer, shown, sound
from engine.tokenizer.words import words
from engine.trouble import Trouble

MERGES = 4096
BEAT = 0.1  # seconds
LIMITS = Limits(
    "examine tokenizers on this text",
    "Choose another text.",
    memory=4_000_000_000,
    processor=1800,
    seconds=3600,
    nice=10,
)

Told = Generator[TokenizerCompared | None, None, None]


def compared(train: str, validation: str, wanted: Iterable[tuple[str, int]]) -> Told:
    """Each kind and size that is wanted, as soon as it is measured; None says that it takes a while yet."""
    request = {"train": train, "validation": validation, "wanted": list(wanted)}
    with closing(in_child(f"{__name__}:compared_here", request, LIMITS, BEAT)) as answers:
        for answer in answers:
            yield answer and _as_compared(answer)


def counted(sample: str) -> Generator[MergesCounted | None, None, None]:
    """How BPE grows on a text; None says that it takes a while yet."""
    with closing(in_child(f"{__name__}:counted_here", sample, LIMITS, BEAT)) as answers:
        for answer in answers:
            yield answer and _as_counted(answer)


# the child's part


def compared_here(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """For each that is wanted the fields of its event."""
    for kind, size in request["wanted"]:
        tokenizer = made(kind, request["train"], size)
        figures = measured(tokenizer, request["train"], request["validation"])
        yield fields_of(kind, tokenizer) | {"figures": figures, "wanted": size}


def made(kind: str, train: str, size: int) -> Tokenizer:
    """A tokenizer of that kind and size, learned from this text."""
    match kind:
        case "character":
            return CharacterTokenizer(sound(train))
        case "byte":
            return ByteTokenizer()
        case "bpe" | "unigram" | "wordpiece":
            return load(learn(kind, [train], size))
    raise Trouble(f"“{kind}” is no kind of tokenizer that can be learned.", "Choose another.")


def fields_of(kind: str, tokenizer: Tokenizer) -> dict[str, Any]:
    """What must be known to cut a text as it does."""
    model = json.loads(tokenizer.to_json()).get("model", {}).get("model", {})
    found: dict[str, Any] = {"kind": kind, "vocabulary": tokenizer.vocabulary, "left": [], "right": [], "scores": []}
    match kind:
        case "bpe":
            sides = ("left", 0), ("right", 1)
            return found | {side: [as_text(merge[at]) for merge in model["merges"]] for side, at in sides}
        case "unigram":
            return found | {"scores": [*(score for _, score in model["vocab"]), -inf]}
        case "wordpiece":
            return found | {"vocabulary": marked(tokenizer.vocabulary, model)}
    return found


def as_text(signs: str) -> str:
    """A piece as the library writes it, as text."""
    from engine.tokenizer.byte_level import bytes_of

    return shown(bytes_of(signs))


def marked(vocabulary: tuple[str, ...], model: dict[str, Any]) -> list[str]:
    """WordPiece's pieces as people see them: ## where they go on in a word."""
    goes_on = {number for name, number in model["vocab"].items() if name.startswith(model["continuing_subword_prefix"])}
    return [(GOES_ON if number in goes_on else "") + piece for number, piece in enumerate(vocabulary)]


def measured(tokenizer: Tokenizer, train: str, validation: str) -> tuple[float, float, float]:
    """Tokens per word, bytes per token, and bits per byte of the best table of n-grams."""
    tokens, size = tokenizer.encode(validation), max(1, len(sound(validation).encode()))
    tables = floors([tokenizer.encode(train)], [tokens], len(tokenizer.vocabulary), max(1, len(tokens)))
    bits = min(table.loss for table in tables) * len(tokens) / log(2)
    return len(tokens) / max(1, len(validation.split())), size / max(1, len(tokens)), bits / size


def counted_here(sample: str) -> Iterator[dict[str, Any]]:
    """The fields of the event."""
    learned = fields_of("bpe", made("bpe", sample, MERGES + 257))
    counts = Counter(words(sound(sample)))
    merges = list(replayed(counts, zip(learned["left"], learned["right"], strict=True)))
    yield {
        "left": learned["left"],
        "right": learned["right"],
        "counts": [merge.joins for merge in merges],
        "tokens": [merge.tokens for merge in merges],
        "size": len(sound(sample).encode()),
    }


# back here


def _as_compared(told: dict[str, Any]) -> TokenizerCompared:
    pieces = tuple(told["vocabulary"]), tuple(told["left"]), tuple(told["right"])
    scores_V = np.array(told["scores"], np.float32)
    per_word, per_token, bits = told["figures"]
    return TokenizerCompared(0, 0.0, told["kind"], *pieces, scores_V, per_word, per_token, bits, told["wanted"])


def _as_counted(told: dict[str, Any]) -> MergesCounted:
    counts_M, tokens_M = np.array(told["counts"], np.int64), np.array(told["tokens"], np.int64)
    return MergesCounted(0, 0.0, tuple(told["left"]), tuple(told["right"]), counts_M, tokens_M, told["size"])
