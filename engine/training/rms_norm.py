"""RMSNorm (Zhang & Sennrich 2019) with a backward pass of its own: torch's is a dozen small steps on a processor."""

from math import sqrt
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd import Function
from torch.autograd.function import once_differentiable

EPSILON = 1e-6  # as Qwen3 has it


class Normalised(Function):
    """x / sqrt(mean of x² + EPSILON), over the last axis."""

    @staticmethod
    def forward(context: Any, x: Tensor) -> Tensor:
        size = torch.linalg.vector_norm(x, dim=-1, keepdim=True).div_(sqrt(x.shape[-1]))
        shrink = size.square_().add_(EPSILON).rsqrt_()
        y: Tensor = x * shrink
        context.save_for_backward(y, shrink)
        return y

    @staticmethod
    @once_differentiable
    def backward(context: Any, dy: Tensor) -> Tensor:
        y, shrink = context.saved_tensors
        along = torch.linalg.vecdot(dy, y).unsqueeze(-1).div_(y.shape[-1])  # growing along y changes nothing
        return torch.addcmul(dy, y, along, value=-1).mul_(shrink)


class RMSNorm(nn.Module):
    """Each token's vector at unit size, times a learned gain for each channel if there are gains."""

    def __init__(self, width: int, gains: bool) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width)) if gains else None

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = Normalised.apply(x)  # type: ignore[no-untyped-call]
        return y if self.weight is None else y * self.weight
