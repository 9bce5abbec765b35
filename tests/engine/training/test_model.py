"""The model: no peeking, one truth in two computations, sizes as promised."""

from math import sqrt

import pytest
import torch

from engine.settings import Settings
from engine.size import parameters
from engine.training.model import Model, Rotation, nats

VOCABULARY = 50
ARCHITECTURES = ("modern", "fast", "gpt2")


def settings(architecture: str, **changes: object) -> Settings:
    return Settings(architecture=architecture, layers=3, heads=4, width=32, context=16, **changes)


def stirred(architecture: str, **changes: object) -> Model:
    """A model whose zero-initialised matrices do something."""
    model = Model(settings(architecture, **changes), VOCABULARY)
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


@pytest.mark.parametrize("objective", ["causal", "masked"])
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_fused_and_plain_attention_give_the_same_logits_and_gradients(architecture, objective):
    fused, plain = (stirred(architecture, objective=objective, attention=kernel) for kernel in ("fused", "plain"))
    tokens_BT = some_tokens()
    logits = fused(tokens_BT), plain(tokens_BT)
    torch.testing.assert_close(*logits, rtol=1e-4, atol=1e-4)
    for logits_BTV in logits:
        nats(logits_BTV, tokens_BT.flip(1)).backward()
    for one, other in zip(fused.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(one.grad, other.grad, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_masked_model_sees_later_tokens(architecture):
    model, tokens_BT = stirred(architecture, objective="masked"), some_tokens()
    changed_BT = tokens_BT.clone()
    changed_BT[:, -1] = (changed_BT[:, -1] + 1) % VOCABULARY
    assert not torch.allclose(model(tokens_BT)[:, 0], model(changed_BT)[:, 0])


@pytest.mark.parametrize("kernel", ["fused", "plain"])
@pytest.mark.parametrize("shared", [1, 2])
@pytest.mark.parametrize("architecture", ["modern", "fast"])
def test_shared_keys_and_values_are_plain_attention_with_repeated_heads(architecture, shared, kernel):
    grouped = stirred(architecture, key_value_heads=shared, attention=kernel, value_embeddings=False)
    whole = stirred(architecture, attention=kernel, value_embeddings=False)
    weights = grouped.state_dict()
    for name, matrix in weights.items():
        if "queries_keys_values" in name:
            q_HDC, k_GDC, v_GDC = matrix.view(4 + 2 * shared, 8, 32).split((4, shared, shared))
            repeated = [x_GDC.repeat_interleave(4 // shared, dim=0) for x_GDC in (k_GDC, v_GDC)]
            weights[name] = torch.cat((q_HDC, *repeated)).reshape(96, 32)
    whole.load_state_dict(weights)
    torch.testing.assert_close(grouped(some_tokens()), whole(some_tokens()), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_tied_output_is_the_embedding_and_an_untied_one_is_not(architecture):
    tied, untied = stirred(architecture), stirred(architecture, tied=False)
    assert tied.output is tied.tokens.weight
    assert "head.weight" not in dict(tied.named_parameters())
    missing, surplus = untied.load_state_dict(tied.state_dict(), strict=False)
    assert (missing, surplus) == (["head.weight"], [])
    assert not torch.allclose(untied(some_tokens()), tied(some_tokens()))
    with torch.no_grad():
        untied.head.weight.copy_(tied.tokens.weight)
    assert torch.equal(untied(some_tokens()), tied(some_tokens()))


# the published shapes, written out by hand for one row of text


def rms(x: torch.Tensor, gain: torch.Tensor) -> torch.Tensor:
    return x / (x.square().mean(-1, keepdim=True) + 1e-6).sqrt() * gain


def turned(x_TD: torch.Tensor) -> torch.Tensor:
    """Rotary positions: numbers d and d + D/2 are a point on a plane, turned by t / 10000^(2d/D)."""
    T, D = x_TD.shape
    turned_TD = torch.empty_like(x_TD)
    for t in range(T):
        for d in range(D // 2):
            angle = torch.tensor(t / 10_000 ** (2 * d / D))
            x, y = x_TD[t, d], x_TD[t, d + D // 2]
            turned_TD[t, d] = x * angle.cos() - y * angle.sin()
            turned_TD[t, d + D // 2] = y * angle.cos() + x * angle.sin()
    return turned_TD


def looked(q_TD: torch.Tensor, k_TD: torch.Tensor, v_TD: torch.Tensor) -> torch.Tensor:
    """Attention of one head, place by place."""
    rows = [(q_TD[t] @ k_TD[: t + 1].T / sqrt(q_TD.shape[1])).softmax(-1) @ v_TD[: t + 1] for t in range(len(q_TD))]
    return torch.stack(rows)


@torch.no_grad()
def qwen3(weights: dict[str, torch.Tensor], tokens_T: torch.Tensor, heads: int, shared: int) -> torch.Tensor:
    """Qwen3 (Yang et al. 2025): logits_TV."""
    x_TC = weights["tokens.weight"][tokens_T]
    D = x_TC.shape[1] // heads
    for layer in range(3):
        block = {name.removeprefix(f"blocks.{layer}."): w for name, w in weights.items()}
        q_proj, k_proj, v_proj = block["attention.queries_keys_values.weight"].split(
            (heads * D, shared * D, shared * D)
        )
        normed_TC = rms(x_TC, block["attention_norm.weight"])
        q_TC, k_TC, v_TC = normed_TC @ q_proj.T, normed_TC @ k_proj.T, normed_TC @ v_proj.T
        looks = []
        for head in range(heads):
            mine, theirs = head * D, head // (heads // shared) * D
            q_TD = turned(rms(q_TC[:, mine : mine + D], block["attention.rotation.query_norm.weight"]))
            k_TD = turned(rms(k_TC[:, theirs : theirs + D], block["attention.rotation.key_norm.weight"]))
            looks.append(looked(q_TD, k_TD, v_TC[:, theirs : theirs + D]))
        x_TC = x_TC + torch.cat(looks, dim=1) @ block["attention.back.weight"].T  # o_proj
        normed_TC = rms(x_TC, block["mlp_norm.weight"])
        gate_proj, up_proj = block["mlp.out.weight"].chunk(2)
        gate_TF = normed_TC @ gate_proj.T
        x_TC = x_TC + (gate_TF * gate_TF.sigmoid() * (normed_TC @ up_proj.T)) @ block["mlp.back.weight"].T  # down_proj
    return rms(x_TC, weights["norm.weight"]) @ weights.get("head.weight", weights["tokens.weight"]).T


@torch.no_grad()
def gpt2(weights: dict[str, torch.Tensor], tokens_T: torch.Tensor, heads: int) -> torch.Tensor:
    """GPT-2 without biases, as nanoGPT has it: logits_TV."""

    def layer_norm(x: torch.Tensor, gain: torch.Tensor) -> torch.Tensor:
        spread = x.var(-1, keepdim=True, correction=0)
        return (x - x.mean(-1, keepdim=True)) / (spread + 1e-5).sqrt() * gain

    x_TC = weights["tokens.weight"][tokens_T] + weights["positions.weight"][: len(tokens_T)]
    D = x_TC.shape[1] // heads
    for layer in range(3):
        block = {name.removeprefix(f"blocks.{layer}."): w for name, w in weights.items()}
        qkv = layer_norm(x_TC, block["attention_norm.weight"]) @ block["attention.queries_keys_values.weight"].T
        looks = [looked(*parts) for parts in zip(*(x.split(D, dim=1) for x in qkv.chunk(3, dim=1)), strict=True)]
        x_TC = x_TC + torch.cat(looks, dim=1) @ block["attention.back.weight"].T
        hidden_TF = layer_norm(x_TC, block["mlp_norm.weight"]) @ block["mlp.out.weight"].T
        bent_TF = 0.5 * hidden_TF * (1 + torch.erf(hidden_TF / sqrt(2)))
        x_TC = x_TC + bent_TF @ block["mlp.back.weight"].T
    return layer_norm(x_TC, weights["norm.weight"]) @ weights.get("head.weight", weights["tokens.weight"]).T


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("shared", [4, 2, 1])
def test_modern_is_qwen3(shared, tied):
    model = stirred("modern", key_value_heads=shared, tied=tied)
    by_hand = qwen3(dict(model.named_parameters()), some_tokens()[0], 4, shared)
    torch.testing.assert_close(model(some_tokens())[0], by_hand, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("tied", [True, False])
def test_gpt2_is_gpt2(tied):
    model = stirred("gpt2", tied=tied)
    by_hand = gpt2(dict(model.named_parameters()), some_tokens()[0], 4)
    torch.testing.assert_close(model(some_tokens())[0], by_hand, rtol=1e-3, atol=1e-3)
