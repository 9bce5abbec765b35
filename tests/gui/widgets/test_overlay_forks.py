"""Where runs left another one, and what was changed there."""

from gui.widgets.overlay_forks import UNCHANGED, forks
from gui.widgets.run_columns import Column, columns
from tests.gui.widgets.compared_runs import branch, run, shown

PARENT = run([3.0] * 9)
RATE = branch(PARENT, 3, [3.0], {"learning_rate": 1e-3}, {"learning_rate": 3e-3})
BATCH = branch(PARENT, 3, [3.0], {"batch_size": 24}, {"batch_size": 48})
LATER = branch(PARENT, 6, [3.0], {"batch_size": 24, "clip": 1.0}, {"batch_size": 48, "clip": 0.0})


def on_show(*recordings):
    return tuple(shown(made, f"run{place}" if place else "parent", place) for place, made in enumerate(recordings))


def told(runs, folded=()):
    return forks(folded or columns(runs, fold=False), runs)


def test_branches_of_one_fork_stand_under_one_headline_in_the_order_of_their_lines():
    early, late = told(on_show(PARENT, RATE, LATER, BATCH))
    assert early.headline == "Fork at step 3"
    assert [(one.place, one.words) for one in early.branches] == [
        (1, "Peak learning rate 1.0e-3 → 3.0e-3"),
        (3, "Batch size 24 → 48"),
    ]
    assert late.headline == "Fork at step 6"
    assert late.branches[0].words == "Batch size 24 → 48, Gradient clip 1.0 → off"


def test_without_the_parent_there_is_no_fork():
    assert told(on_show(RATE, BATCH)[1:]) == ()


def test_the_changes_of_all_branches_in_between_are_told_where_the_nearest_parent_is_not_shown():
    child = branch(PARENT, 3, [3.0] * 4, {"batch_size": 24}, {"batch_size": 48}, folder="parent")
    grandchild = branch(
        child, 6, [3.0], {"batch_size": 48, "seed": 1}, {"batch_size": 96, "seed": 2}, folder="not on show"
    )
    (fork,) = told(on_show(PARENT, grandchild))
    assert fork.step == 3
    assert fork.branches[0].words == "Batch size 24 → 96, Seed 1 → 2"


def test_what_came_back_to_what_it_was_is_no_change():
    child = branch(PARENT, 3, [3.0] * 4, {"batch_size": 24}, {"batch_size": 48}, folder="parent")
    grandchild = branch(child, 6, [3.0], {"batch_size": 48}, {"batch_size": 24}, folder="not on show")
    assert told(on_show(PARENT, grandchild))[0].branches[0].words == UNCHANGED


def test_a_group_of_seeds_is_one_branch_with_all_its_values():
    seeds = [branch(PARENT, 3, [3.0], {"seed": 1}, {"seed": seed}) for seed in (1, 2, 3, 4, 5, 6)]
    runs = on_show(PARENT, *seeds)
    (fork,) = told(runs, (Column("parent", 0, runs[:1]), Column("6 seeds", 1, runs[1:])))
    assert [one.words for one in fork.branches] == ["Seed 1 → 1, 2, 3, 4, …"]


def test_settings_of_another_version_and_from_strangers_are_shown_as_they_are():
    odd = branch(PARENT, 3, [3.0], {"<b>\n": "\u202e"}, {"<b>\n": None})
    assert told(on_show(PARENT, odd))[0].branches[0].words == "<b>↵ U+202E → None"
