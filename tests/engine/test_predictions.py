"""What is shown of the model equals what the model computes."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from engine.probes.predictions import GUESSES, attend, expect, expect_hidden, expect_masked
from engine.settings import Settings
from engine.training.model import IGNORED, Model

TOKENS = np.array([0, 3, 5, 7, 7, 1], np.int32)
MASK = 39


def stirred(**changes: object) -> Model:
    """A model that is sure of something, whatever."""
    model = Model(Settings(layers=2, heads=2, width=16, context=8, **changes), 40)
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(0.4 * torch.randn(weight.shape, generator=generator))
    return model.eval()


@pytest.fixture
def model() -> Model:
    return stirred()


@pytest.fixture(params=["modern", "fast", "gpt2"])
def two_sided(request: pytest.FixtureRequest) -> Model:
    return stirred(objective="masked", architecture=request.param)


def chances(model: Model, tokens: list[int]) -> np.ndarray:
    """Chances_TV by the forward of training."""
    return model(torch.tensor([tokens]))[0].softmax(-1).detach().numpy()


def test_losses_and_chances_are_those_of_the_training_forward(model):
    seen = expect(model, TOKENS)
    tokens = torch.from_numpy(TOKENS.astype(np.int64))
    logits_NV = model(tokens[None])[0]
    np.testing.assert_allclose(
        seen.losses_T, F.cross_entropy(logits_NV[:-1], tokens[1:], reduction="none").detach(), rtol=1e-4
    )
    chances_NV = logits_NV.softmax(-1).detach().numpy()
    assert seen.guesses_NK.shape == (6, GUESSES)
    np.testing.assert_allclose(np.take_along_axis(chances_NV, seen.guesses_NK, 1), seen.chances_NK, rtol=1e-3)
    assert (np.diff(seen.chances_NK, axis=1) <= 0).all()
    np.testing.assert_array_equal(seen.guesses_NK[:, 0], chances_NV.argmax(1))


def test_attention_rows_are_whole_and_the_future_is_empty(model):
    attention_LHNN = attend(model, TOKENS)
    assert attention_LHNN.shape == (2, 2, 6, 6)
    assert attention_LHNN.dtype == np.uint16
    np.testing.assert_allclose(attention_LHNN.sum(-1, dtype=int), 65535, atol=3)
    assert not np.triu(attention_LHNN, 1).any()


def test_one_token_alone_is_looked_at_too(model):
    seen, attention_LHNN = expect(model, TOKENS[:1]), attend(model, TOKENS[:1])
    assert seen.losses_T.shape == (0,)
    assert seen.guesses_NK.shape == (1, GUESSES)
    assert (attention_LHNN == 65535).all()


# masked


def test_each_token_is_predicted_with_itself_hidden(two_sided):
    seen = expect_masked(two_sided, TOKENS, MASK)
    assert seen.losses_T.shape == (5,)
    assert seen.guesses_NK.shape == seen.chances_NK.shape == (6, GUESSES)
    for place in range(1, 6):
        hidden = TOKENS.tolist()
        hidden[place] = MASK
        chances_V = chances(two_sided, hidden)[place]
        assert seen.losses_T[place - 1] == pytest.approx(-np.log(chances_V[TOKENS[place]]), rel=1e-4)
        assert seen.guesses_NK[place - 1, 0] == chances_V.argmax()
        np.testing.assert_allclose(seen.chances_NK[place - 1], np.sort(chances_V)[::-1][:GUESSES], rtol=1e-3)


def test_what_comes_after_a_text_is_asked_with_a_mask_behind_it(two_sided):
    chances_V = chances(two_sided, [*TOKENS.tolist(), MASK])[-1]
    seen = expect_masked(two_sided, TOKENS, MASK)
    assert seen.guesses_NK[-1, 0] == chances_V.argmax()
    np.testing.assert_allclose(seen.chances_NK[-1], np.sort(chances_V)[::-1][:GUESSES], rtol=1e-3)


def test_one_token_alone_with_a_mask_behind_it_is_looked_at_too(two_sided):
    seen = expect_masked(two_sided, TOKENS[:1], MASK)
    assert seen.losses_T.shape == (0,)
    assert seen.guesses_NK.shape == (1, GUESSES)


def test_what_was_not_asked_has_no_loss(two_sided):
    inputs_T, targets_T = np.array([0, MASK, 5, 7, 9, 1]), np.array([IGNORED, 3, IGNORED, IGNORED, 7, IGNORED])
    seen = expect_hidden(two_sided, inputs_T, targets_T, IGNORED)
    chances_TV = chances(two_sided, inputs_T.tolist())
    np.testing.assert_array_equal(np.isnan(seen.losses_T), [True, False, True, True, False, True])
    for place in (1, 4):
        assert seen.losses_T[place] == pytest.approx(-np.log(chances_TV[place, targets_T[place]]), rel=1e-4)
    np.testing.assert_array_equal(seen.guesses_NK[:-1, 0], chances_TV.argmax(1))
    assert seen.guesses_NK.shape == (7, GUESSES)
    assert not seen.chances_NK[-1].any()


def test_a_window_in_which_nothing_was_asked_is_shown_all_the_same(two_sided):
    seen = expect_hidden(two_sided, TOKENS, np.full(6, IGNORED), IGNORED)
    assert np.isnan(seen.losses_T).all()
    assert np.isfinite(seen.chances_NK).all()


def test_a_masked_model_looks_both_ways_and_its_rows_are_whole(two_sided):
    attention_LHNN = attend(two_sided, TOKENS)
    np.testing.assert_allclose(attention_LHNN.sum(-1, dtype=int), 65535, atol=3)
    assert np.triu(attention_LHNN, 1).any(axis=(2, 3)).all()
    assert np.tril(attention_LHNN, -1).any(axis=(2, 3)).all()
