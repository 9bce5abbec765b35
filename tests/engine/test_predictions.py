"""What is shown of the model equals what the model computes."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from engine.probes.predictions import GUESSES, attend, expect
from engine.settings import Settings
from engine.training.model import Model

TOKENS = np.array([0, 3, 5, 7, 7, 1], np.int32)


@pytest.fixture
def model() -> Model:
    model = Model(Settings(layers=2, heads=2, width=16, context=8), 40)
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(0.4 * torch.randn(weight.shape, generator=generator))
    return model


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
