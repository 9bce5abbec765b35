"""softmax(q k^T / sqrt(D)) v written out, in blocks of queries, with a backward pass of its own.

The fused kernel of torch is the quicker one on a GPU. On a processor its backward pass is slow, above all with numbers
of 16 bits; what is faster where is measured at the start (choices.py), figures are in docs/benchmarks.md.
"""

from math import sqrt
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import once_differentiable

QUERIES = 64  # answered together; of the keys after the last of them nothing is computed


class BlockAttention(Function):
    """q_NTD, k_NTD, v_NTD → y_NTD for N heads of all windows; each place looks at itself and what is before it."""

    @staticmethod
    def forward(context: Any, q_NTD: Tensor, k_NTD: Tensor, v_NTD: Tensor) -> Tensor:
        q_NTD = q_NTD / sqrt(q_NTD.shape[-1])
        y_NTD, all_shares = torch.empty_like(v_NTD), []
        for start, end in blocks(q_NTD.shape[1]):
            shares_NQK = shares(q_NTD[:, start:end] @ k_NTD[:, :end].mT, start)
            torch.bmm(shares_NQK, v_NTD[:, :end], out=y_NTD[:, start:end])
            all_shares.append(shares_NQK)
        context.save_for_backward(q_NTD, k_NTD, v_NTD, *all_shares)
        return y_NTD

    @staticmethod
    @once_differentiable
    def backward(context: Any, dy_NTD: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        q_NTD, k_NTD, v_NTD, *all_shares = context.saved_tensors
        dq_NTD, dk_NTD, dv_NTD = torch.empty_like(q_NTD), torch.zeros_like(k_NTD), torch.zeros_like(v_NTD)
        for (start, end), shares_NQK in zip(blocks(q_NTD.shape[1]), all_shares, strict=True):
            dy_NQD = dy_NTD[:, start:end]
            dshares_NQK = dy_NQD @ v_NTD[:, :end].mT
            dscores_NQK = torch._softmax_backward_data(dshares_NQK, shares_NQK, -1, shares_NQK.dtype)
            torch.bmm(dscores_NQK, k_NTD[:, :end], out=dq_NTD[:, start:end])
            dk_NTD[:, :end] += dscores_NQK.mT @ q_NTD[:, start:end]
            dv_NTD[:, :end] += shares_NQK.mT @ dy_NQD
        return dq_NTD.div_(sqrt(q_NTD.shape[-1])), dk_NTD, dv_NTD


def blocks(length: int) -> list[tuple[int, int]]:
    """First query of each block and the one after its last."""
    return [(start, min(start + QUERIES, length)) for start in range(0, length, QUERIES)]


def shares(scores_NQK: Tensor, start: int) -> Tensor:
    """Softmax over the keys, of which the last ones are in the future of some queries."""
    Q = scores_NQK.shape[1]
    future_QQ = torch.ones(Q, Q, dtype=torch.bool, device=scores_NQK.device).triu_(1)
    scores_NQK[..., start:].masked_fill_(future_QQ, -torch.inf)
    return scores_NQK.softmax(-1)
