"""What should be known before lines are compared."""

import pytest

from engine.events import Stepped
from engine.recording import Recording
from gui.widgets.overlay_courses import Choice, Courses
from gui.widgets.overlay_notes import ALONE, KnownData, names, notes
from tests.gui.widgets.compared_runs import begun, corpus_read, metered, run, shown, validated


def told(*recordings, **choice):
    runs = [shown(made, f"run{place}", place) for place, made in enumerate(recordings)]
    chosen, courses = Choice(**choice), Courses()
    return notes(runs, [courses.of(one.recording, chosen) for one in runs], chosen, KnownData())


def read(**corpus):
    made = begun()
    made.add(corpus_read(**corpus))
    made.add(Stepped(1, 0.5, 3.0, 0.0, 0.0, 100, 0.0, 0.0))
    return made


def test_a_run_alone_asks_for_another_one():
    assert told(run([3.0])) == (ALONE,)
    assert told(begun()) == ()


def test_runs_on_the_same_text_and_tokens_need_no_word():
    assert told(run([3.0]), run([4.0], seed=2)) == ()


def test_other_tokens_are_told_in_nats_and_are_none_of_the_matter_in_bits():
    other = read(vocabulary=("a", "b"))
    assert told(run([3.0]), other) == ("run1 cut text into other tokens: bits per byte compare them.",)
    assert told(run([3.0]), other, unit="bits per byte") == ()


@pytest.mark.parametrize("unit", ["nats per token", "bits per byte"])
def test_another_text_is_told_in_any_unit(unit):
    assert told(run([3.0]), read(name="Letters"), unit=unit) == ("run1 read another text than run0.",)


def test_another_text_in_other_tokens_compares_in_no_unit():
    other = read(name="Letters", vocabulary=("a", "b"))
    assert told(run([3.0]), other) == ("run1 read another text than run0.",)


def test_a_text_that_was_spoiled_is_another_one_though_what_is_held_out_stays_clean():
    clean, spoiled = run([3.0]), run([3.0], typos=0.2)
    for made in (clean, spoiled):
        made.add(validated(1, 3.0))
    assert told(clean, spoiled) == ("run1 read another text than run0.",)
    assert told(clean, spoiled, loss="validation") == ()


def test_runs_that_have_no_place_on_the_axis_are_named():
    foreign = Recording()
    foreign.add(Stepped(1, 0.5, 3.0, 0.0, 0.0, 100, 0.0, 0.0))
    assert told(run([3.0]), foreign, axis="flops") == ("Not known of run1: FLOPs.",)
    assert told(run([3.0]), run([3.0]), axis="energy") == ("Not known of run0 and run1: energy.",)


def test_runs_that_do_not_know_their_bytes_are_named():
    assert told(run([3.0]), read(train_bytes=0), unit="bits per byte") == ("Not known of run1: bytes of the text.",)


def test_an_estimate_is_called_one():
    guessed, measured = run([3.0, 3.0]), run([3.0, 3.0])
    guessed.add(metered(2, 1.0, 10.0, measured=0))
    measured.add(metered(2, 1.0, 10.0))
    assert told(measured, guessed, axis="energy") == ("Estimated energy: run1.",)
    assert told(guessed, guessed, axis="energy") == ("The energy is an estimate.",)
    assert told(measured, guessed) == ()


def test_of_many_runs_a_few_are_named_and_no_name_is_obeyed():
    many = [shown(Recording(), name) for name in ("one\ntwo", "b", "c", "d")]
    assert names(many) == "one↵two, b and 2 more"
