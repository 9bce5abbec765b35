"""What the loss chart shows is what was recorded."""

import numpy as np
import pytest

from engine.events import (
    Annealed,
    AverageValidated,
    Diverged,
    EncodingUnsure,
    Ended,
    Failed,
    FloorCounted,
    Progressed,
    Resumed,
    Rewound,
    Saved,
    SentencePredicted,
    SourceRead,
    Spiked,
    Started,
    Stepped,
    Turned,
    Validated,
)
from engine.recording import Recording
from engine.settings import Settings
from gui.widgets.loss_picture import loss_picture, ranges, reading
from gui.widgets.smoothing import TrailingMean
from tests.fakes import recording as fake_recording

SECONDS, TOKENS = 0.5, 100  # of one step
LOOK = fake_recording(1).latest(SentencePredicted)


def stepped(step, loss):
    return Stepped(step, SECONDS * step, loss, 2e-3, 0.7, TOKENS * step, 0.0, 0.0)


def recorded(losses, *others):
    made = Recording()
    for event in sorted([*(stepped(i + 1, loss) for i, loss in enumerate(losses)), *others], key=lambda e: e.step):
        made.add(event)
    return made


def validated(step, loss):
    return Validated(step, SECONDS * step, loss, TOKENS * step)


def floor(name, order, loss):
    return FloorCounted(0, 0.0, name, order, loss)


def picture_of(recording, step=None, smoothing=1, **axes):
    return loss_picture(recording, recording.last_step if step is None else step, TrailingMean(smoothing), **axes)


# along the axis


@pytest.mark.parametrize(("unit", "factor"), [("step", 1), ("tokens", TOKENS), ("seconds", SECONDS)])
def test_each_unit_has_its_own_places_for_steps_and_for_validation(unit, factor):
    made = picture_of(recorded([7.0, 6.0, 5.0], validated(0, 7.1), validated(2, 6.1)), unit=unit, log_x=False)
    assert made.raw.x.tolist() == [factor, 2 * factor, 3 * factor]
    assert made.validation.x.tolist() == [0, 2 * factor]
    assert made.validation.y.tolist() == [7.1, 6.1]


def test_what_was_measured_before_the_first_step_stands_at_it_on_a_logarithmic_axis():
    assert picture_of(recorded([7.0, 6.0], validated(0, 7.1))).validation.x.tolist() == [1.0]


def test_smoothing_is_as_wide_as_was_chosen():
    losses = np.random.default_rng(0).normal(5, 1, 300)
    assert picture_of(recorded(losses), smoothing=10).smooth.y[-1] == pytest.approx(losses[-10:].mean())


# floors


FLOORS = (floor("uniform", 0, 6.9), floor("unigram", 1, 5.0), floor("bigram", 2, 3.0))


def beaten(made):
    return {one.name: one.beaten for one in made.floors if np.isfinite(one.beaten)}


def test_a_flag_stands_where_the_smoothed_curve_first_comes_down_to_a_floor():
    losses = [6.0, 5.5, 5.0, 4.0, 6.0, 4.0, 3.5]
    assert beaten(picture_of(recorded(losses, *FLOORS))) == {"unigram": 3.0}
    assert beaten(picture_of(recorded(losses, *FLOORS), unit="tokens")) == {"unigram": 3.0 * TOKENS}


def test_chance_level_is_no_achievement():
    assert "uniform" not in beaten(picture_of(recorded([2.0], *FLOORS)))


def test_knowing_the_training_text_by_heart_beats_nothing():
    losses = [6.0, 4.0, 2.0]
    assert beaten(picture_of(recorded(losses, *FLOORS, validated(3, 5.5)))) == {}
    assert beaten(picture_of(recorded(losses, *FLOORS, validated(3, 4.5)))) == {"unigram": 2.0}


# the playhead


def test_the_newest_step_is_followed():
    made = picture_of(recorded([7.0, 6.0, 5.0], validated(2, 6.5)))
    assert (made.now, made.validated, made.playhead) == (3, 1, None)
    assert (made.training_loss, made.validation_loss) == (5.0, 6.5)


def test_looking_back_keeps_what_came_later_and_tells_the_values_of_then():
    made = picture_of(recorded([7.0, 6.0, 5.0], validated(1, 7.5), validated(3, 5.5)), step=2)
    assert (made.now, made.validated, made.playhead) == (2, 1, 2)
    assert (made.training_loss, made.validation_loss) == (6.0, 7.5)
    assert len(made.raw.y) == 3


# what a person did, and what went wrong


def test_a_dragged_slider_is_one_mark_with_its_last_value():
    drag = [Turned(step, 0.1 * step, "learning_rate", 1e-3 / step) for step in (1, 2, 3)]
    later = Turned(4, 9.0, "clip", 0.5)
    made = picture_of(recorded([7.0] * 5, *drag, later))
    assert [(mark.x, mark.words) for mark in made.marks] == [
        (3.0, "Peak learning rate turned to 3.33e-4"),
        (4.0, "Gradient clip turned to 0.5"),
    ]


def test_a_knob_turned_before_the_first_step_stands_at_it():
    assert [mark.x for mark in picture_of(recorded([7.0], Turned(0, 0.0, "clip", 2.0))).marks] == [1.0]
    assert picture_of(recorded([], Turned(0, 0.0, "clip", 2.0))).marks == ()


def started(**settings):
    return Started(0, 0.0, "amber-heron", Settings(**settings).model_dump(), 1, "CPU")


def diverged(step):
    return Diverged(step, SECONDS * step, "The loss is no number.", "Lower the learning rate.")


def test_a_diverged_run_offers_a_tenth_of_the_learning_rate_set_last():
    stop = picture_of(recorded([7.0, 6.0, 5.0], started(learning_rate=3e-2), diverged(2))).stop
    assert (stop.step, stop.button, stop.changes) == (2, "Start again at 3.0e-3", {"learning_rate": 3e-3})
    turned = Turned(1, 0.5, "learning_rate", 5e-2)
    assert picture_of(recorded([7.0], started(), turned, diverged(1))).stop.changes == {"learning_rate": 5e-3}


def test_the_offered_learning_rate_can_be_chosen():
    stop = picture_of(recorded([7.0], started(learning_rate=1e-5), diverged(1))).stop
    assert Settings(**stop.changes).learning_rate == 1e-5


def saved(step):
    return Saved(step, SECONDS * step, "folder", 1)


def test_a_diverged_run_offers_the_last_checkpoint_before_it_at_half_the_rate():
    run = [started(learning_rate=3e-2), saved(1), saved(2), diverged(3)]
    stop = picture_of(recorded([7.0, 6.0, 5.0], *run)).stop
    assert (stop.back, stop.back_rate) == (2, 1.5e-2)
    assert picture_of(recorded([7.0], started(), diverged(1))).stop.back is None
    assert picture_of(recorded([7.0], started(), saved(1), Failed(1, 0.5, "a", "b"))).stop.back is None


def test_going_back_ends_the_stop_and_leaves_a_mark():
    run = recorded([7.0, 6.0, 5.0], started(), saved(2), diverged(3))
    run.add(Rewound(2, SECONDS * 2, 3))
    made = picture_of(run)
    assert made.stop is None
    assert made.raw.y.tolist() == [7.0, 6.0]
    assert [(mark.x, mark.sign, mark.flag) for mark in made.marks] == [(2.0, "rewound", "back from 3")]


def test_a_run_that_was_resumed_where_it_ended_has_no_mark():
    run = recorded([7.0, 6.0], started())
    run.add(Rewound(2, SECONDS * 2, 2))
    assert picture_of(run).marks == ()


def test_spikes_are_told_in_their_own_measure():
    made = picture_of(
        recorded([7.0, 6.0], Spiked(1, 0.5, "loss", 5.2, 2.1, 0.5, 0), Spiked(2, 1.0, "gradient", 9.0, 1.0, 1.0, 1))
    )
    assert [mark.words for mark in made.marks] == [
        "Loss 6.2 sigma above the last 128 steps",
        "Gradient 8.0 sigma above the last 128 steps, left out",
    ]
    assert {mark.sign for mark in made.marks} == {"spike"}


def test_annealing_has_a_flag_with_the_last_step():
    (mark,) = picture_of(recorded([7.0, 6.0], Annealed(2, 1.0, 1002))).marks
    assert (mark.x, mark.sign, mark.flag) == (2.0, "annealed", "annealing")
    assert mark.words.endswith("1,002")


def test_saving_needs_no_mark():
    assert picture_of(recorded([7.0, 6.0], saved(1), saved(2))).marks == ()


def test_any_other_failure_offers_a_plain_start():
    stop = picture_of(recorded([], Failed(0, 0.0, "<b>No</b> such file.", "Choose another."))).stop
    assert (stop.headline, stop.button, stop.changes) == ("<b>No</b> such file.", "Start again", {})


def test_a_failure_is_over_once_training_has_gone_on():
    assert not picture_of(recorded([7.0, 6.0], diverged(2))).stop.over
    assert picture_of(recorded([7.0, 6.0, 5.0], diverged(2))).stop.over


# averaged weights


def test_averaged_weights_have_a_curve_of_their_own():
    average = [AverageValidated(step, SECONDS * step, 6.0 - step, TOKENS * step) for step in (0, 2)]
    made = picture_of(recorded([7.0, 6.0, 5.0], validated(0, 7.1), validated(2, 6.1), *average), unit="tokens")
    assert made.average.x.tolist() == [TOKENS, 2.0 * TOKENS]  # the first stands at the first step
    assert (made.average_loss, made.validation_loss) == (4.0, 6.1)
    assert [(row.name, row.value) for row in reading(made, 2)[2] if row.line == "average"] == [
        ("averaged weights", "4.000")
    ]
    assert ranges(made)[1].low < 4.0 < 6.1 < ranges(made)[1].high


def test_without_averaging_there_is_no_such_curve():
    made = picture_of(recorded([7.0, 6.0], validated(1, 7.1)))
    assert len(made.average.x) == 0
    assert np.isnan(made.average_loss)


# before anything has happened


@pytest.mark.parametrize(
    ("events", "waiting", "counting"),
    [
        ([], False, False),
        ([Progressed(0, 0.0, "Reading corpus", 0.5)], False, True),
        ([Progressed(0, 0.0, "Reading corpus", 0.5), Failed(0, 0.0, "empty", "")], False, False),
        ([Progressed(0, 0.0, "Reading corpus", 0.5), Ended(0, 0.0)], False, False),
        ([Progressed(0, 0.0, "Reading corpus", 1.0), started()], False, False),
        ([Progressed(0, 0.0, "Reading corpus", 1.0), started(), LOOK], True, False),
        ([started(), Resumed(0, 0.0)], False, False),
    ],
)
def test_a_person_is_asked_to_press_play_only_when_that_would_help(events, waiting, counting):
    made = picture_of(recorded([], *events))
    assert (made.waiting, made.counting) == (waiting, counting)
    assert np.isnan(made.training_loss)


@pytest.mark.parametrize("unit", ["step", "tokens", "seconds"])
@pytest.mark.parametrize("log_x", [False, True])
@pytest.mark.parametrize("log_y", [False, True])
@pytest.mark.parametrize("losses", [[], [7.0], [7.0, 6.0], [np.nan], [7.0, np.inf, 6.0], [0.0, 0.0], [1e300]])
def test_there_is_always_a_range_that_makes_sense(unit, log_x, log_y, losses):
    x, y = ranges(picture_of(recorded(losses), unit=unit, log_x=log_x, log_y=log_y))
    assert 0 < x.size < 1e7
    assert 0 < y.size < 20


# ranges


def test_the_range_grows_in_few_steps_and_holds_the_whole_curve():
    run = fake_recording(300)
    first = ranges(picture_of(run))[0]
    assert (first.low, 10**first.high) == (0.0, pytest.approx(1000))
    ends = [ranges(picture_of(recorded(np.full(count, 3.0))))[0].high for count in range(900, 2200, 100)]
    assert ends == sorted(ends)
    assert {round(10**end) for end in ends} == {1000, 2000, 5000}


def test_floors_are_in_view_with_room_for_the_curve_to_fall_below():
    y = ranges(picture_of(recorded([6.8], *FLOORS)))[1]
    assert y.low < 2.5
    assert y.high > 6.9


def test_a_loss_that_goes_astray_does_not_flatten_the_rest():
    y = ranges(picture_of(recorded([7.0, 6.0, 4000.0], *FLOORS)))[1]
    assert y.high < 12


# reading out


def test_a_reading_tells_exact_values_of_its_step():
    run = recorded([5.0, 4.0, 3.1234], *FLOORS, validated(2, 4.5))
    headline, aside, rows = reading(picture_of(run, smoothing=20), 2)
    assert (headline, aside) == ("Step 3", "0:01")
    assert [(row.name, row.value) for row in rows] == [
        ("training", "3.123"),
        ("this step", "3.123"),
        ("validation at 2", "4.500"),
        ("below unigram by", "0.500"),
    ]


def test_a_reading_where_there_is_no_number_says_so():
    _, _, rows = reading(picture_of(recorded([5.0, np.nan])), 1)
    assert [row.value for row in rows] == ["no number", "no number"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("learning_rate", 0.05, "Peak learning rate turned to 5.0e-2"),
        ("temperature", 0.8, "Temperature turned to 0.8"),
        ("batch_size", 1024.0, "Batch size turned to 1,024"),
        ("clip", 0.0, "Gradient clip turned to off"),
        ("wings", 2.0, "wings turned to 2"),
    ],
)
def test_a_setting_is_written_as_everywhere(name, value, words):
    assert picture_of(recorded([7.0], Turned(0, 0.0, name, value))).marks[0].words == words


def source(place, name):
    return SourceRead(0, 0.0, place, name, "", 1, 1, 0, 1, 1, 1, 1, "", np.nan)


def test_a_mixture_that_was_turned_is_told_by_the_names_of_its_texts():
    sources = source(0, "Stories"), source(1, "no\u202etes <b>.txt")
    turned = Turned(1, 0.5, "weights", (0.4, 0.15, 0.45))
    (mark,) = picture_of(recorded([7.0], *sources, turned)).marks
    assert mark.words == "Mixture turned: Stories 0.40, noU+202Etes <b>.txt 0.15, text 3 0.45"
    many = Turned(1, 0.5, "weights", (0.1,) * 9)
    (mark,) = picture_of(recorded([7.0], *sources, many)).marks
    assert mark.words.endswith(" \u2026")
    assert mark.words.count("0.10") == 3


def test_what_all_rules_leave_is_in_view_and_nothing_is_below_it_in_words():
    made = picture_of(recorded([2.0], *FLOORS, floor("true entropy", -1, 2.5)))
    assert ranges(made)[1].low < 2.0
    assert [row.name for row in reading(made, 0)[2]][-1] == "below bigram by"


def test_a_text_that_cannot_be_read_yet_is_neither_counted_nor_waiting():
    unsure = EncodingUnsure(0, 0.0, "no UTF-8", "", "", "old.txt", "cp1252", "abc")
    made = picture_of(recorded([], Progressed(0, 0.0, "Reading corpus", 0.5), unsure))
    assert (made.waiting, made.counting) == (False, False)
    assert made.stop.encoding == "cp1252"
