"""Settings with a name, one dial for the size, and what a run will cost before it starts. Knows no torch."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import log, sqrt
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from engine import measured
from engine.settings import Settings
from engine.size import (
    dense_parameters,
    expected_vocabulary,
    memory,
    multiplied,
    n_gram_numbers,
    parameters,
    step_flops,
)
from engine.trouble import Trouble

SMALLEST, LARGEST = 0.05, 1000.0  # millions of parameters the dial reaches
MOST_WINDOWS, LONGEST = 512, 10_000_000  # as the settings have them
WIDTHS = (*range(16, 256, 16), 256, 288, *range(320, 2113, 64))  # the last is out of reach
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
OWN_SHAPE = {"hidden": 0, "head_width": 0, "begin_with": ""}  # what fits one size of a model only

NANOGPT: dict[str, Any] = {  # as its train_shakespeare_char has it: characters, no biases
    "tokenizer": "character",
    "architecture": "gpt2",
    "learning_rate": 1e-3,
    "final_rate": 0.1,
    "warmup": 100,
    "beta1": 0.9,
    "beta2": 0.99,
    "weight_decay": 0.1,
    "clip": 1.0,
    "schedule": "cosine",
    "optimizer": "adamw",
    "tied": True,
}
FAST: dict[str, Any] = {  # for characters; docs/fast.md tells what each of these is worth
    "tokenizer": "character",
    "architecture": "fast",
    "expansion": 2,
    "tied": False,
    "batch_size": 16,
    "optimizer": "muon",
    "learning_rate": 0.018,
    "momentum": 0.9,
    "clip": 0.0,
    "weight_decay": 0.0,
    "schedule": "wsd",
    "decay": 0.6,
    "final_rate": 0.0,
    "warmup": 8,
    "milestones": False,  # tables are large, and such runs are short
}


class Forecast(NamedTuple):
    parameters: int
    memory: int  # bytes
    seconds: float | None  # to the horizon; None while nothing was measured on this machine


def sized(settings: Settings, millions: float) -> Settings:
    """The same recipe for a model of about so many million parameters; `settings` are those it is known to work for.

    Tables of n-grams do not count: they do not grow with the depth, and a token reads a few rows only.

    Layers = 2 + width / 96, between nanoGPT's 4×128 and 6×384 and GPT-2's 12×768; the exact shape matters little
    (Kaplan et al. 2020, figure 5). Tokens grow with the numbers in matrices (Hoffmann et al. 2022), the batch with
    tokens^0.383 and the learning rate with width^-0.5 (nanochat); the horizon follows from both.
    """
    if not SMALLEST <= millions <= LARGEST:
        raise Trouble(
            f"A model of {millions:g} million parameters cannot be made.", f"Choose {SMALLEST:g} to {LARGEST:,.0f}."
        )
    vocabulary = expected_vocabulary(settings)
    shape = min(_shapes(settings), key=lambda one: abs(log(dense_parameters(one, vocabulary) / (1e6 * millions))))
    more = multiplied(shape, vocabulary) / multiplied(settings, vocabulary)  # tokens, in tokens of `settings`
    batch = min(MOST_WINDOWS, max(1, round(settings.batch_size * more**0.383)))
    steps = settings.horizon * more * settings.batch_size / batch
    changes = {
        "learning_rate": _rounded(settings.learning_rate * sqrt(settings.width / shape.width)),
        "batch_size": batch,
        "micro_batches": min(batch, settings.micro_batches),
        "horizon": min(LONGEST, max(1, int(_rounded(steps)))),
    }
    return Settings(**{**shape.model_dump(), **changes})


def _shapes(settings: Settings) -> Iterator[Settings]:
    """All that the dial can choose, smallest first: each is at least as wide and as deep as the one before."""
    for width, next_width in pairwise(WIDTHS):
        heads = width // 64 if width >= 256 else min(4, width // 16)
        shared = settings.key_value_heads if settings.key_value_heads and heads % settings.key_value_heads == 0 else 0
        for layers in range(_layers(width), _layers(next_width) + 1):
            changes = {"layers": layers, "width": width, "heads": heads, "key_value_heads": shared, **OWN_SHAPE}
            yield settings.model_copy(update=changes)


def _layers(width: int) -> int:
    return round(2 + width / 96)


def forecast(settings: Settings, vocabulary: int, cache: Path | None) -> Forecast:
    """What a run will cost. Time is that of the same steps on this machine, or of the most similar ones measured."""
    known = measured.nearest(cache, settings, vocabulary) if cache else None
    seconds = settings.horizon * step_flops(settings, vocabulary) / known.speed if known else None
    return Forecast(parameters(settings, vocabulary), memory(settings, vocabulary), seconds)


def forecast_words(settings: Settings, cache: Path | None) -> str:
    """“1.0 M parameters, about 0.4 GB and 6 minutes to step 3,000”."""
    vocabulary = expected_vocabulary(settings)
    count, size, seconds = forecast(settings, vocabulary, cache)
    tables = n_gram_numbers(settings, vocabulary)
    besides = f" and {_amount(tables)} in tables of n-grams" if tables else ""
    start = f"{_amount(count - tables)} parameters{besides}, about {size / 1e9:.1f} GB"
    if seconds is None:
        return f"{start}; the time is known once this machine was measured, at the first start"
    return f"{start} and {_duration(seconds)} to step {settings.horizon:,}"


def _rounded(value: float) -> float:
    """To two digits, as a person would choose it."""
    return float(f"{value:.1e}")


def _amount(count: int) -> str:
    return f"{count / 1e6:.1f} M" if count < 9.95e6 else f"{count / 1e6:,.0f} M"


def _duration(seconds: float) -> str:
    """In words, to about a tenth."""
    for unit, name in ((DAY, "days"), (HOUR, "hours"), (MINUTE, "minutes")):
        if seconds >= 1.5 * unit:
            number = seconds / unit
            return f"{number:.1f} {name}" if number < 9.95 and unit > MINUTE else f"{number:,.0f} {name}"
    return f"{seconds:.0f} seconds" if round(seconds) != 1 else "1 second"


def _story(millions: float, **changes: Any) -> Settings:
    """The default recipe at another size."""
    return sized(Settings(**changes), millions)


PRESETS: Mapping[str, Settings] = MappingProxyType(
    {
        "default": Settings(),
        "tiny": Settings(
            megabytes=1, vocabulary=512, layers=2, heads=2, width=64, context=32, batch_size=16, optimizer="muon",
            learning_rate=2e-2, horizon=400, warmup=20, validate_every=50, sample_every=100,
        ),
        "nanogpt-cpu": Settings(
            **NANOGPT, layers=4, heads=4, width=128, context=64, batch_size=12, horizon=2000, precision="fp32"
        ),
        "nanogpt-gpu": Settings(
            **NANOGPT, layers=6, heads=6, width=384, context=256, batch_size=64, horizon=5000, dropout=0.2
        ),
        "fast": Settings(**FAST, layers=2, n_grams=5, horizon=70),
        "fast-plain": Settings(**FAST, layers=3, n_grams=1, horizon=210),
        "fast-long": Settings(**{**FAST, "learning_rate": 0.009}, layers=2, n_grams=6, horizon=960),
        "stories-1m": _story(1),
        "stories-8m": _story(8, context=128, batch_size=12, vocabulary=2048, megabytes=16),
        "stories-30m": _story(30, context=256, batch_size=6, vocabulary=4096, megabytes=48, micro_batches=4),
    }
)  # fmt: skip
