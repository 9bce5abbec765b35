"""Adagrad by rows: by hand, and only where something was read."""

import pytest
import torch
from torch import nn

from engine.training.rows import RowAdagrad


def table() -> nn.Embedding:
    made = nn.Embedding(5, 2, sparse=True)
    with torch.no_grad():
        made.weight.copy_(torch.arange(10.0).view(5, 2))
    return made


def stepped(made: nn.Embedding, optimizer: RowAdagrad, rows: list[int], toward: list[float], rate: float) -> None:
    optimizer.param_groups[0]["lr"] = rate
    optimizer.zero_grad()
    (made(torch.tensor(rows)) * torch.tensor(toward)).sum().backward()
    optimizer.step()


def test_two_steps_by_hand():
    made = table()
    optimizer = RowAdagrad([{"params": [made.weight]}])
    stepped(made, optimizer, [1], [3.0, 4.0], rate=0.5)
    size = (12.5) ** 0.5  # root of the mean square of 3 and 4
    assert made.weight[1].tolist() == pytest.approx([2 - 0.5 * 3 / size, 3 - 0.5 * 4 / size])
    before = made.weight[1].tolist()
    stepped(made, optimizer, [1], [1.0, 0.0], rate=0.5)
    assert made.weight[1].tolist() == pytest.approx([before[0] - 0.5 * 1 / 13.0**0.5, before[1]])


def test_a_row_read_twice_moves_by_the_sum_and_the_others_stay():
    once, twice = table(), table()
    stepped(once, RowAdagrad([{"params": [once.weight]}]), [3], [2.0, 4.0], rate=0.1)
    stepped(twice, RowAdagrad([{"params": [twice.weight]}]), [3, 3], [1.0, 2.0], rate=0.1)
    assert torch.allclose(once.weight, twice.weight)
    assert torch.equal(once.weight[[0, 1, 2, 4]], table().weight[[0, 1, 2, 4]])


def test_a_rate_of_nothing_changes_nothing():
    made = table()
    stepped(made, RowAdagrad([{"params": [made.weight]}]), [0, 4], [1.0, 1.0], rate=0.0)
    assert torch.equal(made.weight, table().weight)
