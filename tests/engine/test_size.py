"""Size before building: exactly as many numbers as the model has, and memory on the safe side of what was measured."""

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from engine.settings import Settings
from engine.settings.model import ModelSettings
from engine.size import (
    block_matrices,
    expected_vocabulary,
    memory,
    parameters,
    queries_width,
    step_flops,
    training_flops,
)
from engine.training.model import Model

V = 1024
SWITCHES = [name for name, field in ModelSettings.model_fields.items() if field.annotation is bool]


@st.composite
def models(draw: st.DrawFn) -> Settings:
    heads = draw(st.sampled_from([1, 2, 3, 4]))
    divisors = [count for count in range(1, heads + 1) if heads % count == 0]
    return Settings(
        architecture=draw(st.sampled_from(["modern", "fast", "gpt2"])),
        layers=draw(st.integers(1, 4)),
        heads=heads,
        width=heads * draw(st.sampled_from([16, 18, 20])),
        context=draw(st.sampled_from([8, 16])),
        key_value_heads=draw(st.sampled_from([0, *divisors])),
        n_grams=draw(st.integers(1, 4)),
        expansion=draw(st.integers(1, 5)),
        hidden=draw(st.sampled_from([0, 24])),
        head_width=draw(st.sampled_from([0, 6])),
        objective=draw(st.sampled_from(["causal", "masked"])),
        **{name: draw(st.booleans()) for name in SWITCHES},
    )


@run(max_examples=60, deadline=None)
@given(models(), st.sampled_from([5, 40]))
def test_parameters_are_those_of_the_model_that_is_built(settings, vocabulary):
    with torch.device("meta"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Model, "_initialise", lambda *_: None)
        model = Model(settings, vocabulary)
    assert parameters(settings, vocabulary) == sum(weight.numel() for weight in model.parameters())


@run(max_examples=40, deadline=None)
@given(models())
def test_arithmetic_counts_every_matrix_a_token_meets(settings):
    with torch.device("meta"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Model, "_initialise", lambda *_: None)
        model = Model(settings, V)
    blocks = sum(part.weight.numel() for part in model.blocks.modules() if isinstance(part, torch.nn.Linear))
    assert blocks == settings.layers * block_matrices(settings)
    attention = 12 * settings.layers * queries_width(settings) * settings.context
    assert training_flops(settings, V) == 6 * (blocks + V * settings.width) + attention
    assert step_flops(settings, V) == settings.batch_size * settings.context * training_flops(settings, V)


SHAPES: dict[str, dict[str, Any]] = {
    "small": {"layers": 4, "heads": 4, "width": 128, "context": 64, "batch_size": 24, "vocabulary": 1024},
    "usual": {"layers": 4, "heads": 6, "width": 384, "context": 256, "batch_size": 6, "vocabulary": 2048},
    "many tokens": {"layers": 2, "heads": 2, "width": 64, "context": 256, "batch_size": 48, "vocabulary": 8192},
    "long": {"layers": 3, "heads": 4, "width": 256, "context": 1024, "batch_size": 3, "vocabulary": 512},
    "wide": {"layers": 2, "heads": 8, "width": 1024, "context": 64, "batch_size": 8, "vocabulary": 4096},
    "deep": {"layers": 12, "heads": 4, "width": 128, "context": 128, "batch_size": 32, "vocabulary": 65},
}
MEASURED = [  # MB a process grew by at its highest over three steps, on a processor
    ("fast", "bf16", "long", {}, 405),
    ("fast", "bf16", "usual", {}, 530),
    ("fast", "fp32", "deep", {}, 919),
    ("fast", "fp32", "long", {"attention": "plain"}, 611),
    ("fast", "fp32", "long", {}, 576),
    ("fast", "fp32", "many tokens", {}, 2000),
    ("fast", "fp32", "small", {}, 290),
    ("fast", "fp32", "usual", {"attention": "plain"}, 688),
    ("fast", "fp32", "usual", {"dropout": 0.1}, 862),
    ("fast", "fp32", "usual", {"micro_batches": 4, "batch_size": 12}, 579),
    ("fast", "fp32", "usual", {}, 662),
    ("fast", "fp32", "wide", {"average": 0.99}, 1127),
    ("fast", "fp32", "wide", {"optimizer": "muon"}, 932),
    ("fast", "fp32", "wide", {"optimizer": "sgd"}, 890),
    ("fast", "fp32", "wide", {"tied": False}, 1020),
    ("fast", "fp32", "wide", {}, 999),
    ("gpt2", "bf16", "deep", {}, 406),
    ("gpt2", "bf16", "long", {}, 303),
    ("gpt2", "bf16", "many tokens", {}, 1620),
    ("gpt2", "bf16", "small", {}, 205),
    ("gpt2", "bf16", "usual", {"micro_batches": 4, "batch_size": 12}, 368),
    ("gpt2", "bf16", "usual", {}, 404),
    ("gpt2", "bf16", "wide", {"average": 0.99}, 853),
    ("gpt2", "bf16", "wide", {}, 769),
    ("gpt2", "fp32", "deep", {}, 644),
    ("gpt2", "fp32", "long", {"attention": "plain"}, 483),
    ("gpt2", "fp32", "long", {}, 391),
    ("gpt2", "fp32", "many tokens", {}, 1868),
    ("gpt2", "fp32", "small", {}, 214),
    ("gpt2", "fp32", "usual", {"expansion": 1, "batch_size": 4}, 296),
    ("gpt2", "fp32", "usual", {"expansion": 8, "batch_size": 4}, 496),
    ("gpt2", "fp32", "usual", {"micro_batches": 4, "batch_size": 12}, 397),
    ("gpt2", "fp32", "usual", {}, 463),
    ("gpt2", "fp32", "wide", {"average": 0.99}, 853),
    ("gpt2", "fp32", "wide", {"optimizer": "muon"}, 678),
    ("gpt2", "fp32", "wide", {"optimizer": "sgd"}, 630),
    ("gpt2", "fp32", "wide", {"tied": False}, 766),
    ("gpt2", "fp32", "wide", {}, 729),
    ("modern", "bf16", "long", {"attention": "plain"}, 429),
    ("modern", "bf16", "usual", {}, 467),
    ("modern", "fp32", "deep", {}, 1049),
    ("modern", "fp32", "long", {"attention": "plain"}, 556),
    ("modern", "fp32", "usual", {"dropout": 0.1}, 820),
    ("modern", "fp32", "usual", {"expansion": 1, "batch_size": 4}, 389),
    ("modern", "fp32", "usual", {"expansion": 8, "batch_size": 4}, 641),
    ("modern", "fp32", "usual", {"micro_batches": 4, "batch_size": 12}, 525),
    ("modern", "fp32", "usual", {}, 618),
    ("modern", "fp32", "wide", {}, 832),
]


@pytest.mark.parametrize(("architecture", "precision", "shape", "changes", "grown"), MEASURED)
def test_memory_is_estimated_on_the_safe_side_and_not_far_from_it(architecture, precision, shape, changes, grown):
    facts: dict[str, Any] = {"attention": "fused", **SHAPES[shape], **changes}
    vocabulary = facts.pop("vocabulary")
    settings = Settings(tokenizer="byte", architecture=architecture, precision=precision, **facts)
    assert grown <= memory(settings, vocabulary) / 1e6 <= 1.2 * grown


def test_what_is_still_open_needs_as_much_as_the_larger_choice():
    auto = Settings(context=1024)
    either = [
        memory(auto.model_copy(update={"precision": precision, "attention": attention}), V)
        for precision in ("fp32", "bf16")
        for attention in ("fused", "plain")
    ]
    assert memory(auto, V) >= max(either)


def test_the_vocabulary_is_guessed_before_the_text_is_read():
    assert expected_vocabulary(Settings(vocabulary=2000)) == 2000
    assert expected_vocabulary(Settings(tokenizer="byte")) == 257
    assert 50 < expected_vocabulary(Settings(tokenizer="character")) < 200
