"""The learning rate, at the places where it is known by hand."""

import pytest

from engine.settings import Settings
from engine.training.schedule import learning_rate


def rate(step: int, **changes: object) -> float:
    return learning_rate(Settings(learning_rate=1e-3, warmup=10, horizon=110, final_rate=0.1, **changes), step)


def test_warm_up_rises_evenly_and_reaches_the_peak():
    assert rate(0) == pytest.approx(1e-4)
    assert rate(4) == pytest.approx(5e-4)
    assert rate(9) == rate(10) == pytest.approx(1e-3)


@pytest.mark.parametrize(("schedule", "half"), [("cosine", 5.5e-4), ("linear", 5.5e-4), ("constant", 1e-3)])
def test_half_way_and_end(schedule, half):
    assert rate(60, schedule=schedule) == pytest.approx(half)
    end = 1e-3 if schedule == "constant" else 1e-4
    assert rate(110, schedule=schedule) == rate(10_000, schedule=schedule) == pytest.approx(end)


def test_cosine_is_above_linear_in_the_first_half():
    assert rate(35, schedule="cosine") > rate(35, schedule="linear")


def test_no_warm_up_and_a_horizon_within_it_work():
    assert learning_rate(Settings(learning_rate=1e-3, warmup=0), 0) == pytest.approx(1e-3)
    assert learning_rate(Settings(learning_rate=1e-3, warmup=100, horizon=100, final_rate=0), 100) == pytest.approx(
        1e-3
    )
    assert learning_rate(Settings(learning_rate=1e-3, warmup=100, horizon=100, final_rate=0), 101) == 0
