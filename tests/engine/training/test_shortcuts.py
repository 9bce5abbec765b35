"""What the architecture “fast” adds: n-grams that hear every token, shortcuts that begin as nothing, a soft cap."""

import pytest
import torch

from engine.training.model import Model
from engine.training.shortcuts import Mixture, NGrams, TokenShift, soft_capped
from tests.engine.training.small import ORDINARY, small_settings


def longest_only(order: int, vocabulary: int) -> NGrams:
    """Rows drawn at random for n-grams of this order, zeros for the shorter ones."""
    module = NGrams(small_settings(architecture="fast", n_grams=order), vocabulary)
    with torch.no_grad():
        for table in module.tables:
            table.weight.zero_()
        module.tables[-1].weight.normal_(generator=torch.Generator().manual_seed(0))
    return module


def tokens(vocabulary: int) -> torch.Tensor:
    return torch.randint(0, vocabulary, (16, 16), generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("vocabulary", [20, 65, 256, 1024, 4096, 32768])
@pytest.mark.parametrize("order", [2, 3, 4, 5])
def test_every_token_of_an_n_gram_decides_its_row_and_no_other_does(order, vocabulary):
    """Also where n-grams share rows, and though a vocabulary is mostly a power of two."""
    module, tokens_BT, place = longest_only(order, vocabulary), tokens(vocabulary), 10
    rows_BC = module(tokens_BT)[:, place]
    for other in range(16):
        changed_BT = tokens_BT.clone()
        changed_BT[:, other] = (changed_BT[:, other] + vocabulary // 2) % vocabulary
        differs = (module(changed_BT)[:, place] != rows_BC).any(-1).float().mean()
        assert differs > 0.9 if place - order < other <= place else differs == 0


def test_short_n_grams_have_rows_of_their_own():
    module = longest_only(2, ORDINARY)
    pairs_BT = torch.cartesian_prod(torch.arange(ORDINARY), torch.arange(ORDINARY))
    assert len(module(pairs_BT)[:, 1].unique(dim=0)) == ORDINARY**2


def test_shortcuts_begin_as_nothing():
    """So that each can be switched off and on without another start."""
    off = {"token_shift": False, "first_stream": False, "value_embeddings": False, "n_grams": 1}
    on = {"token_shift": True, "first_stream": True, "value_embeddings": True, "n_grams": 3}
    changes = {"architecture": "fast", "zero_projections": False}
    plain = Model(small_settings(**changes, **off), ORDINARY)
    for name, value in on.items():
        one = Model(small_settings(**{**changes, **off, name: value}), ORDINARY)
        one.load_state_dict(plain.state_dict(), strict=False)
        torch.testing.assert_close(one(tokens(ORDINARY)), plain(tokens(ORDINARY)), rtol=1e-3, atol=1e-4)


def test_the_token_before_is_mixed_in_by_a_share_of_each_channel():
    shift = TokenShift(2)
    with torch.no_grad():
        shift.shares.copy_(torch.tensor([0.5, 0.0]))
    shifted_BTC = shift(torch.tensor([[[2.0, 1.0], [4.0, 1.0], [8.0, 1.0]]]))
    assert shifted_BTC.tolist() == [[[2.0, 1.0], [5.0, 1.0], [10.0, 1.0]]]


def test_the_first_stream_is_mixed_in_by_its_share():
    mixture = Mixture()
    with torch.no_grad():
        mixture.shares.copy_(torch.tensor([0.5, 2.0]))
    assert mixture(torch.tensor([4.0]), torch.tensor([3.0])).item() == 8.0


def test_logits_stay_below_the_cap_in_their_order():
    capped = soft_capped(torch.tensor([-1000.0, -1.0, 0.0, 0.01, 40.0]), 15.0)
    assert capped.tolist() == sorted(capped.tolist())
    assert capped.abs().max() <= 15.0
    assert capped[3].item() == pytest.approx(0.01, rel=1e-3)
