"""One correction: the same in parts as whole, unharmed by a batch that asks nothing, dropout that repeats itself."""

import numpy as np
import pytest
import torch

from engine.training.learner import Learner
from engine.training.model import IGNORED
from engine.training.spikes import WINDOW, Spikes
from tests.engine.training.small import ARCHITECTURES, OBJECTIVES, OPTIMIZERS, small_learner, weights

PARTS = [(4, 4), (4, 2), (5, 3), (7, 4), (4, 3)]  # the last three do not divide evenly
EXACT = {"rtol": 0.0, "atol": 1e-6}


def batch(learner: Learner) -> tuple[torch.Tensor, torch.Tensor]:
    return learner.tasks(learner.mixture.texts[0].take(0, learner.settings.batch_size), 0)


def gradients(learner: Learner) -> dict[str, torch.Tensor]:
    """Of all weights; those of tables are sparse in the rows."""
    known = {name: weight.grad for name, weight in learner.model.named_parameters() if weight.grad is not None}
    return {name: gradient.to_dense() for name, gradient in known.items()}


@pytest.mark.parametrize("architecture", ["gpt2", "fast"])
@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize(("size", "parts"), PARTS)
def test_a_batch_in_parts_gives_the_loss_and_gradients_of_the_whole(architecture, objective, size, parts):
    changes = {"objective": objective, "batch_size": size, "architecture": architecture, "zero_projections": False}
    whole, cut = small_learner(**changes), small_learner(**changes, micro_batches=parts)
    losses = [learner.gradients(*batch(learner)) for learner in (whole, cut)]
    torch.testing.assert_close(*losses, **EXACT)
    assert gradients(whole).keys() == gradients(cut).keys() == weights(whole).keys()
    for name, gradient in gradients(whole).items():
        torch.testing.assert_close(gradients(cut)[name], gradient, **EXACT)


def test_the_parts_of_a_masked_batch_ask_for_unequal_numbers_of_tokens():
    """Else the test above would not notice a mean of means."""
    _, targets_BT = batch(small_learner(objective="masked"))
    assert len(set((targets_BT != IGNORED).sum(1).tolist())) > 1


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize(("size", "parts"), [(4, 4), (5, 3)])
def test_training_in_parts_arrives_where_training_whole_does(objective, size, parts):
    changes = {"objective": objective, "batch_size": size, "optimizer": "sgd", "learning_rate": 0.05}
    whole, cut = small_learner(**changes), small_learner(**changes, micro_batches=parts)
    for _ in range(8):
        torch.testing.assert_close(whole.correct().loss, cut.correct().loss, **EXACT)
    for name, weight in weights(whole).items():
        torch.testing.assert_close(weights(cut)[name], weight, **EXACT)


def test_the_loss_is_the_mean_over_the_targets_that_are_asked_for():
    learner = small_learner(objective="masked", architecture="gpt2")
    inputs_BT, targets_BT = batch(learner)
    chances_BTV = learner.model(inputs_BT).softmax(-1)
    asked = (targets_BT != IGNORED).nonzero().tolist()
    by_hand = [-chances_BTV[row, place, targets_BT[row, place]].log().item() for row, place in asked]
    assert learner.gradients(inputs_BT, targets_BT).item() == pytest.approx(np.mean(by_hand), rel=1e-5)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize(("architecture", "parts"), [("modern", 1), ("modern", 3), ("fast", 3)])
def test_a_batch_that_asks_nothing_gives_no_loss_and_harms_nothing(optimizer, architecture, parts):
    changes = {"optimizer": optimizer, "architecture": architecture, "micro_batches": parts}
    learner = small_learner(objective="masked", weight_decay=0.0, **changes)
    before, asking = weights(learner), learner.tasks
    learner.tasks = lambda windows_BN, number: (asking(windows_BN, number)[0], torch.full((4, 16), IGNORED))
    correction = learner.correct()
    assert (correction.loss.item(), correction.norm.item(), correction.made) == (0.0, 0.0, True)
    assert all(torch.equal(weight, before[name]) for name, weight in weights(learner).items())
    learner.tasks = asking
    assert learner.correct().loss.item() > 0
    assert all(weight.isfinite().all() for weight in weights(learner).values())


def test_a_share_so_small_that_many_batches_ask_nothing_is_learned_from():
    learner = small_learner(objective="masked", masked_share=0.01, batch_size=2, micro_batches=2)
    losses = [learner.correct().loss.item() for _ in range(20)]
    assert 0.0 in losses
    assert max(losses) > 1.0
    assert np.isfinite(losses).all()


def test_tables_of_n_grams_are_kept_from_the_compiler_which_cannot_do_their_gradients(monkeypatch):
    monkeypatch.setattr(torch, "compile", lambda model: model)
    plain, compiled = (small_learner(architecture="fast", compiled=compiled) for compiled in (False, True))
    assert not hasattr(plain.worker.n_grams.forward, "_torchdynamo_disable")
    assert compiled.worker.n_grams.forward._torchdynamo_disable
    assert compiled.correct().loss.item() == plain.correct().loss.item()


# dropout


def test_dropout_is_the_same_for_the_same_step_and_another_for_the_next():
    learner = small_learner(dropout=0.3)
    loss = learner.gradients(*batch(learner))
    torch.rand(3)  # the global generator is not asked
    assert torch.equal(learner.gradients(*batch(learner)), loss)
    learner.step = 1
    assert not torch.equal(learner.gradients(*batch(learner)), loss)


@pytest.mark.parametrize("seed", [2, 2**31 - 1])
def test_another_seed_drops_other_numbers(seed):
    learner = small_learner(dropout=0.3)
    loss = learner.gradients(*batch(learner))
    learner.settings = learner.settings.model_copy(update={"seed": seed})
    assert not torch.equal(learner.gradients(*batch(learner)), loss)


def test_each_part_of_a_batch_drops_other_numbers():
    """The same row twice: with one mask for both parts, the second would add exactly the first's gradient."""
    learner = small_learner(dropout=0.3, batch_size=2, micro_batches=2, architecture="gpt2")
    inputs_1T, targets_1T = (rows[:1] for rows in batch(learner))
    both = learner.gradients(inputs_1T.repeat(2, 1), targets_1T.repeat(2, 1))
    assert not torch.equal(both, learner.gradients(inputs_1T, targets_1T))


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_dropout_drops_its_share_while_training_and_nothing_otherwise(architecture):
    learner, plain = small_learner(dropout=0.3, architecture=architecture), small_learner(architecture=architecture)
    for weight, other in zip(learner.model.parameters(), plain.model.parameters(), strict=True):
        assert torch.equal(weight, other)
    inputs_BT, _ = batch(learner)
    learner.model.drop.seed((1, 2, 3), torch.device("cpu"))
    kept = learner.model.drop(torch.ones(100_000))
    assert (kept == 0).float().mean().item() == pytest.approx(0.3, abs=0.01)
    assert kept.mean().item() == pytest.approx(1.0, abs=0.01)
    assert not torch.equal(learner.model(inputs_BT), plain.model(inputs_BT))
    learner.model.eval()
    torch.testing.assert_close(learner.model(inputs_BT), plain.model(inputs_BT))


# spikes


def with_a_spike(**changes: object) -> Learner:
    """A learner whose gradients have been next to nothing so far."""
    learner = small_learner(**changes)
    learner.spikes = Spikes("loss"), Spikes("gradient", [1e-6 * (1 + n % 2) for n in range(WINDOW)])
    return learner


def test_a_spike_is_told_and_followed():
    learner = with_a_spike()
    before, correction = weights(learner), learner.correct()
    assert [spike.what for spike in correction.spikes] == ["gradient"]
    assert correction.spikes[0].value == correction.norm.item()
    assert correction.made
    assert not torch.equal(weights(learner)["tokens.weight"], before["tokens.weight"])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_spike_that_is_skipped_leaves_weights_and_memory_and_the_step_counts(optimizer):
    learner = with_a_spike(skip_spikes=True, optimizer=optimizer)
    before, correction = weights(learner), learner.correct()
    assert not correction.made
    assert all(torch.equal(weight, before[name]) for name, weight in weights(learner).items())
    assert learner.optimizers.memory() == []
    assert (learner.step, learner.windows_seen) == (1, 4)
    assert not gradients(learner)


def test_the_first_steps_are_never_spikes():
    learner = small_learner(skip_spikes=True, learning_rate=0.1, warmup=0, batch_size=1)
    assert not any(learner.correct().spikes for _ in range(WINDOW))


# numbers that are none


def test_a_gradient_that_is_no_number_leaves_everything_as_it_was():
    learner = small_learner()
    learner.correct()
    kept, memory = weights(learner), [{k: v.clone() for k, v in m.items()} for _, m in learner.optimizers.memory()]
    learner.model.tokens.weight.register_hook(lambda gradient: gradient * torch.nan)
    correction = learner.correct()
    assert not correction.made
    assert correction.loss.isfinite()
    assert (learner.step, learner.windows_seen) == (1, 4)
    assert all(torch.equal(weight, kept[name]) for name, weight in weights(learner).items())
    for before, (_, after) in zip(memory, learner.optimizers.memory(), strict=True):
        assert all(torch.equal(before[name], after[name]) for name in before)


def test_the_gradient_is_cut_to_the_clip_and_told_before_it_was():
    free, cut = (small_learner(clip=clip, optimizer="sgd", learning_rate=0.1, warmup=0, weight_decay=0.0)
                 for clip in (0.0, 0.01))  # fmt: skip
    before = weights(free)
    norm = free.correct().norm.item()
    assert cut.correct().norm.item() == norm > 0.01
    moved = torch.cat([(weights(cut)[name] - before[name]).flatten() for name in before])
    assert moved.norm().item() == pytest.approx(0.1 * 0.01, rel=1e-3)
    whole = torch.cat([(weights(free)[name] - before[name]).flatten() for name in before])
    assert whole.norm().item() == pytest.approx(0.1 * norm, rel=1e-3)
