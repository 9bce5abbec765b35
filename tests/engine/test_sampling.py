"""The sampler, on chances that are known by hand."""

from collections import Counter

import pytest
import torch

from engine.probes.sampling import Choice, choose, write
from engine.settings import Settings
from engine.training.model import Model

LOGITS = torch.tensor([0.1, 0.5, 0.3, 0.1]).log()


def drawn(temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0, count: int = 4000) -> dict[int, float]:
    random = torch.Generator().manual_seed(0)
    counts = Counter(choose(LOGITS.clone(), Choice(temperature, top_k, top_p, 0), random) for _ in range(count))
    return {token: n / count for token, n in sorted(counts.items())}


def test_temperature_one_draws_by_the_chances():
    assert drawn() == pytest.approx({0: 0.1, 1: 0.5, 2: 0.3, 3: 0.1}, abs=0.03)


def test_temperature_zero_takes_the_likeliest():
    assert drawn(temperature=0, count=20) == {1: 1.0}


def test_a_low_temperature_sharpens_by_its_power():
    squares = {0: 0.01, 1: 0.25, 2: 0.09, 3: 0.01}
    assert drawn(temperature=0.5) == pytest.approx({t: v / 0.36 for t, v in squares.items()}, abs=0.03)


def test_top_k_leaves_k_tokens_with_their_proportions():
    assert drawn(top_k=2) == pytest.approx({1: 0.625, 2: 0.375}, abs=0.03)
    assert drawn(top_k=1, count=20) == {1: 1.0}


def test_top_p_keeps_the_fewest_tokens_that_reach_it():
    assert set(drawn(top_p=0.5)) == {1}
    assert set(drawn(top_p=0.51)) == {1, 2}
    assert set(drawn(top_p=0.01, count=20)) == {1}


@pytest.fixture
def model() -> Model:
    return Model(Settings(layers=1, heads=2, width=16, context=8), 12)


def test_equal_arguments_write_equal_text_and_another_seed_another(model):
    texts = [write(model, [1, 2], 30, Choice(1.0, 0, 1.0, seed), end=0, ordinary=12) for seed in (1, 1, 2)]
    assert texts[0] == texts[1] != texts[2]


def test_writing_leaves_the_global_generator_alone(model):
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    write(model, [1], 20, Choice(1.0, 0, 1.0, 1), end=0, ordinary=12)
    assert torch.equal(torch.rand(1), expected)


def test_writing_goes_on_past_the_context_and_stops_before_the_end_token(model):
    how = Choice(1.0, 0, 1.0, seed=3)
    long = write(model, [1] * 20, 40, how, end=-1, ordinary=12)
    assert len(long) == 40
    first = long[10]
    assert write(model, [1] * 20, 40, how, end=first, ordinary=12) == long[: long.index(first)]


@pytest.mark.parametrize("mask", [None, 12])
@pytest.mark.parametrize("temperature", [0.0, 1.0, 2.0])
def test_special_tokens_are_never_written_however_likely(mask, temperature):
    """12, 13 and 14 stand after the tokenizer's own."""
    objective = "infill" if mask is None else "masked"
    model = Model(Settings(layers=1, heads=2, width=16, context=8, tied=False, objective=objective), 15)
    with torch.no_grad():
        model.head.weight[12:] = 50 * torch.randn(3, 16, generator=torch.Generator().manual_seed(0))
    chosen = Choice(temperature, 0, 1.0, seed=1)
    likeliest = model(torch.arange(12)[None, :8])[0].argmax(-1)
    assert (likeliest >= 12).any()  # it would, if it could
    assert set(write(model, [1, 2], 60, chosen, end=-1, ordinary=12, mask=mask)) <= set(range(12))
    assert set(write(model, [12, 1, 13, 2, 14], 60, chosen, end=-1, ordinary=12, mask=mask)) <= set(range(12))


def test_a_model_of_hidden_tokens_writes_what_it_expects_behind_the_text():
    model = Model(Settings(layers=1, heads=2, width=16, context=8, objective="masked"), 13)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(torch.randn(weight.shape, generator=generator))
    expected = [1, 2]
    for _ in range(12):  # the context is 8, the last place for the mask
        expected.append(int(model(torch.tensor([[*expected[-7:], 12]]))[0, -1, :12].argmax()))
    assert write(model, [1, 2], 12, Choice(0.0, 0, 1.0, 1), end=-1, ordinary=12, mask=12) == expected[2:]


def test_nothing_is_written_by_a_model_that_has_diverged(model):
    with torch.no_grad():
        model.tokens.weight.fill_(torch.nan)
    assert write(model, [1], 5, Choice(1.0, 0, 1.0, 1), end=0, ordinary=12) == []
