"""Adagrad for tables (Duchi et al. 2011) with one rate for each row: only the rows that were read are touched.

A table of n-grams has a hundred thousand rows, and a batch reads a thousand; sweeping them all would take longer than
the rest of the step.
"""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

EPSILON = 1e-12


class RowAdagrad(torch.optim.Optimizer):
    """For gradients that are sparse in the rows: a row moves by rate g / sqrt(sum of all mean squares of its g)."""

    def __init__(self, groups: Iterable[dict[str, Any]]) -> None:
        super().__init__(groups, {"lr": 0.0, "weight_decay": 0.0})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            for table in group["params"]:
                if table.grad is not None:
                    self._correct(table, table.grad.coalesce(), group["lr"])

    def _correct(self, table_RC: Tensor, gradient: Tensor, rate: float) -> None:
        rows, values_RC = gradient.indices()[0], gradient.values()
        squares_R = self._squares(table_RC)
        squares_R.index_add_(0, rows, values_RC.square().mean(1))
        paces_R1 = squares_R[rows].add_(EPSILON).rsqrt_()[:, None]
        table_RC.index_add_(0, rows, values_RC * paces_R1, alpha=-rate)

    def _squares(self, table_RC: Tensor) -> Tensor:
        if "squares" not in self.state[table_RC]:
            self.state[table_RC]["squares"] = table_RC.new_zeros(len(table_RC))
        squares_R: Tensor = self.state[table_RC]["squares"]
        return squares_R
