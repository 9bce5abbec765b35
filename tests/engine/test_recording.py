"""A recording finds events by kind and step, keeps old views valid, and stays bounded."""

from itertools import pairwise

import numpy as np
import pytest

from engine.events import (
    KINDS,
    Annealed,
    Attended,
    Event,
    Rewound,
    SentencePredicted,
    Started,
    Stepped,
    Turned,
    Validated,
    Wrote,
)
from engine.looks import HEAVY, HEAVY_KEPT
from engine.recording import NUMBERS_ONLY, Recording
from tests.fakes import events, recording


def stepped(step: int, loss: float = 1.0) -> Stepped:
    return Stepped(step, step * 0.1, loss, 1e-3, 0.5, step * 100, step * 0.01, 0.0)


def attended(step: int) -> Attended:
    return Attended(step, step * 0.1, np.arange(2, dtype=np.int32), np.full((1, 1, 2, 2), step % 100, np.uint16))


def filled(*made: Event) -> Recording:
    whole = Recording()
    for event in made:
        whole.add(event)
    return whole


def test_numbers_are_columns_and_arrays_are_heavy():
    assert {Stepped, Validated} <= NUMBERS_ONLY
    assert {Attended, SentencePredicted} <= HEAVY
    assert not (NUMBERS_ONLY & HEAVY)
    assert not ({Turned, Wrote} & (NUMBERS_ONLY | HEAVY))


def test_an_empty_recording_answers_everything_with_nothing():
    empty = Recording()
    for kind in (Stepped, Attended, Wrote):
        assert empty.latest(kind) is None
        assert empty.count(kind, 10) == 0
    assert empty.all(Wrote) == []
    assert [len(part) for part in empty.curve(Stepped, "loss")] == [0, 0]
    assert empty.last_step == 0


@pytest.mark.parametrize(("step", "expected"), [(0, None), (1, 1), (49, 40), (50, 50), (10**9, 90)])
def test_latest_is_the_last_one_at_or_before_the_step(step, expected):
    for whole in (filled(*(stepped(s) for s in (1, 40, 50, 90))), filled(*(attended(s) for s in (1, 40, 50, 90)))):
        kind = Stepped if whole.count(Stepped) else Attended
        found = whole.latest(kind, step)
        assert (found.step if found else None) == expected


def test_an_event_of_numbers_comes_back_as_it_was():
    event = stepped(7, 2.5)
    found = filled(event).latest(Stepped)
    assert [getattr(found, name) for name in Stepped.__dataclass_fields__ if name != "step"] == [
        getattr(event, name) for name in Stepped.__dataclass_fields__ if name != "step"
    ]
    assert (found.step, type(found.step), type(found.tokens)) == (7, int, int)


def test_a_curve_ends_at_the_step():
    whole = filled(*(stepped(step, 1 / step) for step in range(1, 101)))
    steps, losses = whole.curve(Stepped, "loss", 10)
    assert steps.tolist() == list(range(1, 11))
    assert losses.tolist() == [1 / step for step in range(1, 11)]
    assert len(whole.curve(Stepped, "loss")[0]) == 100


def test_old_views_keep_their_numbers_while_the_recording_grows():
    whole = filled(*(stepped(step, 1 / step) for step in range(1, 1001)))
    _, losses = whole.curve(Stepped, "loss")
    before = losses.copy()
    for step in range(1001, 5001):
        whole.add(stepped(step, 99.0))
    np.testing.assert_array_equal(losses, before)


def test_a_curve_is_a_view_and_no_copy():
    whole = filled(*(stepped(step) for step in range(1, 11)))
    assert np.shares_memory(whole.curve(Stepped, "loss")[1], whole.curve(Stepped, "loss", 5)[1])


def test_equal_stamps_mean_that_nothing_was_added_for_these_kinds():
    whole = filled(stepped(1), attended(1))
    watched = whole.stamp((Stepped,), 1)
    whole.add(attended(1))
    assert whole.stamp((Stepped,), 1) == watched
    whole.add(stepped(1))
    assert whole.stamp((Stepped,), 1) != watched


def test_heavy_events_are_thinned_without_a_hole_and_the_newest_are_all_kept():
    whole = Recording()
    for step in range(1, 20 * HEAVY_KEPT + 1):
        whole.add(attended(step))
        assert whole.count(Attended) <= HEAVY_KEPT
    steps = [event.step for event in whole.all(Attended)]
    assert steps[0] == 1
    assert steps[-50:] == list(range(20 * HEAVY_KEPT - 49, 20 * HEAVY_KEPT + 1))
    assert steps == sorted(set(steps))
    assert max(later / earlier for earlier, later in pairwise(steps) if earlier > 10) < 1.2  # no hole on a log axis
    assert whole.latest(Attended, 20 * HEAVY_KEPT).step == 20 * HEAVY_KEPT


def test_thinning_changes_the_stamp_even_where_the_count_stays():
    whole = filled(*(attended(step) for step in range(1, HEAVY_KEPT + 1)))
    stamps = set()
    for step in range(HEAVY_KEPT + 1, 2 * HEAVY_KEPT):
        whole.add(attended(step))
        stamps.add(whole.stamp((Attended,)))
    assert len(stamps) == HEAVY_KEPT - 1


def test_light_events_are_never_thinned():
    whole = filled(*(Turned(step, 0.0, "clip", 1.0) for step in range(3 * HEAVY_KEPT)))
    assert whole.count(Turned) == 3 * HEAVY_KEPT


def test_a_run_added_twice_gives_the_same_recording():
    made = events(60)
    one, other = filled(*made), filled(*made)
    for field in ("step", "loss", "learning_rate", "tokens"):
        np.testing.assert_array_equal(one.curve(Stepped, field)[1], other.curve(Stepped, field)[1])
    assert one.stamp(KINDS) == other.stamp(KINDS)


def test_a_whole_run_is_found_again():
    whole = recording(100)
    assert whole.last_step == 100
    assert whole.latest(Started).step == 0
    assert whole.latest(SentencePredicted, 55).step == 50
    assert [event.step for event in whole.all(Wrote, 60)] == [50]


def test_arrays_without_anything_in_them_break_nothing():
    nothing = np.zeros(0, np.int32)
    whole = filled(SentencePredicted(1, 0.1, nothing, nothing, nothing, nothing))
    assert whole.count(SentencePredicted) == 1


def test_going_back_forgets_what_came_after_and_old_views_stay():
    whole = filled(*(stepped(step, 1 / step) for step in range(1, 101)), attended(50), attended(90))
    steps, losses = whole.curve(Stepped, "loss")
    before = steps.copy(), losses.copy()
    stamp = whole.stamp((Stepped, Attended))
    whole.add(Rewound(60, 6.0, 100))
    assert whole.last_step == 60
    assert whole.count(Stepped) == 60
    assert [event.step for event in whole.all(Attended)] == [50]
    assert whole.stamp((Stepped, Attended)) != stamp
    for step in range(61, 1300):
        whole.add(stepped(step, 7.0))
    np.testing.assert_array_equal(steps, before[0])
    np.testing.assert_array_equal(losses, before[1])
    assert whole.curve(Stepped, "loss")[0].tolist() == list(range(1, 1300))
    assert whole.curve(Stepped, "loss", 61)[1][-1] == 7.0


def test_what_happened_at_the_very_step_stays_but_an_anneal_is_said_again():
    whole = filled(
        Turned(60, 6.0, "clip", 2.0), Annealed(60, 6.0, 80), Turned(61, 6.1, "clip", 3.0), Rewound(60, 6.0, 70)
    )
    assert [event.value for event in whole.all(Turned)] == [2.0]
    assert whole.latest(Annealed) is None
    whole.add(Annealed(60, 6.0, 80))
    assert whole.latest(Annealed).last_step == 80


def test_one_can_go_back_again_and_again():
    whole = filled(stepped(1), stepped(2), Rewound(1, 0.1, 2), stepped(2), Rewound(0, 0.0, 2), stepped(1))
    assert whole.curve(Stepped, "loss")[0].tolist() == [1]
    assert whole.curve(Rewound, "left")[0].tolist() == [0]
