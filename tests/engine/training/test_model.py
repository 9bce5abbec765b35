"""The model: no peeking, one truth in two computations, sizes as promised."""

import pytest
import torch

from engine.settings import Settings
from engine.size import memory, parameters
from engine.training.model import Model, Rotation, nats

VOCABULARY = 50
ARCHITECTURES = ("modern", "fast", "gpt2")


def settings(architecture: str, **changes: object) -> Settings:
    return Settings(architecture=architecture, layers=3, heads=4, width=32, context=16, **changes)


def stirred(architecture: str) -> Model:
    """A model whose zero-initialised matrices do something."""
    model = Model(settings(architecture), VOCABULARY)
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(0.3 * torch.randn(weight.shape, generator=generator))
    return model


def some_tokens(rows: int = 2) -> torch.Tensor:
    return torch.randint(0, VOCABULARY, (rows, 16), generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_later_tokens_leave_earlier_logits_unchanged(architecture):
    model, tokens_BT = stirred(architecture), some_tokens()
    changed_BT = tokens_BT.clone()
    changed_BT[:, 9] = (changed_BT[:, 9] + 1) % VOCABULARY
    before, after = model(tokens_BT), model(changed_BT)
    assert torch.equal(before[:, :9], after[:, :9])
    assert not torch.allclose(before[:, 9:], after[:, 9:])


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_attention_on_show_computes_what_training_computes(architecture):
    model, tokens_BT = stirred(architecture), some_tokens()
    maps: list[torch.Tensor] = []
    shown, trained = model(tokens_BT, maps), model(tokens_BT)
    torch.testing.assert_close(shown, trained, rtol=1e-4, atol=1e-4)
    shares_LBHTT = torch.stack(maps)
    torch.testing.assert_close(shares_LBHTT.sum(-1), torch.ones(3, 2, 4, 16))
    assert not shares_LBHTT.triu(1).any()


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_size_is_known_before_the_model_is_built(architecture):
    model = Model(settings(architecture), VOCABULARY)
    assert parameters(settings(architecture), VOCABULARY) == sum(weight.numel() for weight in model.parameters())


@pytest.mark.parametrize(
    ("architecture", "layers", "width", "context", "batch", "vocabulary", "measured"),
    [
        ("modern", 4, 128, 64, 24, 1024, 274),
        ("modern", 6, 384, 256, 16, 4096, 2235),
        ("gpt2", 6, 384, 256, 16, 4096, 1558),
        ("modern", 2, 64, 256, 64, 32768, 7017),
        ("modern", 4, 256, 1024, 4, 1024, 971),
    ],
)
def test_the_memory_it_needs_is_estimated_on_the_safe_side(
    architecture, layers, width, context, batch, vocabulary, measured
):
    changes = {"layers": layers, "heads": 2, "width": width, "context": context, "batch_size": batch}
    estimate = memory(Settings(architecture=architecture, **changes), vocabulary) / 1e6
    assert measured <= estimate <= 1.2 * measured  # MB of a process on a processor, three steps


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_same_seed_same_start_whatever_else_was_drawn(architecture):
    one = Model(settings(architecture), VOCABULARY)
    torch.rand(7)  # the global generator is not ours
    same, other = Model(settings(architecture), VOCABULARY), Model(settings(architecture, seed=2), VOCABULARY)
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), same.parameters(), strict=True))
    assert not torch.equal(one.tokens.weight, other.tokens.weight)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_an_untrained_model_guesses_uniformly(architecture):
    model, tokens_BT = Model(settings(architecture), VOCABULARY), some_tokens(32)
    loss = nats(model(tokens_BT), some_tokens(32).flip(1)).item() / tokens_BT.numel()
    assert loss == pytest.approx(torch.tensor(float(VOCABULARY)).log().item(), abs=0.1)


def test_rotary_attention_feels_distances_only():
    rotation = Rotation(Settings(width=32, heads=4, context=12))
    cos_TD, sin_TD = rotation.cos_TD, rotation.sin_TD
    q, k = (
        torch.randn(8, generator=torch.Generator().manual_seed(2)),
        torch.randn(8, generator=torch.Generator().manual_seed(3)),
    )

    def at(x: torch.Tensor, t: int) -> torch.Tensor:
        return x * cos_TD[t] + torch.cat((-x[4:], x[:4])) * sin_TD[t]

    assert torch.allclose(at(q, 5) @ at(k, 3), at(q, 11) @ at(k, 9), atol=1e-5)
    assert not torch.allclose(at(q, 5) @ at(k, 3), at(q, 5) @ at(k, 4), atol=1e-3)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_short_text_is_read_as_the_start_of_a_long_one(architecture):
    model, tokens_BT = stirred(architecture), some_tokens()
    torch.testing.assert_close(model(tokens_BT[:, :5]), model(tokens_BT)[:, :5], rtol=1e-4, atol=1e-4)
