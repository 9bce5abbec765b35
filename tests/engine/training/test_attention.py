"""Attention in blocks: the same numbers and gradients as torch's own."""

import pytest
import torch
import torch.nn.functional as F

from engine.training.attention import QUERIES, BlockAttention


def heads(length: int) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(length)
    return [torch.randn(3, length, 8, dtype=torch.float64, generator=generator).requires_grad_() for _ in range(3)]


@pytest.mark.parametrize("length", [1, 5, QUERIES, QUERIES + 1, 3 * QUERIES - 7])
def test_values_and_gradients_are_those_of_torch(length):
    ours, theirs = heads(length), heads(length)
    y, expected = BlockAttention.apply(*ours), F.scaled_dot_product_attention(*theirs, is_causal=True)
    torch.testing.assert_close(y, expected)
    toward = torch.randn(y.shape, dtype=y.dtype, generator=torch.Generator().manual_seed(0))
    y.backward(toward)
    expected.backward(toward)
    for mine, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(mine.grad, other.grad)


def test_the_inputs_are_left_as_they_were():
    ours = heads(10)
    before = [x.detach().clone() for x in ours]
    BlockAttention.apply(*ours).sum().backward()
    assert all(torch.equal(x, y) for x, y in zip(ours, before, strict=True))
