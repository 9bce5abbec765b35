"""Averaged weights: the formula, a look of their own, and no trace in training."""

import pytest
import torch
from torch.func import functional_call

from engine.training.average import Average
from engine.training.model import Model
from tests.engine.training.small import ARCHITECTURES, ORDINARY, small_learner, small_settings, weights


def tokens() -> torch.Tensor:
    return torch.randint(0, ORDINARY, (2, 16), generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("memory", [0.05, 0.9, 0.9999])
def test_the_average_follows_by_its_formula_and_faster_at_first(memory):
    learner = small_learner(average=memory, learning_rate=0.05)
    expected = weights(learner)
    for step in range(1, 16):
        learner.correct()
        kept = min(memory, step / (step + 10))
        for name, weight in weights(learner).items():
            expected[name] = kept * expected[name] + (1 - kept) * weight
    for name, weight in learner.average.weights.items():
        torch.testing.assert_close(weight, expected[name])
    assert not torch.equal(learner.average.weights["tokens.weight"], weights(learner)["tokens.weight"])


@pytest.mark.parametrize("changes", [{}, {"dropout": 0.2}, {"optimizer": "muon"}, {"architecture": "fast"}], ids=str)
def test_averaging_leaves_the_training_bit_identical(changes):
    plain, averaged = small_learner(**changes), small_learner(**changes, average=0.9)
    for _ in range(6):
        assert plain.correct().loss.item() == averaged.correct().loss.item()
        averaged.average(tokens())
    assert all(torch.equal(weight, weights(plain)[name]) for name, weight in weights(averaged).items())


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_averaged_model_is_the_model_with_those_weights(architecture, tied):
    learner = small_learner(average=0.9, architecture=architecture, tied=tied)
    for _ in range(3):
        learner.correct()
    other = Model(learner.settings, ORDINARY)
    other.load_state_dict({**weights(learner), **learner.average.weights})  # tables of n-grams are not averaged
    before = weights(learner)
    assert torch.equal(learner.average(tokens()), other(tokens()))
    assert not torch.equal(learner.average(tokens()), learner.model(tokens()))
    assert all(torch.equal(weight, before[name]) for name, weight in weights(learner).items())


def test_the_average_is_no_alias_of_the_weights():
    model = Model(small_settings(), ORDINARY)
    average = Average(model)
    kept = {name: weight.clone() for name, weight in average.weights.items()}
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(1.0)
    assert all(torch.equal(weight, kept[name]) for name, weight in average.weights.items())
    assert not any(weight.requires_grad for weight in average.weights.values())
    assert torch.equal(average(tokens()), functional_call(model, kept, (tokens(),)))
