"""The small curve: every point is one that was recorded, and the last number is the chart's."""

import numpy as np
import pytest

from engine.library.lineage import Lineage
from engine.library.small_curve import POINTS, WHOLE, SmallCurve, small_curve, thinned
from engine.runfile.rows import reading
from tests.engine.library.recorded import back_to, record, started, steps


def curve_of(folder, events) -> SmallCurve:
    with reading(record(folder, events)) as file:
        return small_curve(Lineage(file))


def test_a_few_steps_are_told_one_by_one(tmp_path):
    curve = curve_of(tmp_path / "run", [started(), *steps([8.0, 6.0, 4.0])])
    assert curve.steps_P.tolist() == [1, 2, 3]
    assert curve.losses_P.tolist() == [8.0, 6.0, 4.0]


def test_later_points_are_means_over_the_last_steps(tmp_path):
    curve = curve_of(tmp_path / "run", [started(), *steps([float(step) for step in range(1, 401)])])
    assert len(curve.steps_P) == POINTS
    assert curve.loss == pytest.approx(np.mean(range(381, 401)))  # of 20 steps
    assert (curve.steps_P[0], curve.losses_P[0]) == (1, 1.0)
    at = curve.steps_P.tolist().index(96)
    assert curve.losses_P[at] == pytest.approx(np.mean(range(84, 97)))  # of 1 + 96 // 8 = 13 steps


def test_a_long_run_gives_the_same_from_a_few_of_its_rows(tmp_path):
    losses = 2 + 6 / np.arange(1, 3 * WHOLE + 1)
    curve = curve_of(tmp_path / "run", [started(), *steps(losses.tolist())])
    whole = thinned(np.arange(1.0, len(losses) + 1), losses)
    assert curve.loss == pytest.approx(whole.loss)
    assert len(curve.steps_P) == POINTS
    assert (np.diff(curve.steps_P) > 0).all()
    assert curve.steps_P[[0, -1]].tolist() == [1, len(losses)]
    exact = np.interp(curve.steps_P, np.arange(1, len(losses) + 1), losses)
    assert np.abs(curve.losses_P - exact)[1:].max() < 0.1
    assert curve.losses_P[0] == pytest.approx(8.0)


def test_what_was_left_behind_is_in_neither_a_short_nor_a_long_curve(tmp_path):
    for last in (100, 2 * WHOLE):
        events = [
            *steps([5.0] * last),
            *steps([99.0] * 50, last + 1),
            back_to(last, last + 50),
            *steps([4.0], last + 1),
        ]
        curve = curve_of(tmp_path / f"run-{last}", [started(), *events])
        assert curve.losses_P.max() == 5.0
        assert curve.steps_P[-1] == last + 1


def test_a_loss_that_is_no_number_is_a_gap_at_the_end(tmp_path):
    curve = curve_of(tmp_path / "run", [started(), *steps([3.0, 2.0, float("nan")])])
    assert curve.losses_P[:2].tolist() == [3.0, 2.0]
    assert np.isnan(curve.loss)


def test_a_run_without_a_step_has_no_points(tmp_path):
    empty = thinned(np.empty(0), np.empty(0))
    assert len(empty.steps_P) == len(empty.losses_P) == 0
    assert np.isnan(empty.loss)
