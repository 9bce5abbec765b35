"""Every axis, checked by hand."""

import numpy as np
import pytest

from engine.events import Rewound, Started, Stepped, Validated
from engine.recording import Recording
from engine.size import training_flops
from gui.widgets.overlay_along import AXES, Along, estimated, flops_of_token
from tests.gui.widgets.compared_runs import SETTINGS, VOCABULARY, metered, run, validated


@pytest.fixture
def along():
    return Along()


def test_steps_tokens_and_seconds_are_those_that_were_recorded(along):
    made = run([3.0, 2.0, 1.0])
    assert along.of(made, Stepped, "step").tolist() == [1, 2, 3]
    assert along.of(made, Stepped, "tokens").tolist() == [100, 200, 300]
    assert along.of(made, Stepped, "seconds").tolist() == [0.5, 1.0, 1.5]


def test_flops_are_tokens_times_what_one_token_costs(along):
    made = run([3.0, 2.0])
    # attention has 4 matrices of 32 × 32, the MLP 3 of 32 × 88, and there are 8 tokens of width 32
    by_hand = 6 * (4 * 32 * 32 + 3 * 32 * 88 + 8 * 32) + 12 * 1 * 32 * 16
    assert flops_of_token(made) == training_flops(SETTINGS, len(VOCABULARY)) == by_hand
    assert along.of(made, Stepped, "flops").tolist() == [100 * by_hand, 200 * by_hand]


def test_energy_lies_on_lines_between_two_readings_and_ends_with_the_last(along):
    made = run([3.0] * 6)  # at 0.5, 1.0 … 3.0 s
    made.add(metered(2, 1.0, 3600.0))
    made.add(metered(5, 2.5, 7200.0))
    assert along.of(made, Stepped, "energy") == pytest.approx([0.5, 1.0, 1 + 1 / 3, 1 + 2 / 3, 2.0])


def test_energy_goes_on_where_a_new_reading_reaches_farther(along):
    made = run([3.0] * 6)
    made.add(metered(2, 1.0, 3600.0))
    assert len(along.of(made, Stepped, "energy")) == 2
    made.add(metered(6, 3.0, 3600.0 * 5))
    assert along.of(made, Stepped, "energy") == pytest.approx([0.5, 1.0, 2.0, 3.0, 4.0, 5.0])


def test_an_estimate_is_told_from_a_measurement():
    made = run([3.0])
    assert not estimated(made)
    made.add(metered(1, 0.5, 10.0, measured=1))
    assert not estimated(made)
    made.add(metered(1, 0.5, 20.0, measured=0))
    assert estimated(made)


def test_validation_has_places_of_its_own_and_the_one_before_the_first_step_counts(along):
    made = run([3.0, 2.0])
    made.add(validated(0, 7.0))
    assert along.of(made, Validated, "tokens").tolist() == [0]
    made.add(validated(2, 2.0))
    assert along.of(made, Validated, "tokens").tolist() == [0, 200]


@pytest.mark.parametrize("axis", ["tokens", "seconds", "flops", "energy"])
def test_what_another_program_did_not_log_is_no_place(along, axis):
    made = Recording()
    made.add(Stepped(1, np.nan, 3.0, 0.0, 0.0, 0, 0.0, 0.0))
    assert len(along.of(made, Stepped, axis)) == 0


def test_settings_that_cannot_be_read_have_no_flops(along):
    made = run([3.0])
    made.add(Started(1, 0.5, "other", {"of": "another program"}, 0, ""))
    assert len(along.of(made, Stepped, "flops")) == 0


@pytest.mark.parametrize("axis", AXES)
def test_places_ascend_even_where_a_clock_went_back(along, axis):
    made = run([3.0])
    for step, time, tokens in ((2, 9.0, 900), (3, 1.0, 100), (4, np.nan, 1000), (5, 10.0, 1100)):
        made.add(Stepped(step, time, 3.0, 0.0, 0.0, tokens, 0.0, 0.0))
    made.add(metered(3, 9.0, 50.0))
    made.add(metered(5, 8.0, 40.0))
    x = along.of(made, Stepped, axis)
    assert len(x)
    assert np.isfinite(x).all()
    assert (np.diff(x) >= 0).all()


@pytest.mark.parametrize("axis", AXES)
def test_growing_step_by_step_is_the_same_as_all_at_once(axis):
    grown, kept = run([]), Along()
    for step in range(1, 60):
        grown.add(Stepped(step, step * 0.5, 3.0, 0.0, 0.0, step * 100, 0.0, 0.0))
        if step % 7 == 0:
            grown.add(metered(step, step * 0.5, step**2 * 10.0))
        kept.of(grown, Stepped, axis)
    assert kept.of(grown, Stepped, axis) == pytest.approx(Along().of(grown, Stepped, axis))


@pytest.mark.parametrize("axis", AXES)
def test_after_going_back_other_steps_follow(along, axis):
    made = run([3.0] * 10)
    made.add(metered(10, 5.0, 100.0))
    along.of(made, Stepped, axis)
    made.add(Rewound(4, 2.0, 10))
    made.add(Stepped(5, 2.6, 3.0, 0.0, 0.0, 777, 0.0, 0.0))
    made.add(metered(5, 2.6, 120.0))
    x = along.of(made, Stepped, axis)
    assert x == pytest.approx(Along().of(made, Stepped, axis))
    assert len(x) == 5
