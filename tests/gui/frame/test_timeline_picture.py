"""What stands where on the timeline, in numbers."""

import numpy as np
import pytest

from engine.annotations import Annotations, Note
from engine.events import Annealed, Branched, Rewound, Saved, Started, Stepped, Turned
from engine.recording import Recording
from gui.frame.timeline_marks import Happenings, TimeMark, mark_note, mark_words, words_at
from gui.frame.timeline_picture import (
    BLOCK,
    TOP,
    Picture,
    Size,
    density,
    last_on_axis,
    look_steps,
    picture,
    stamp,
    step_words,
    ticks,
)
from gui.shown import Shown
from tests.fakes import recording

SIZE = Size(1000.0)


def begun(horizon: object = 5000) -> Recording:
    made = Recording()
    made.add(Started(0, 0.0, "amber-heron", {"horizon": horizon, "tokenizer": "bpe"}, 920_000, "CPU"))
    return made


def stepped(last: int, made: Recording | None = None) -> Recording:
    made = made or begun()
    for step in range(made.last_step + 1, last + 1):
        made.add(Stepped(step, step * 0.05, 3.0, 1e-3, 1.0, step, 0.0, 0.0))
    return made


def branch(of: Recording, step: int, last: int, parent: str = "parent") -> Recording:
    made = stepped(step)
    made.add(Branched(step, step * 0.05, parent, {"learning_rate": 1e-3}, {"learning_rate": 3e-3}))
    return stepped(last, made)


def shown(made: Recording, key: str = "/runs/parent", place: int = 0, live: bool = False) -> Shown:
    return Shown(key, key.rpartition("/")[2], made, place, "", live)


def seen(*runs: Shown, size: Size = SIZE, kept: list[int] | None = None) -> Picture:
    return picture(runs, size, Happenings(), kept)


def signs(made: Picture) -> list[tuple[str, int]]:
    return [(mark.sign, mark.step) for mark in made.marks]


def words(made: Picture, mark: TimeMark) -> str:
    return mark_words(mark, made.rows)


# the axis


def test_a_run_that_trains_has_room_up_to_its_horizon() -> None:
    assert last_on_axis([shown(stepped(20), live=True)]) == 5000


def test_a_recorded_run_fills_the_axis() -> None:
    assert last_on_axis([shown(stepped(20))]) == 20


def test_an_annealed_run_ends_where_its_rate_does() -> None:
    made = stepped(20)
    made.add(Annealed(20, 1.0, 120))
    assert last_on_axis([shown(made, live=True)]) == 120


def test_beyond_the_horizon_the_axis_grows_in_steps_and_not_with_every_step() -> None:
    ends = {last_on_axis([shown(stepped(last, begun(100)), live=True)]) for last in range(101, 151)}
    assert ends == {150}


def test_the_longest_run_decides() -> None:
    assert last_on_axis([shown(stepped(20)), shown(stepped(70), "/runs/other")]) == 70


@pytest.mark.parametrize("horizon", ["many", None, -5, float("nan"), float("inf"), 1e300])
def test_a_horizon_that_is_none_is_left_out(horizon: object) -> None:
    assert last_on_axis([shown(stepped(20, begun(horizon)), live=True)]) == 20


def test_nothing_known_is_an_empty_axis() -> None:
    for made in (seen(), seen(shown(Recording(), live=True))):
        assert (made.end, made.ticks, made.marks, len(made.saved_S)) == (0, (), (), 0)


def test_one_step_is_drawn_whole() -> None:
    made = seen(shown(stepped(1)))
    assert [(tick.step, tick.label) for tick in made.ticks] == [(0, "0"), (1, "1")]
    assert made.lanes[0].last == 1


@pytest.mark.parametrize(
    ("end", "width", "labels"),
    [
        (5000, 400.0, ["0", "1,000", "2,000", "3,000", "4,000", "5,000"]),
        (2418, 400.0, ["0", "500", "1,000", "1,500", "2,418"]),
        (3, 1000.0, ["0", "1", "2", "3"]),
        (1_000_000, 300.0, ["0", "500,000", "1,000,000"]),
    ],
)
def test_ticks_are_round_steps_and_the_end(end: int, width: float, labels: list[str]) -> None:
    assert [tick.label for tick in ticks(end, Size(width))] == labels


@pytest.mark.parametrize("end", [1, 7, 99, 1001, 2418, 123_456, 10**7])
@pytest.mark.parametrize("width", [120.0, 700.0, 1500.0])
def test_labels_have_room(end: int, width: float) -> None:
    places = [tick.step * width / end for tick in ticks(end, Size(width))]
    assert places[0] == 0
    assert places[-1] == width
    assert min(np.diff(places)) > 30


# looks


def test_looks_are_found_by_their_steps_each_once() -> None:
    assert look_steps(recording(60)).tolist() == [0, 10, 20, 30, 40, 50, 60]
    assert look_steps(Recording()).tolist() == []


def test_sparse_looks_are_blocks_where_they_were_made() -> None:
    made = density(np.array([0, 500, 1000]), 1000, SIZE)
    drawn = np.flatnonzero(made)
    assert len(made) == 1000
    assert drawn.tolist() == [0, 1, 2, *range(498, 503), 997, 998, 999]
    assert len(set(made[drawn].tolist())) == 1


def test_where_looks_are_dense_the_strip_is_brighter() -> None:
    made = density(np.concatenate([np.arange(0, 1000), np.arange(1000, 5000, 50)]), 5000, SIZE)
    assert made[100] == TOP
    assert 0 < made[600] < TOP
    assert all(np.diff(made[100:150].astype(int)) == 0)


def test_a_dense_screen_has_more_dots_and_the_same_strip() -> None:
    coarse, fine = (density(np.array([500]), 1000, Size(1000.0, dots)) for dots in (1.0, 2.0))
    assert len(fine) == 2 * len(coarse)
    assert np.count_nonzero(fine) == 2 * np.count_nonzero(coarse) == 2 * BLOCK


def test_a_narrow_strip_is_no_trouble() -> None:
    assert len(density(np.arange(100), 99, Size(0.0))) == 1


# lanes


def test_a_branch_begins_at_its_fork_beside_its_parent() -> None:
    parent = stepped(100)
    made = seen(shown(parent), shown(branch(parent, 40, 90), "/runs/b", 1, live=True))
    assert [(lane.first, lane.last, lane.parent, lane.live) for lane in made.lanes] == [
        (0, 100, None, False),
        (40, 90, 0, True),
    ]
    assert ("fork", 40) in signs(made)
    assert words(made, made.marks[0]) == "Step 40: b branched off"


def test_a_branch_alone_has_all_of_its_past_and_a_sign_where_it_left() -> None:
    made = seen(shown(branch(Recording(), 40, 90, "night-carp"), "/runs/b"))
    assert (made.lanes[0].first, made.lanes[0].parent) == (0, None)
    assert words(made, made.marks[0]) == "Step 40: Branched off night-carp"


def test_a_run_that_says_it_is_its_own_parent_is_drawn_from_the_first_step() -> None:
    made = seen(shown(branch(Recording(), 40, 90, "b"), "/runs/b"), shown(stepped(10), "/runs/c"))
    assert (made.lanes[0].first, made.lanes[0].parent) == (0, None)


def test_looks_of_the_parent_are_not_drawn_twice() -> None:
    child = recording(100)
    child.add(Branched(100, 5.0, "parent", {}, {}))
    made = seen(shown(stepped(200)), shown(child, "/runs/b", 1))
    assert not made.lanes[1].levels_W[:400].any()
    assert made.lanes[1].levels_W[500]


# checkpoints


def test_checkpoints_are_those_that_are_still_there() -> None:
    made = recording(300)
    assert seen(shown(made)).saved_S.tolist() == [50, 100, 150, 200, 250, 300]
    assert seen(shown(made), kept=[100, 300, 999]).saved_S.tolist() == [100, 300]
    assert seen(shown(made), kept=[]).saved_S.tolist() == []


def test_a_checkpoint_saved_twice_is_one_and_close_ones_are_merged() -> None:
    made = stepped(100)
    for step in (*range(1, 101), 100):
        made.add(Saved(step, step * 0.05, ".", 0))
    assert len(seen(shown(made), size=Size(70.0)).saved_S) == 11


# marks


def test_what_happened_stands_at_its_step() -> None:
    made = stepped(1000)
    made.add(Turned(400, 20.0, "learning_rate", 2e-3))
    made.annotate(Annotations(notes=(Note(7, 700, "It has\nlearned names", ""),)))
    drawn = seen(shown(made))
    assert signs(drawn) == [("turned", 400), ("note", 700)]
    assert words(drawn, drawn.marks[0]) == "Step 400: Peak learning rate turned to 2.0e-3"
    assert words(drawn, drawn.marks[1]) == "Step 700: It has learned names"
    assert [mark_note(mark, drawn.rows) for mark in drawn.marks] == [None, 7]


def test_a_floor_gets_a_flag_where_the_loss_chart_has_it() -> None:
    drawn = seen(shown(recording(300)))
    flags = [mark for mark in drawn.marks if mark.sign == "floor"]
    assert [words(drawn, flag).splitlines()[0].partition(": ")[2] for flag in flags] == [
        "Now better than counting tokens",
        "Now better than pairs of tokens",
    ]


def test_a_floor_is_taken_back_with_the_steps_that_crossed_it() -> None:
    made, happenings = recording(300), Happenings()
    runs = [shown(made)]
    before = [mark.step for mark in picture(runs, SIZE, happenings).marks if mark.sign == "floor"]
    made.add(Rewound(50, 2.5, 300))
    after = [mark.step for mark in picture(runs, SIZE, happenings).marks if mark.sign == "floor"]
    assert before[0] < 50 < before[1]
    assert after == before[:1]


def test_what_stands_too_close_is_one_sign_for_what_matters_most() -> None:
    made = stepped(1000)
    for step in (400, 405):
        made.add(Turned(step, step * 0.05 + (step > 400) * 5, "learning_rate", 2e-3))
    made.annotate(Annotations(notes=(Note(1, 403, "here", ""), Note(2, 404, "and here", ""))))
    drawn = seen(shown(made))
    assert signs(drawn) == [("note", 403)]
    assert drawn.marks[0].number == 4
    told = words(drawn, drawn.marks[0]).splitlines()
    assert told == [
        "Step 400: Peak learning rate turned to 2.0e-3",
        "Step 403: here",
        "Step 404: and here",
        "Step 405: Peak learning rate turned to 2.0e-3",
    ]


def test_a_million_notes_are_no_more_signs_than_there_is_room_for() -> None:
    made = stepped(10)
    made.annotate(Annotations(notes=tuple(Note(step, step, "x", "") for step in range(1_000_000))))
    made.last_step = 1_000_000
    drawn = seen(shown(made))
    assert len(drawn.marks) <= 1000 / 12 + 1
    assert sum(mark.number for mark in drawn.marks) == 1_000_000
    assert max(len(mark.parts) for mark in drawn.marks) <= 13
    assert words(drawn, drawn.marks[0]).splitlines()[-1] == f"and {drawn.marks[0].number - 4:,} more"


def test_what_happened_at_a_step_leaves_out_notes_and_neighbours() -> None:
    made = stepped(1000)
    made.add(Turned(400, 20.0, "learning_rate", 2e-3))
    made.annotate(Annotations(notes=(Note(1, 400, "here", ""),)))
    drawn = seen(shown(made))
    assert words_at(drawn.rows, 400) == ["Peak learning rate turned to 2.0e-3"]
    assert words_at(drawn.rows, 401) == []


def test_step_words_are_those_of_the_last_recorded_step() -> None:
    run = shown(stepped(20))
    assert step_words(run, 7) == "Step 7: loss 3.00, learning rate 1.0e-3"
    assert step_words(run, 0) == "Step 0"


# when it is drawn again


def test_it_is_drawn_again_for_what_can_be_seen_only() -> None:
    made = stepped(1000)
    runs = (shown(made, live=True),)
    before = stamp(runs, SIZE)
    stepped(1001, made)
    assert stamp(runs, SIZE) == before  # a fifth of a pixel
    stepped(1010, made)
    assert stamp(runs, SIZE) != before
    before = stamp(runs, SIZE)
    made.annotate(Annotations(notes=(Note(1, 7, "here", ""),)))
    assert stamp(runs, SIZE) != before


def test_another_recording_of_the_same_length_is_another_picture() -> None:
    assert stamp((shown(stepped(9)),), SIZE) != stamp((shown(stepped(9)),), SIZE)
