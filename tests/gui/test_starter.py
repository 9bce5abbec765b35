"""A branch is called by what was changed."""

import pytest

from gui.starter import called


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, ""),
        ({"batch_size": 48}, "batch size 48"),
        ({"learning_rate": 3e-3, "clip": 0.5}, "peak learning rate 3.0e-3, gradient clip 0.5"),
        ({"seed": 2, "clip": 0.5, "layers": 2}, "seed 2, gradient clip 0.5 …"),
    ],
)
def test_a_branch_is_called_by_what_was_changed(changes, name):
    assert called(changes) == name
