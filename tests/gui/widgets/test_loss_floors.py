"""Floors and their flags: where the model became better, whenever the floor was counted, and in which words."""

import numpy as np
import pytest

from engine.events import FloorCounted, Started
from engine.recording import Recording
from engine.settings import Settings
from gui.widgets.loss_floors import RULES_KNOWN, crossing, feat, floors
from gui.widgets.loss_picture import Curve

STEPS = np.arange(1.0, 101.0)
FALLING = Curve(STEPS, 7.0 - STEPS / 20)  # 5.0 at step 40
NOTHING = Curve(np.empty(0), np.empty(0))


def recorded(*events):
    made = Recording()
    for event in events:
        made.add(event)
    return made


def floor(order, loss, step=0):
    return FloorCounted(step, 0.0, f"{order}-gram", order, loss)


def test_a_floor_that_was_counted_late_is_flagged_where_the_curve_had_crossed_it():
    (early,) = floors(recorded(floor(2, 5.0)), FALLING, NOTHING, 1.0)
    (late,) = floors(recorded(floor(2, 5.0, step=90)), FALLING, NOTHING, 1.0)
    assert early == late
    assert early.beaten == 40.0


def test_a_validation_that_follows_later_holds_the_flag_back():
    measured = Curve(np.array([0.0, 50.0, 70.0, 90.0]), np.array([7.0, 5.5, 5.2, 4.9]))
    assert crossing(FALLING, measured, 5.0) == 70.0  # the last time it was above
    assert crossing(FALLING, Curve(measured.x[:3], measured.y[:3]), 5.0) != 70.0
    assert np.isnan(crossing(FALLING, Curve(measured.x[:3], measured.y[:3]), 5.0))


def test_a_flag_stays_though_validation_rises_again():
    measured = Curve(np.array([0.0, 30.0, 60.0, 90.0]), np.array([7.0, 5.5, 4.9, 6.0]))
    assert crossing(FALLING, measured, 5.0) == 40.0


def test_what_all_rules_leave_is_a_floor_that_nobody_beats():
    (made,) = floors(recorded(floor(-1, 5.0)), FALLING, NOTHING, 1.0)
    assert made.name == RULES_KNOWN
    assert np.isnan(made.beaten)


def test_a_floor_counted_again_after_a_resumption_is_one_floor():
    made = floors(recorded(floor(0, 7.0), floor(1, 5.5), floor(0, 7.0, 50), floor(1, 5.5, 50)), FALLING, NOTHING, 1.0)
    assert [one.order for one in made] == [0, 1]


def test_floors_are_in_the_unit_of_the_chart():
    (made,) = floors(recorded(floor(1, 5.0)), Curve(STEPS, 0.5 * FALLING.y), NOTHING, 0.5)
    assert (made.loss, made.beaten) == (2.5, 40.0)


@pytest.mark.parametrize(
    ("order", "tokenizer", "words"),
    [
        (1, "character", "now better than counting letters"),
        (2, "character", "now better than letter pairs"),
        (3, "character", "now better than letter triples"),
        (6, "character", "now better than 6 letters in a row"),
        (2, "byte", "now better than pairs of bytes"),
        (2, "bpe", "now better than pairs of tokens"),
        (4, "", "now better than 4 tokens in a row"),
        (0, "character", ""),
        (-1, "character", ""),
    ],
)
def test_a_flag_says_what_a_pupil_understands(order, tokenizer, words):
    assert feat(order, tokenizer) == words


def test_the_words_are_those_of_the_runs_tokenizer():
    started = Started(0, 0.0, "amber-heron", Settings(tokenizer="character").model_dump(), 1, "CPU")
    (made,) = floors(recorded(started, floor(2, 5.0)), FALLING, NOTHING, 1.0)
    assert made.feat == "now better than letter pairs"
