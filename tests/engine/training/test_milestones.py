"""Which steps are saved and which are kept: pure functions."""

import pytest

from engine.settings import Settings
from engine.training.milestones import due, is_milestone, superfluous


def test_milestones_have_the_spacing_of_pythia():
    powers = [2**power for power in range(10)]
    assert [step for step in range(4001) if is_milestone(step)] == [0, *powers, 1000, 2000, 3000, 4000]


@pytest.mark.parametrize(
    ("save_every", "milestones", "expected"),
    [
        (500, True, [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 500, 512, 1000]),
        (500, False, [500, 1000]),
        (0, True, [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000]),
        (0, False, []),
    ],
)
def test_what_is_due(save_every, milestones, expected):
    settings = Settings(save_every=save_every, milestones=milestones)
    assert [step for step in range(1200) if due(step, settings)] == expected


def test_milestones_and_the_two_latest_stay():
    assert superfluous([0, 1, 300, 512, 600, 900, 1200], milestones=True) == [300, 600]
    assert superfluous([0, 1, 300, 512, 600, 900, 1200], milestones=False) == [0, 1, 300, 512, 600]


def test_the_latest_is_never_superfluous():
    assert superfluous([7], milestones=False) == []
    assert superfluous([], milestones=True) == []
