"""RMSNorm: torch's own numbers and gradients, also where there is nothing to bring to unit size."""

import torch
import torch.nn.functional as F

from engine.training.rms_norm import EPSILON, Normalised, RMSNorm


def some(seed: int = 0) -> torch.Tensor:
    return torch.randn(3, 4, 16, dtype=torch.float64, generator=torch.Generator().manual_seed(seed)).requires_grad_()


def test_values_and_gradients_are_those_of_torch():
    x, other = some(), some()
    y, expected = Normalised.apply(x), F.rms_norm(other, (16,), None, EPSILON)
    torch.testing.assert_close(y, expected)
    toward = some(1).detach()
    y.backward(toward)
    expected.backward(toward)
    torch.testing.assert_close(x.grad, other.grad)


def test_gains_scale_each_channel_and_learn():
    norm = RMSNorm(16, gains=True).double()
    with torch.no_grad():
        norm.weight.copy_(torch.arange(16.0))
    x = some()
    torch.testing.assert_close(norm(x), F.rms_norm(x, (16,), norm.weight, EPSILON))
    norm(x).sum().backward()
    torch.testing.assert_close(norm.weight.grad, Normalised.apply(x).sum((0, 1)))


def test_nothing_stays_nothing_and_has_a_gradient():
    x = torch.zeros(2, 8, requires_grad=True)
    Normalised.apply(x).sum().backward()
    assert torch.isfinite(x.grad).all()
