"""What the overlay shows: lines, groups, ranges, and what is read out."""

import numpy as np
import pytest

from engine.annotations import Annotations, Note
from engine.events import Stepped
from engine.recording import Recording
from gui.widgets.overlay_courses import Choice, Courses
from gui.widgets.overlay_layers import standing
from gui.widgets.overlay_notes import KnownData
from gui.widgets.overlay_picture import (
    Memory,
    headline,
    overlay_picture,
    ranges,
    readable,
    smoothed_words,
    steps_at,
    told,
)
from tests.gui.widgets.compared_runs import branch, filled, run, shown, validated

BARE = Choice(smoothing=1)


def pictured(runs, step=10**9, choice=BARE, group_by="none", logs=(False, False)):
    return overlay_picture(runs, step, Memory(Courses(), KnownData()), choice, group_by, logs)


def seeds(*losses):
    """One action: the same run with several seeds."""
    return tuple(shown(run(one, seed=seed), f"seed {seed}", seed, "five") for seed, one in enumerate(losses))


def test_each_run_is_a_line_in_the_order_of_the_runs():
    picture = pictured((shown(run([3.0]), "one", 0), shown(run([4.0]), "other\n", 2)))
    assert [(track.name, track.place) for track in picture.tracks] == [("one", 0), ("other↵", 2)]
    assert picture.floors[0].loss == 5.0


def test_a_run_without_steps_has_no_line_and_an_empty_picture_can_be_drawn():
    empty = pictured((shown(Recording()),))
    assert empty.tracks == ()
    assert empty.notes == ()
    assert not len(readable(empty))
    assert ranges(empty)[0].size > 0


def test_seeds_that_were_begun_together_are_one_line_if_so_wished():
    runs = (shown(run([3.0, 3.0]), "alone"), *seeds([2.0, 1.0], [4.0, 2.0], [9.0, 3.0]))
    assert [len(track.courses) for track in pictured(runs).tracks] == [1, 1, 1, 1]
    alone, group = pictured(runs, group_by="seeds").tracks
    assert len(alone.courses) == 1
    assert group.name == "3 seeds"
    assert told(group, 1.0, "step") == ("3 seeds, n = 3", "5.000 ± 3.606")  # of 2, 4, 9: √13
    assert told(group, 2.0, "step") == ("3 seeds, n = 3", "2.000 ± 1.000")
    assert "3 seeds: mean ± standard deviation, n = 3." in pictured(runs, group_by="seeds").notes


def test_runs_with_the_same_value_of_a_setting_are_one_line():
    runs = tuple(shown(run([loss], batch_size=size), str(place), place) for place, (loss, size) in enumerate(
        ((2.0, 24), (3.0, 48), (4.0, 24))
    ))  # fmt: skip
    first, second = pictured(runs, group_by="batch_size").tracks
    assert (first.name, first.place, len(first.courses)) == ("Batch size 24", 0, 2)
    assert (second.name, second.place, len(second.courses)) == ("Batch size 48", 1, 1)
    assert told(first, 1.0, "step")[1] == "3.000 ± 1.414"


def test_a_setting_nobody_knows_groups_nothing():
    runs = (shown(run([3.0])), shown(run([3.0]), "other", 1))
    assert len(pictured(runs, group_by="of another version").tracks) == 2


def test_where_fewer_runs_reach_the_mean_is_theirs():
    group = pictured(seeds([2.0, 1.0, 7.0], [4.0]), group_by="seeds").tracks[0]
    assert told(group, 1.0, "step") == ("2 seeds, n = 2", "3.000 ± 1.414")
    assert told(group, 3.0, "step") == ("2 seeds, n = 1", "7.000")
    assert told(group, 4.0, "step") == ("2 seeds, n = 0", "–")


def test_a_branch_is_drawn_from_its_fork_on_while_its_parent_is_there():
    parent = run([8.0, 6.0, 4.0, 3.0])
    child = shown(branch(parent, 2, [5.0], {"seed": 1}, {"seed": 2}), "child", 1)
    with_parent = pictured((shown(parent), child))
    assert with_parent.tracks[1].courses[0].steps.tolist() == [2, 3]
    assert with_parent.tracks[1].fork == 2
    assert with_parent.forks[0].headline == "Fork at step 2"
    alone = pictured((child,))
    assert alone.tracks[0].courses[0].steps.tolist() == [1, 2, 3]
    assert alone.forks == ()


def test_at_the_playhead_each_line_is_where_that_run_was():
    slow, fast = run([8.0, 6.0, 4.0]), run([8.0, 7.0, 5.0], tokens=200)
    choice = Choice(axis="tokens", smoothing=1)
    picture = pictured((shown(slow), shown(fast, "fast", 1), *seeds([3.0, 1.0], [5.0, 3.0])), 2, choice, "seeds")
    assert picture.playhead == 2
    assert [standing(track, 2) for track in picture.tracks] == [(200, 6), (400, 7), (200, 2)]
    assert standing(picture.tracks[2], 3) is None  # it has not come so far


def test_of_a_branch_the_main_run_knows_where_it_was_before_its_fork():
    parent = run([8.0, 6.0, 4.0, 3.0])
    child = shown(branch(parent, 3, [5.0], {"seed": 1}, {"seed": 2}), "child")
    picture = pictured((child, shown(parent, place=1)), 2, Choice(axis="tokens", smoothing=1))
    assert picture.tracks[0].courses[0].steps.tolist() == [3, 4]
    assert picture.main.x[picture.main.until(2) - 1] == 200
    assert steps_at(picture, 250) == 2


def test_while_the_newest_step_is_shown_nobody_looks_back():
    made = run([3.0, 2.0])
    assert pictured((shown(made),), 2).playhead is None
    assert pictured((shown(made),), 1).playhead == 1


def test_notes_of_the_main_run_are_marks_and_those_before_its_fork_are_its_parents():
    parent = run([8.0, 6.0, 4.0, 3.0])
    child = branch(parent, 2, [5.0, 4.0], {"seed": 1}, {"seed": 2})
    notes = tuple(Note(key, step, f"at {step}", "") for key, step in enumerate((1, 3)))
    for made in (parent, child):
        made.annotate(Annotations(notes=notes))
    assert [mark.x for mark in pictured((shown(parent),)).marks] == [1, 3]
    assert [mark.x for mark in pictured((shown(child, "child"), shown(parent, place=1))).marks] == [3]


# ranges


def test_the_first_fall_may_leave_the_chart_but_no_later_one():
    losses = np.full(1000, 2.0)
    losses[:10] = 9.0
    assert ranges(pictured((shown(filled(losses)),)))[1].high < 3
    losses[500] = 7.0
    assert ranges(pictured((shown(filled(losses)),)))[1].high >= 7


def test_of_a_run_that_has_just_begun_every_step_is_on_the_chart():
    _, upward = ranges(pictured((shown(run([7.0, 6.0, 5.0])),)))
    assert upward.high > 7


def test_what_is_beside_itself_does_not_flatten_the_rest():
    wild = pictured((shown(run([4.0] * 50)), shown(run([4.0] * 40 + [1e5] * 10), "wild", 1)))
    assert ranges(wild)[1].high < 10  # chance is at 5


def test_the_range_reaches_around_all_lines_and_grows_in_steps():
    short, long = shown(run([4.0] * 30)), shown(run([2.0] * 230), "long", 1)
    across, upward = ranges(pictured((short, long)))
    assert (across.low, across.high) == (0, 250)
    assert upward.low < 2 < 4 < upward.high
    across, _ = ranges(pictured((short, long), logs=(True, False)))
    assert 10**across.low == 1
    assert 10**across.high >= 230


@pytest.mark.parametrize("losses", [[np.nan], [np.inf, -1.0], [1e300] * 3])
@pytest.mark.parametrize("logs", [(False, False), (True, True)])
def test_losses_that_are_no_numbers_have_a_range(losses, logs):
    for span in ranges(pictured((shown(run(losses)),), logs=logs)):
        assert np.isfinite(span.size)
        assert span.size > 0


# reading out


def test_a_place_has_all_its_digits():
    made = (shown(run([3.0, 2.0])),)
    assert headline(pictured(made), 1800.0) == "Step 1,800"
    assert headline(pictured(made, choice=Choice("tokens")), 2_764_800.0) == "2,764,800 tokens"
    assert headline(pictured(made, choice=Choice("seconds")), 129.4) == "2:09"
    assert headline(pictured(made, choice=Choice("seconds")), 2.994) == "2.99 s"
    assert headline(pictured(made, choice=Choice("flops")), 4.02e13) == "40.2 TFLOPs"
    assert headline(pictured(made, choice=Choice("flops")), 900.0) == "900 FLOPs"
    assert headline(pictured(made, choice=Choice("energy")), 2.6134) == "2.613 Wh"


def test_a_line_tells_its_last_recorded_value_and_its_step_where_that_is_another():
    (track,) = pictured((shown(run([8.0, 6.0, 4.0])),)).tracks
    assert told(track, 2.0, "step") == ("parent", "6.000")
    assert told(track, 0.5, "step") == ("parent", "–")
    assert told(track, 3.5, "step") == ("parent", "–")
    (track,) = pictured((shown(run([8.0, 6.0, 4.0])),), choice=Choice("tokens", smoothing=1)).tracks
    assert told(track, 250.0, "tokens") == ("parent, step 2", "6.000")
    validation = run([8.0] * 9)
    for step, loss in ((2, 7.0), (8, 5.0)):
        validation.add(validated(step, loss))
    (track,) = pictured((shown(validation),), choice=Choice(loss="validation")).tracks
    assert told(track, 5.0, "step") == ("parent, step 2", "7.000")


def test_every_recorded_step_can_be_read_also_where_the_main_run_does_not_reach():
    parent = run([8.0, 6.0, 4.0, 3.0])
    child = branch(parent, 2, [5.0], {"seed": 1}, {"seed": 2})
    picture = pictured((shown(child, "child"), shown(parent, place=1)))
    assert readable(picture).tolist() == [1, 2, 3, 4]
    assert np.shares_memory(readable(pictured((shown(parent),))), parent.curve(Stepped, "step")[1])
    assert [steps_at(picture, x) for x in (0.0, 1.0, 2.0, 9.0)] == [0, 1, 2, 3]


def test_the_subtitle_says_what_the_lines_are():
    assert smoothed_words(Choice()) == "training, smoothed over 20 steps"
    assert smoothed_words(BARE) == "training, not smoothed"
    assert smoothed_words(Choice(loss="validation")) == "validation"
