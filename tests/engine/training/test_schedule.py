"""The learning rate, at the places where it is known by hand."""

from itertools import pairwise
from typing import get_args

import pytest

from engine.settings import Settings
from engine.training.schedule import last_step, learning_rate

SCHEDULES = get_args(Settings.model_fields["schedule"].annotation)
PEAK = 1e-3
CORNERS = [
    {"warmup": 0},
    {"warmup": 110},  # steps = warm-up
    {"warmup": 1000},
    {"decay": 0.0},
    {"decay": 1.0},
    {"decay": 1.0, "warmup": 0},
    {"horizon": 1},
    {"horizon": 1, "warmup": 0, "decay": 0.0},
    {"final_rate": 0.0},
    {"final_rate": 1.0},
    {"final_rate": 0.3, "decay": 0.33},
]


def settings(**changes: object) -> Settings:
    return Settings(**{"learning_rate": PEAK, "warmup": 10, "horizon": 110, "final_rate": 0.1, **changes})


def rate(step: int, annealed_at: int | None = None, **changes: object) -> float:
    return learning_rate(settings(**changes), step, annealed_at)


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


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("warmup", [0, 1])
def test_no_warm_up_begins_at_the_peak(schedule, warmup):
    assert rate(0, schedule=schedule, warmup=warmup) == PEAK


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_run_that_is_all_warm_up_rises_to_its_end(schedule):
    rates = [rate(step, schedule=schedule, warmup=110) for step in range(110)]
    assert rates == pytest.approx([PEAK * (step + 1) / 110 for step in range(110)])
    assert rate(111, schedule=schedule, warmup=110) == (PEAK if schedule == "constant" else pytest.approx(0.1 * PEAK))


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("corner", CORNERS, ids=str)
@pytest.mark.parametrize("annealed_at", [None, 0, 5, 60, 109, 110, 500])
def test_the_rate_is_never_negative_never_above_the_peak_and_only_falls_after_the_warm_up(
    schedule, corner, annealed_at
):
    chosen = settings(schedule=schedule, **corner)
    rates = [learning_rate(chosen, step, annealed_at) for step in range(1200)]
    assert min(rates) >= 0
    assert max(rates) <= PEAK
    begin = chosen.warmup if annealed_at is None else min(chosen.warmup, annealed_at)
    assert all(later <= earlier for earlier, later in pairwise(rates[begin:]))


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_rate_is_a_pure_function_of_settings_step_and_annealing(schedule):
    forwards = [rate(step, annealed_at, schedule=schedule) for step in range(150) for annealed_at in (None, 40)]
    backwards = [
        rate(step, annealed_at, schedule=schedule) for step in reversed(range(150)) for annealed_at in (40, None)
    ]
    assert forwards == backwards[::-1]


# warm-up, stable, decay


def test_wsd_stays_and_then_falls_evenly_over_the_last_share():
    rates = [rate(step, schedule="wsd", decay=0.2) for step in range(111)]
    assert rates[9:89] == [PEAK] * 80
    assert rates[88:] == pytest.approx([PEAK * (1 - 0.9 * n / 22) for n in range(23)])


def test_wsd_may_fall_over_the_whole_horizon_or_not_at_all():
    falling = [rate(step, schedule="wsd", decay=1.0, warmup=0) for step in range(111)]
    assert falling == pytest.approx([PEAK * (1 - 0.9 * step / 110) for step in range(111)])
    assert [rate(step, schedule="wsd", decay=0.0, warmup=0) for step in range(110)] == [PEAK] * 110


def test_wsd_that_is_annealed_where_it_would_fall_is_the_same():
    for step in range(150):
        assert rate(step, 88, schedule="wsd") == pytest.approx(rate(step, schedule="wsd"))


# annealing now


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_annealing_falls_evenly_from_the_rate_there_is(schedule):
    began = rate(50, schedule=schedule)
    rates = [rate(50 + n, 50, schedule=schedule) for n in range(30)]
    assert rates[:23] == pytest.approx([began - (began - 0.1 * PEAK) * n / 22 for n in range(23)])
    assert rates[22:] == pytest.approx([0.1 * PEAK] * 8)
    assert [rate(step, 50, schedule=schedule) for step in range(50)] == [
        rate(step, schedule=schedule) for step in range(50)
    ]


@pytest.mark.parametrize(
    ("annealed_at", "first"), [(0, 1e-4), (5, 6e-4)], ids=["before the first step", "in the warm-up"]
)
def test_annealing_in_the_warm_up_ends_it(annealed_at, first):
    rates = [rate(step, annealed_at) for step in range(annealed_at, 60)]
    assert rates[0] == pytest.approx(first)
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] == pytest.approx(1e-4)


def test_annealing_never_raises_a_rate_that_is_below_the_last():
    assert {rate(step, 0, warmup=100) for step in range(60)} == {PEAK / 100}  # a hundredth of the peak, not a tenth


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_annealing_after_the_horizon_goes_on_from_its_rate(schedule):
    began = PEAK if schedule == "constant" else 0.1 * PEAK
    assert rate(300, 300, schedule=schedule) == pytest.approx(began)
    assert rate(322, 300, schedule=schedule) == pytest.approx(0.1 * PEAK)


@pytest.mark.parametrize("decay", [0.0, 0.001, 0.2, 1.0])
@pytest.mark.parametrize("annealed_at", [0, 5, 60, 110, 300])
def test_annealing_has_a_last_step_that_is_still_to_come(decay, annealed_at):
    last = last_step(settings(decay=decay), annealed_at)
    assert last == annealed_at + max(1, round(decay * 110))
    assert rate(last, annealed_at, decay=decay, schedule="constant") == pytest.approx(0.1 * PEAK)


def test_the_last_step_is_the_horizon_unless_it_is_annealed():
    assert last_step(settings()) == 110
