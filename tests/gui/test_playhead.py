"""The playhead follows until it is moved, plays as it was recorded, and never leaves the recording."""

import numpy as np
import pytest

from engine.events import Resumed, Rewound, Stepped
from engine.recording import Recording
from gui.playhead import LONGEST, Playhead, beside, recorded_steps
from tests.fakes import recording

STEP_SECONDS = 0.05  # of a scripted run


@pytest.fixture(scope="module")
def run() -> Recording:
    return recording(100)


def stepped(*times: float, every: int = 1) -> Recording:
    """A step at each of these seconds."""
    made = Recording()
    for count, time in enumerate(times, 1):
        made.add(Stepped(count * every, time, 3.0, 1e-3, 1.0, count, 0.0, 0.0))
    return made


def at(step: int, run: Recording) -> Playhead:
    head = Playhead()
    head.seek(step, run)
    return head


def test_it_follows_the_newest_step(run):
    head = Playhead()
    head.tick(run)
    assert (head.step, head.following) == (100, True)


def test_once_moved_it_stays_where_it_is(run):
    head = at(40, run)
    head.tick(run, 1.0)
    head.tick(run, 99.0)
    assert (head.step, head.following) == (40, False)


@pytest.mark.parametrize(("wish", "step"), [(-5, 0), (0, 0), (100, 100), (10**9, 100)])
def test_it_cannot_be_moved_out_of_the_recording(run, wish, step):
    assert at(wish, run).step == step


def test_it_can_be_told_to_follow_again(run):
    head = at(40, run)
    head.play(1.0)
    head.follow(run)
    assert (head.step, head.following, head.playing) == (100, True, False)


def test_an_empty_recording_is_at_step_0():
    head = Playhead()
    head.tick(Recording())
    head.seek(7, Recording())
    head.play(1.0)
    head.tick(Recording(), 0.0)
    head.step_by(1, Recording())
    assert (head.step, head.playing) == (0, False)


def test_it_is_never_behind_the_end_of_a_recording_that_became_shorter():
    made, playhead = recording(100), Playhead()
    playhead.seek(90, made)
    made.add(Rewound(50, 2.5, 100))
    playhead.tick(made)
    assert (playhead.step, playhead.following) == (50, False)


# step by step


def test_it_goes_from_recorded_step_to_recorded_step():
    run = stepped(1, 2, 3, every=10)
    head = at(10, run)
    visited = []
    for count in (1, 1, 1, -1, -1, -1, -1, 3):
        head.step_by(count, run)
        visited.append(head.step)
    assert visited == [20, 30, 30, 20, 10, 0, 0, 30]
    assert not head.following


@pytest.mark.parametrize(("step", "count", "there"), [(15, 1, 20), (15, -1, 10), (3, -1, 0), (30, -2, 10), (0, 2, 20)])
def test_between_two_steps_it_goes_to_the_next_one(step, count, there):
    assert beside(np.array([10, 20, 30]), step, count, 35) == there


def test_after_the_last_step_comes_the_end():
    assert beside(np.array([10, 20, 30]), 30, 1, 35) == 35
    assert beside(np.empty(0), 3, 1, 7) == 7


def test_what_was_left_behind_is_not_stepped_on():
    run = recording(100)
    run.add(Rewound(50, 2.5, 100))
    assert recorded_steps(run)[-1] == 50


# playing


@pytest.mark.parametrize("speed", [1.0, 2.0, 10.0])
def test_it_plays_as_many_times_as_fast_as_it_was_recorded(run, speed):
    head = at(40, run)
    head.play(speed)
    head.tick(run, 1000.0)
    assert head.step == 40
    for frame in range(1, 5):
        head.tick(run, 1000.0 + frame * 0.2 / speed)
        assert head.step == 40 + frame * 4
    assert head.playing


def test_fractions_of_a_step_are_not_lost(run):
    head = at(0, run)
    head.play(1.0)
    for frame in range(101):  # of a third of a step
        head.tick(run, frame * STEP_SECONDS / 3)
    assert head.step == 33


def test_uneven_steps_keep_their_time():
    run = stepped(1.0, 1.5, 4.0, 4.1)
    head = at(0, run)
    head.play(1.0)
    seen = []
    for now in (0.0, 0.9, 1.0, 1.4, 1.6, 3.9, 4.05):
        head.tick(run, now)
        seen.append(head.step)
    assert seen == [0, 0, 1, 1, 2, 2, 3]


def test_played_to_the_end_it_stands_still_at_the_last_step(run):
    head = at(90, run)
    head.play(1.0)
    head.tick(run, 0.0)
    head.tick(run, 0.49)
    assert (head.step, head.playing) == (99, True)
    head.tick(run, 0.5)
    assert (head.step, head.playing, head.following) == (100, False, False)


def test_a_run_that_goes_on_is_followed_when_it_was_caught_up_with():
    run = recording(100)
    head = at(90, run)
    head.play(100.0)
    head.tick(run, 0.0, live=True)
    head.tick(run, 1.0, live=True)
    assert (head.step, head.playing, head.following) == (100, False, True)
    run.add(Stepped(101, 5.05, 3.0, 1e-3, 1.0, 1, 0.0, 0.0))
    head.tick(run, 1.1, live=True)
    assert head.step == 101


@pytest.mark.parametrize("following", [True, False])
def test_at_the_end_playing_begins_at_the_beginning(run, following):
    head = at(100, run)
    head.following = following
    head.play(1.0)
    head.tick(run, 7.0)
    assert (head.step, head.following) == (0, False)
    head.tick(run, 8.0)
    assert head.step == 20


def test_it_plays_on_where_it_was_moved_to(run):
    head = at(0, run)
    head.play(1.0)
    head.tick(run, 0.0)
    head.tick(run, 0.049)
    head.seek(60, run)
    head.tick(run, 0.1)
    assert (head.step, head.playing) == (61, True)


def test_it_stands_still_when_it_is_stopped(run):
    head = at(0, run)
    head.play(1.0)
    head.tick(run, 0.0)
    head.tick(run, 1.0)
    head.stop()
    head.tick(run, 2.0)
    assert (head.step, head.playing, head.following) == (20, False, False)


def test_time_in_which_it_did_not_play_is_not_made_up_for(run):
    head = at(0, run)
    for begun in (0.0, 50.0):
        head.play(1.0)
        head.tick(run, begun)
        head.tick(run, begun + 1.0)
        head.stop()
    assert head.step == 40


def test_another_speed_does_not_make_it_jump(run):
    head = at(0, run)
    head.play(1.0)
    head.tick(run, 0.0)
    head.tick(run, 1.0)
    head.play(2.0)
    head.tick(run, 1.5)
    assert head.step == 40


def test_a_clock_that_jumped_holds_it_up_for_a_moment_only():
    run = stepped(1.0, 2.0, 90_000.0, 90_001.0, 5.0, 6.0, 7.0)
    head = at(2, run)
    head.play(1.0)
    head.tick(run, 0.0)
    head.tick(run, LONGEST - 0.1)
    assert head.step == 2
    head.tick(run, LONGEST)
    assert head.step == 3
    head.tick(run, LONGEST + 1.0)
    assert head.step == 5  # the clock was put back: no time passes
    head.tick(run, LONGEST + 2.0)
    assert head.step == 6


def test_a_clock_of_the_screen_that_goes_back_is_no_time(run):
    head = at(20, run)
    head.play(1.0)
    for now in (10.0, 3.0, 3.05):
        head.tick(run, now)
    assert head.step == 21


def test_what_has_no_steps_is_played_at_once():
    run = Recording()
    run.add(Resumed(7, 1.0))
    head = at(0, run)
    head.play(1.0)
    head.tick(run, 0.0)
    assert (head.step, head.playing) == (7, False)
