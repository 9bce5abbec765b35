"""The table of names: every weight has its place, and comes back from it."""

import pytest
import torch

from engine.export.names import places, to_ours, to_theirs
from engine.settings import Settings
from engine.trouble import Trouble
from tests.engine.export.trained import SHAPES, trained


@pytest.mark.parametrize("shape", SHAPES)
def test_there_and_back(shape: str) -> None:
    grown = trained(**SHAPES[shape])
    theirs = to_theirs(grown.weights, grown.settings)
    back = to_ours(theirs, grown.settings)
    assert back.keys() == grown.weights.keys()
    assert all(torch.equal(back[name], weight) for name, weight in grown.weights.items())
    names = [name for place in places(grown.settings) for name in place.theirs]
    assert sorted(names) == sorted(theirs)


def test_biases_that_are_zeros_are_none_unless_they_are_wanted() -> None:
    without, wanted = trained(architecture="gpt2"), trained(architecture="gpt2", biases=True)
    theirs = to_theirs(without.weights, without.settings)
    assert not theirs["transformer.h.0.attn.c_attn.bias"].any()
    assert to_ours(theirs, wanted.settings).keys() == wanted.weights.keys()


def test_a_weight_that_is_lacking_is_named() -> None:
    grown = trained()
    theirs = to_theirs(grown.weights, grown.settings)
    del theirs["model.layers.1.self_attn.k_proj.weight"]
    with pytest.raises(Trouble, match=r"model\.layers\.1\.self_attn\.k_proj\.weight is lacking"):
        to_ours(theirs, grown.settings)


def test_what_only_we_have_has_no_names() -> None:
    with pytest.raises(Trouble, match="No other program knows the architecture fast"):
        places(Settings(architecture="fast"))
