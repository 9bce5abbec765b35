"""Runs as columns: which are one, what it is called, and the mean of their numbers."""

import numpy as np
import pytest

from engine.events import Branched, Started
from engine.recording import Recording
from gui.shown import Shown
from gui.widgets.run_columns import columns, mean_of, seed_of


def run(key, group="", branched=None, **settings):
    made = Recording()
    made.add(Started(0, 0.0, key, settings, 1, "CPU"))
    if branched:
        made.add(branched)
    return Shown(key, key, made, ord(key[0]), group)


def names(runs, fold=True):
    return [column.name for column in columns(runs, fold)]


FIVE = [run(f"s{seed}", "five", seed=seed, width=64) for seed in range(1, 6)]


def test_runs_begun_together_that_differ_in_their_seed_alone_are_one():
    assert names([run("a", seed=1, width=64), *FIVE]) == ["a", "5 seeds"]
    assert columns(FIVE)[0].runs == tuple(FIVE)


def test_their_line_stays_whichever_of_them_comes_first():
    placed = [one._replace(place=place) for place, one in enumerate(FIVE)]
    assert [columns(order)[0].place for order in (placed, placed[::-1])] == [0, 0]


def test_one_of_them_keeps_its_name():
    assert names(FIVE[:1]) == ["s1"]


def test_they_stay_apart_where_that_is_wished():
    assert names(FIVE, fold=False) == ["s1", "s2", "s3", "s4", "s5"]


def test_runs_begun_together_that_differ_in_more_stay_apart():
    pair = [run("a", "both", seed=1, width=64), run("b", "both", seed=1, width=128)]
    assert names(pair) == ["a", "b"]


def test_the_same_settings_begun_apart_stay_apart():
    assert names([run("a", seed=1), run("b", seed=2)]) == ["a", "b"]


def test_seeds_of_each_change_are_a_column_of_their_own():
    grid = [run(f"{width}{seed}", "grid", seed=seed, width=width) for width in (64, 128) for seed in (1, 2)]
    assert [len(column.runs) for column in columns(grid)] == [2, 2]


def test_branches_at_different_steps_are_not_the_same():
    at = [Branched(step, 0.0, "a", {}, {}) for step in (100, 200)]
    assert names([run("b", "g", at[0], seed=1), run("c", "g", at[1], seed=2)]) == ["b", "c"]


def test_a_branch_has_the_seed_it_was_given():
    assert seed_of(run("b", branched=Branched(100, 0.0, "a", {"seed": 1}, {"seed": 7}), seed=1)) == 7


def test_what_was_turned_and_saved_later_does_not_tell_seeds_apart():
    resumed = run("s6", "five", seed=6, width=64)
    resumed.recording.add(Started(50, 1.0, "s6", {"seed": 6, "width": 64, "threads": 2}, 1, "CPU"))
    assert names([*FIVE, resumed]) == ["6 seeds"]


def test_the_spread_is_that_of_a_sample():
    mean = mean_of([1.0, 2.0, 4.0, 5.0])  # squares of the distances: 4 + 1 + 1 + 4 = 10, by 3
    assert mean == pytest.approx((3.0, np.sqrt(10 / 3), 4))


def test_what_is_not_known_enters_no_mean():
    assert mean_of([np.nan, 2.0])[::2] == (2.0, 1)
    assert np.isnan(mean_of([2.0]).spread)
    assert np.isnan(mean_of([np.nan]).value)
    assert mean_of([np.inf]).known == 0
