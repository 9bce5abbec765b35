"""The playhead follows until it is moved, and never leaves the recording."""

import pytest

from engine.events import Rewound
from engine.recording import Recording
from gui.playhead import Playhead
from tests.fakes import recording


@pytest.fixture(scope="module")
def run() -> Recording:
    return recording(100)


def test_it_follows_the_newest_step(run):
    head = Playhead()
    head.tick(run)
    assert (head.step, head.following) == (100, True)


def test_once_moved_it_stays_where_it_is(run):
    head = Playhead()
    head.seek(40, run)
    head.tick(run)
    assert (head.step, head.following) == (40, False)


@pytest.mark.parametrize(("wish", "step"), [(-5, 0), (0, 0), (100, 100), (10**9, 100)])
def test_it_cannot_be_moved_out_of_the_recording(run, wish, step):
    head = Playhead()
    head.seek(wish, run)
    assert head.step == step


def test_it_can_be_told_to_follow_again(run):
    head = Playhead()
    head.seek(40, run)
    head.follow(run)
    assert (head.step, head.following) == (100, True)


def test_an_empty_recording_is_at_step_0():
    head = Playhead()
    head.tick(Recording())
    head.seek(7, Recording())
    assert head.step == 0


def test_it_is_never_behind_the_end_of_a_recording_that_became_shorter():
    made, playhead = recording(100), Playhead()
    playhead.seek(90, made)
    made.add(Rewound(50, 2.5, 100))
    playhead.tick(made)
    assert (playhead.step, playhead.following) == (50, False)
