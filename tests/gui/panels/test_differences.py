"""What differs: settings, losses, what was beaten and what it cost; each number checked by hand."""

from math import nan

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from engine.events import Branched, CorpusRead, FloorCounted, Metered, Rewound, Started, Stepped, Turned, Validated
from engine.recording import Recording
from engine.settings import Settings
from gui.panels.differences import DifferencesPanel
from gui.panels.differences_picture import ALONE, DifferencesOptions, differences, watt_hours
from gui.panels.differences_totals import Totals
from gui.shown import Shown
from gui.widgets.comparable import TEXTS_DIFFER, TOKENS_DIFFER
from tests.fakes import recording

SETTINGS = Settings().model_dump(mode="json")
EXACT = {"smoothing": 1}


def started(step=0, **settings):
    return Started(step, 0.0, "amber-heron", {**SETTINGS, **settings}, 1, "CPU")


def stepped(step, loss):
    return Stepped(step, 2.0 * step, loss, 1e-3, 0.5, 100 * step, 0.1, 0.0)


def run(*losses, events=(), key="a", group="", place=0, live=False, **settings):
    """A run with these losses at steps 1, 2, …; `events` come first."""
    made = Recording()
    made.add(started(**settings))
    for event in events:
        made.add(event)
    for step, loss in enumerate(losses, 1):
        made.add(stepped(step, loss))
    return Shown(key, key, made, place, group, live)


def table(*runs, step=0, **options):
    return differences(runs, step, DifferencesOptions(**{**EXACT, **options}), Totals())


def texts(picture, name):
    (row,) = [row for row in picture.rows if row.name == name]
    return [cell.text for cell in row.cells]


def strong(picture, name):
    (row,) = [row for row in picture.rows if row.name == name]
    return [cell.strong for cell in row.cells]


def says(picture, name, place):
    return next(row for row in picture.rows if row.name == name).cells[place].says


def names(picture):
    return [row.name for row in picture.rows]


# settings


def test_only_settings_that_differ_are_shown_strong_where_not_as_in_the_first():
    picture = table(run(), run(key="b", learning_rate=6e-3), run(key="c", batch_size=48))
    assert texts(picture, "Peak learning rate") == ["2.0e-3", "6.0e-3", "2.0e-3"]
    assert strong(picture, "Peak learning rate") == [False, True, False]
    assert strong(picture, "Batch size") == [False, False, True]
    assert f"{len(SETTINGS) - 2} settings are equal" in names(picture)
    assert "Layers" not in names(picture)


def test_what_is_equal_is_told_to_whoever_asks():
    picture = table(run(), run(key="b", learning_rate=6e-3))
    equal = next(row for row in picture.rows if row.name.endswith("are equal"))
    assert "Layers 4" in equal.says
    assert "Peak learning rate" not in equal.says


def test_a_setting_that_means_nothing_to_the_runs_is_no_difference():
    picture = table(run(), run(key="b", masked_share=0.5))
    assert "Masked share" not in names(picture)
    assert "Masked share" in names(table(run(objective="masked"), run(key="b", objective="masked", masked_share=0.5)))


def test_a_branch_starts_from_its_fork_with_what_was_changed_there():
    fork = Branched(800, 1.0, "heron", {"learning_rate": 2e-3}, {"learning_rate": 6e-3})
    picture = table(run(), run(key="b", events=[fork]), step=10)
    assert texts(picture, "Starts from") == ["step 0", "step 800"]
    assert "from heron at step 800" in says(picture, "Starts from", 1)
    assert texts(picture, "Peak learning rate") == ["2.0e-3", "6.0e-3"]


def test_a_branch_that_was_started_again_has_what_was_saved_of_it():
    fork = Branched(800, 1.0, "heron", {"learning_rate": 2e-3}, {"learning_rate": 6e-3})
    again = started(900, learning_rate=5e-3)
    picture = table(run(), run(key="b", events=[fork, again]), step=1000)
    assert texts(picture, "Peak learning rate") == ["2.0e-3", "5.0e-3"]


def test_a_turned_knob_shows_what_it_is_at_the_step_and_that_it_was_turned():
    both = run(), run(key="b", events=[Turned(300, 1.0, "learning_rate", 1e-3)])
    assert texts(table(*both, step=400), "Peak learning rate") == ["2.0e-3", "1.0e-3, turned"]
    assert texts(table(*both, step=200), "Peak learning rate") == ["2.0e-3", "2.0e-3, turned later"]
    assert strong(table(*both, step=200), "Peak learning rate") == [False, True]
    assert "Turned to 1.0e-3 at step 300." in says(table(*both, step=400), "Peak learning rate", 1)


def test_knobs_that_were_turned_alike_do_not_differ():
    turned = [Turned(300, 1.0, "learning_rate", 1e-3)]
    picture = table(run(events=turned), run(key="b", events=turned), step=400)
    assert "Peak learning rate" not in names(picture)


def test_what_the_parent_turned_counts_for_a_branch_until_the_branch_changes_it():
    turned = Turned(300, 1.0, "learning_rate", 1e-3)
    other = Branched(800, 2.0, "heron", {"batch_size": 24}, {"batch_size": 48})
    same = Branched(800, 2.0, "heron", {"learning_rate": 1e-3}, {"learning_rate": 6e-3})
    runs = run(), run(key="b", events=[turned, other]), run(key="c", events=[turned, same])
    assert texts(table(*runs, step=900), "Peak learning rate") == ["2.0e-3", "1.0e-3, turned", "6.0e-3"]


@pytest.mark.parametrize(("value", "shown"), [(1e-3, "6.0e-3"), (5e-3, "5.0e-3, turned")])
def test_a_knob_turned_at_the_fork_itself_is_the_parents_if_the_parent_had_that_value(value, shown):
    fork = Branched(800, 2.0, "heron", {"learning_rate": 1e-3}, {"learning_rate": 6e-3})
    picture = table(run(), run(key="b", events=[fork, Turned(800, 2.0, "learning_rate", value)]), step=900)
    assert texts(picture, "Peak learning rate")[1] == shown


def test_a_run_whose_settings_are_not_known_has_dashes_and_makes_no_difference():
    unknown = Shown("x", "log", Recording(), 1)
    picture = table(run(), unknown)
    assert f"{len(SETTINGS)} settings are not known of every run" in names(picture)
    assert not any(name.endswith("equal") for name in names(picture))
    assert texts(picture, "Last") == ["–", "–"]
    picture = table(run(), unknown, run(key="b", learning_rate=6e-3))
    assert texts(picture, "Peak learning rate") == ["2.0e-3", "–", "6.0e-3"]


def test_settings_may_be_anything_a_file_can_hold():
    odd = run(key="b", layers="<b>\u202e", corpus=[], optimizer={"a": 1}, learning_rate=None)
    picture = table(run(), odd)
    assert texts(picture, "Layers") == ["4", "<b>U+202E"]
    assert texts(picture, "Optimizer")[1] == "{'a': 1}"


def test_one_run_alone_says_how_to_have_more():
    picture = table(run(3.0))
    assert ALONE in names(picture)
    assert texts(picture, "Last") == ["3.00"]


# groups of seeds


def seeds(*losses, **more):
    return [run(*loss, key=f"s{seed}", group="five", seed=seed, **more) for seed, loss in enumerate(losses, 1)]


def test_seeds_are_one_column_with_their_range_mean_and_spread():
    picture = table(run(3.0, 2.0), *seeds((3.0, 2.0), (4.0, 3.0), (5.0, 4.0)), step=1)
    assert [head.name for head in picture.heads] == ["a", "3 seeds"]
    assert texts(picture, "Seed") == ["1", "1–3"]
    assert strong(picture, "Seed") == [False, True]
    assert texts(picture, "At step 1") == ["3.00", "4.00 ± 1.00"]
    assert texts(picture, "Last") == ["2.00", "3.00 ± 1.00"]
    assert strong(picture, "Last") == [True, False]


def test_a_small_spread_does_not_read_as_none():
    assert texts(table(*seeds((2.0,), (2.002,), (2.004,)), step=1), "Last") == ["2.00 ± 0.002"]


def test_seeds_with_gaps_are_listed():
    apart = [run(key=f"s{seed}", group="g", seed=seed) for seed in (1, 5, 9)]
    assert texts(table(run(), *apart), "Seed") == ["1", "1, 5, 9"]


def test_seeds_can_stand_apart():
    picture = table(*seeds((1.0,), (2.0,)), fold=False)
    assert [head.name for head in picture.heads] == ["s1", "s2"]
    assert texts(picture, "Seed") == ["1", "2"]


# losses


def test_losses_at_the_step_at_best_and_at_last():
    picture = table(run(5.0, 2.0, 3.0), run(4.0, 3.0, 2.5, key="b"), step=1)
    assert texts(picture, "At step 1") == ["5.00", "4.00"]
    assert strong(picture, "At step 1") == [False, True]
    assert texts(picture, "Best") == ["2.00", "2.50"]
    assert strong(picture, "Best") == [True, False]
    assert texts(picture, "Last") == ["3.00", "2.50"]
    assert "a 2.000 at step 2" in says(picture, "Best", 0)


def test_training_losses_are_means_of_the_last_steps():
    picture = table(run(*range(1, 41)), step=40, smoothing=4)
    assert texts(picture, "At step 40") == ["38.50"]  # of 37, 38, 39, 40


def test_what_reads_the_same_is_equally_good():
    picture = table(run(2.001), run(2.004, key="b"), run(3.0, key="c"))
    assert strong(picture, "Last") == [True, True, False]
    assert strong(table(run(2.001), run(2.004, key="b")), "Last") == [False, False]


def test_a_run_that_had_ended_has_no_loss_at_a_later_step():
    both = run(3.0, 3.0, 3.0), run(2.0, key="b")
    assert texts(table(*both, step=3), "At step 3") == ["3.00", "–"]
    assert texts(table(*both, step=3), "Last") == ["3.00", "2.00"]


def test_a_run_that_trains_beside_the_first_may_be_a_few_steps_behind():
    first, live = run(*[3.0] * 30), run(*[2.0] * 25, key="b", live=True)
    assert texts(table(first, live, step=30, smoothing=20), "At step 30") == ["3.00", "2.00"]
    assert texts(table(first, live, step=30, smoothing=4), "At step 30") == ["3.00", "–"]


def test_validation_is_the_last_measured_one():
    measured = [Validated(0, 0.0, 6.0, 0), Validated(2, 0.0, 4.0, 0)]
    one = run(3.0, 3.0, 3.0, events=measured)
    picture = table(one, step=3, loss="validation")
    assert texts(picture, "At step 3") == ["4.00"]
    assert texts(table(one, step=1, loss="validation"), "At step 1") == ["6.00"]
    assert "4.000 at step 2" in says(picture, "At step 3", 0)


def test_a_loss_that_is_no_number_is_never_the_best():
    picture = table(run(3.0, float("nan")), run(float("inf"), key="b"))
    assert texts(picture, "Best") == ["3.00", "–"]
    assert texts(picture, "Last") == ["–", "–"]


def read(vocabulary=("a", "b"), name="Stories"):
    return CorpusRead(0, 0.0, name, "", 1000, 10, 900, 100, "held out", vocabulary, 0, 1800, 200)


def test_bits_per_byte_are_counted_from_the_text():
    picture = table(run(2 * np.log(2), events=[read()]), unit="bits per byte")
    assert texts(picture, "Last") == ["1.000"]  # 2 bits a token, 900 tokens, 1,800 bytes
    assert texts(table(run(2.0), unit="bits per byte"), "Last") == ["–"]


def test_losses_that_do_not_compare_are_not_judged():
    both = run(3.0, events=[read()]), run(2.0, key="b", events=[read(("a", "b", "ab"))])
    assert TOKENS_DIFFER in names(table(*both))
    assert strong(table(*both), "Last") == [False, False]
    assert strong(table(*both, unit="bits per byte"), "Last") == [False, True]
    other = run(2.0, key="b", events=[read(name="Code")])
    assert TEXTS_DIFFER in names(table(both[0], other))


# what was beaten, and what it cost


def floor(name, order, loss):
    return FloorCounted(0, 0.0, name, order, loss)


FLOORS = [floor("uniform", 0, 7.0), floor("unigram", 1, 5.0), floor("bigram", 2, 3.0), floor("trigram", 3, 1.0)]


def test_the_hardest_table_that_any_run_has_beaten_is_told():
    picture = table(run(6.0, 4.0, 2.0, events=FLOORS), run(6.0, 4.0, key="b", events=FLOORS), run(6.0, key="c"))
    assert texts(picture, "Bigram beaten") == ["3", "not yet", "–"]
    assert "Unigram beaten" not in names(picture)


def test_all_tables_can_be_told():
    picture = table(run(6.0, 4.0, 2.0, events=FLOORS), all_floors=True)
    assert [texts(picture, f"{name} beaten") for name in ("Unigram", "Bigram", "Trigram")] == [
        ["2"],
        ["3"],
        ["not yet"],
    ]


def test_where_validation_is_measured_it_has_to_have_come_down_too():
    measured = [Validated(0, 0.0, 6.0, 0), Validated(2, 0.0, 4.0, 0)]
    picture = table(run(2.0, 2.0, 2.0, events=[*FLOORS, *measured]))
    assert texts(picture, "Unigram beaten") == ["1"]


def test_of_seeds_the_mean_is_told_once_all_have_beaten_it():
    assert texts(table(*seeds((2.0,), (4.0, 2.0), events=FLOORS)), "Bigram beaten") == ["2"]  # of 1 and 2, to even
    assert texts(table(*seeds((2.0,), (4.0,), events=FLOORS)), "Bigram beaten") == ["1 of 2"]


def test_costs_are_those_of_the_whole_run():
    metered = Metered(2, 4.0, 1.0, 1.0, 0.5, 1, 1.0, 9000.0, 1)
    picture = table(run(3.0, 2.0, events=[metered]))
    assert texts(picture, "Steps") == ["2"]
    assert texts(picture, "Tokens") == ["200"]
    assert texts(picture, "Time") == ["0:04"]
    assert texts(picture, "Energy, Wh") == ["2.5"]
    assert next(row for row in picture.rows if row.name == "Energy, Wh").unit == ""


def test_what_another_program_did_not_log_is_not_known_rather_than_nothing():
    picture = table(run(events=[Stepped(9, 0.0, 3.0, nan, nan, 0, nan, 0.0)]))
    assert [texts(picture, name) for name in ("Steps", "Tokens", "Time")] == [["9"], ["–"], ["–"]]


@pytest.mark.parametrize(("measured", "unit"), [((0, 0), "estimated"), ((0, 1), "partly estimated"), ((1, 1), "")])
def test_an_estimate_says_so(measured, unit):
    runs = [
        run(3.0, key=str(place), events=[Metered(1, 1.0, 1.0, 1.0, 0.5, 1, 1.0, 3600.0, one)])
        for place, one in enumerate(measured)
    ]
    assert table(*runs).rows[-1].unit == unit


def test_little_energy_has_two_digits():
    assert [watt_hours(value) for value in (0.0, 0.00032, 0.05, 2.55, 131.0, 2400.0)] == [
        "0", "3.2e-4", "0.05", "2.5", "131", "2,400"]  # fmt: skip


def test_after_going_back_numbers_are_those_of_what_is_left():
    one, totals = run(5.0, 1.0, 4.0), Totals()
    before = differences((one,), 3, DifferencesOptions(**EXACT), totals)
    one.recording.add(Rewound(1, 2.0, 3))
    after = differences((one,), 1, DifferencesOptions(**EXACT), totals)
    assert texts(before, "Best") == ["1.00"]
    assert texts(after, "Best") == ["5.00"]
    assert texts(after, "Steps") == ["1"]


# the panel


@pytest.fixture
def panel(qtbot):
    made = DifferencesPanel()
    for widget in (made, *made.title_row()):
        qtbot.addWidget(widget)
    made.resize(500, 500)
    made.show()
    return made


def test_runs_on_show_are_its_columns_and_new_numbers_are_drawn(panel):
    both = run(3.0, 2.0), run(4.0, key="b<i>")
    panel.show_runs(both)
    assert panel.refresh(both[0].recording, 2)
    assert [head.name for head in panel.table.heads] == ["a", "b<i>"]
    assert not panel.refresh(both[0].recording, 2)
    both[1].recording.add(stepped(2, 1.0))
    assert not panel.refresh(both[0].recording, 2, early=True)
    assert panel.refresh(both[0].recording, 2)
    assert [cell.text for cell in panel.table.rows[-3].cells] == ["200", "200"]


def test_the_table_goes_to_the_clipboard(panel):
    both = run(3.0, 2.0), run(4.0, key="b", learning_rate=6e-3)
    panel.show_runs(both)
    panel.refresh(both[0].recording, 2)
    panel.copy.click()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "\ta\tb"
    assert "Peak learning rate\t2.0e-3\t6.0e-3" in lines


def test_without_a_run_it_says_what_will_be_there(panel):
    panel.refresh(Recording(), 0)
    assert panel.note.isVisible()
    assert not panel.copy.isEnabled()
    panel.refresh(recording(20), 20)
    assert panel.table.isVisible()
    assert panel.copy.isEnabled()
