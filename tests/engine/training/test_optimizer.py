"""Each optimizer against its formula, worked out by hand; and who is moved by which."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from engine.training.model import Model
from engine.training.optimizer import Optimizers
from engine.training.rows import RowAdagrad
from tests.engine.training.small import ARCHITECTURES, OPTIMIZERS, small_settings

RATE, DECAY = 0.01, 0.2
VOCABULARY = 20
EXACT = {"rtol": 1e-5, "atol": 1e-7}
Weights = dict[str, torch.Tensor]


def built(optimizer: str, **changes: object) -> tuple[Model, Optimizers]:
    settings = small_settings(optimizer=optimizer, beta1=0.8, beta2=0.95, momentum=0.7, **changes)
    model = Model(settings, VOCABULARY)
    return model, Optimizers(model, settings)


def given(model: Model, seed: int) -> Weights:
    """Gradients for all weights, drawn at random."""
    generator = torch.Generator().manual_seed(seed)
    for weight in model.parameters():
        weight.grad = torch.randn(weight.shape, generator=generator)
    if model.n_grams is not None:
        for table in model.n_grams.parameters():
            table.grad = table.grad.to_sparse(1)  # as its rows are read
    return {name: weight.grad.clone() for name, weight in model.named_parameters()}


def present(model: Model) -> Weights:
    return {name: weight.detach().clone() for name, weight in model.named_parameters()}


def decayed(weight: torch.Tensor) -> torch.Tensor:
    """Matrices are pulled to 0; gains and shares are not."""
    return weight * (1 - RATE * DECAY) if weight.dim() == 2 else weight


def two_steps(optimizer: str, by_hand: Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]) -> None:
    """`by_hand` leads from a weight and two gradients to the weight after both steps."""
    model, optimizers = built(optimizer, tied=False)
    before, first = present(model), given(model, 1)
    optimizers.step(RATE, DECAY)
    second = given(model, 2)
    optimizers.step(RATE, DECAY)
    for name, weight in present(model).items():
        torch.testing.assert_close(weight, by_hand(before[name], first[name], second[name]), **EXACT)


def test_adamw_is_the_formula_of_its_paper():
    def by_hand(weight: torch.Tensor, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        mean, size = 0.2 * first, 0.05 * first**2
        weight = decayed(weight) - RATE * (mean / 0.2) / ((size / 0.05).sqrt() + 1e-8)
        mean, size = 0.8 * mean + 0.2 * second, 0.95 * size + 0.05 * second**2
        return decayed(weight) - RATE * (mean / (1 - 0.8**2)) / ((size / (1 - 0.95**2)).sqrt() + 1e-8)

    two_steps("adamw", by_hand)


def test_lion_is_the_formula_of_its_paper():
    def by_hand(weight: torch.Tensor, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        weight = decayed(weight) - RATE * (0.2 * first).sign()
        mean = 0.05 * first
        return decayed(weight) - RATE * (0.8 * mean + 0.2 * second).sign()

    two_steps("lion", by_hand)


def test_sgd_keeps_a_share_of_the_last_correction():
    def by_hand(weight: torch.Tensor, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        pull = DECAY if weight.dim() == 2 else 0.0
        correction = first + pull * weight
        weight = weight - RATE * correction
        return weight - RATE * (0.7 * correction + second + pull * weight)

    two_steps("sgd", by_hand)


# Muon


def names_of(model: Model, part: torch.optim.Optimizer) -> set[str]:
    moved = {id(weight) for group in part.param_groups for weight in group["params"]}
    return {name for name, weight in model.named_parameters() if id(weight) in moved}


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_muon_moves_the_matrices_of_the_blocks_and_nothing_else(architecture, tied):
    model, optimizers = built("muon", architecture=architecture, tied=tied, value_embeddings=True, n_grams=3)
    muon, adamw, *by_rows = optimizers.parts
    matrices = ("attention.queries_keys_values", "attention.back", "mlp.out", "mlp.back")
    hidden = {f"blocks.{layer}.{matrix}.weight" for layer in range(2) for matrix in matrices}
    assert names_of(model, muon) == hidden
    tables = {name for name, _ in model.named_parameters() if name.startswith("n_grams.")}
    assert names_of(model, adamw) == {name for name, _ in model.named_parameters()} - hidden - tables
    assert [names_of(model, part) for part in by_rows] == ([tables] if tables else [])
    assert {"tokens.weight", *([] if tied else ["head.weight"])} <= names_of(model, adamw)
    if architecture == "fast":
        assert "blocks.1.attention.values.weight" in names_of(model, adamw)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_weight_is_moved_by_one_optimizer_once(optimizer, architecture):
    model, optimizers = built(optimizer, architecture=architecture, tied=False)
    moved = [id(w) for part in optimizers.parts for group in part.param_groups for w in group["params"]]
    assert sorted(moved) == sorted(id(weight) for weight in model.parameters())


def test_a_correction_of_muon_is_nearly_orthogonal():
    model, optimizers = built("muon")
    before = present(model)
    given(model, 1)
    optimizers.step(RATE, 0.0)
    for name in names_of(model, optimizers.parts[0]):
        moved = (present(model)[name] - before[name]) / (RATE * 0.2 * np.sqrt(max(before[name].shape)))
        sizes = torch.linalg.svdvals(moved)
        assert 0.4 < sizes.min() <= sizes.max() < 1.4, name  # five iterations stop near 1


def test_muon_follows_the_momentum_of_the_gradients_and_decays():
    """Nesterov: of g1, then of the second gradient and 0.7 times the sum it leads to."""
    model, optimizers = built("muon")
    name = "blocks.0.attention.back.weight"
    start, first = present(model)[name], given(model, 1)[name]
    optimizers.step(RATE, DECAY)
    between, second = present(model)[name], given(model, 2)[name]
    optimizers.step(RATE, DECAY)
    pace = RATE * 0.2 * 4  # of a matrix of 16 by 16
    for before, after, direction in (
        (start, between, first),
        (between, present(model)[name], second + 0.7 * (0.7 * first + second)),
    ):
        u, _, v = torch.linalg.svd(direction)
        moved = (before * (1 - RATE * DECAY) - after) / pace
        assert torch.nn.functional.cosine_similarity(moved.flatten(), (u @ v).flatten(), dim=0) > 0.95


# all of them


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_matrices_decay_and_gains_and_tables_do_not(optimizer, architecture):
    model, optimizers = built(optimizer, architecture=architecture, tied=False, first_stream=True)
    before = {name: weight.add_(1.0).clone() for name, weight in model.state_dict().items()}  # none begins at 0
    for weight in model.dense():
        weight.grad = torch.zeros_like(weight)
    optimizers.step(RATE, DECAY)
    for name, weight in present(model).items():
        if weight.dim() == 2 and not name.startswith("n_grams."):
            assert torch.all(weight.abs() < before[name].abs()), name
        else:
            assert torch.equal(weight, before[name]), name


def test_a_row_of_a_table_moves_by_the_gradients_it_has_had_and_no_other_row_does():
    """Adagrad by hand: g / sqrt of the sum of mean squares, in one pace of the tables."""
    table = torch.nn.Embedding(5, 2, sparse=True)
    before = table.weight.detach().clone()
    optimizer = RowAdagrad([{"params": [table.weight], "lr": RATE}])
    moved = torch.zeros(5, 2)
    for gradient, squares in ((torch.tensor([3.0, 1.0]), 5.0), (torch.tensor([1.0, 2.0]), 7.5)):
        optimizer.zero_grad()
        rows_2C = table(torch.tensor([4, 4]))  # read twice: one gradient, of both together
        (rows_2C * gradient / 2).sum().backward()
        optimizer.step()
        moved[4] -= RATE * gradient / squares**0.5
    torch.testing.assert_close(table.weight.detach(), before + moved, **EXACT)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_rate_of_0_changes_nothing(optimizer):
    model, optimizers = built(optimizer)
    before = present(model)
    given(model, 1)
    optimizers.step(0.0, DECAY)
    assert all(torch.equal(weight, before[name]) for name, weight in present(model).items())


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_rate_and_decay_are_those_of_the_step(optimizer):
    """A turned knob counts at once, and what was set before is forgotten."""
    one, other = built(optimizer), built(optimizer)
    one[1].step(0.5, 0.5)  # no gradients yet: nothing moves
    for model, optimizers in (one, other):
        given(model, 1)
        optimizers.step(RATE, DECAY)
    assert all(torch.equal(a, b) for a, b in zip(one[0].parameters(), other[0].parameters(), strict=True))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_gradients_are_forgotten_after_the_step(optimizer):
    model, optimizers = built(optimizer)
    given(model, 1)
    optimizers.step(RATE, DECAY)
    assert all(weight.grad is None for weight in model.parameters())
