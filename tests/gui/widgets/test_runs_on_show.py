"""Which runs a panel compares, and when it has to draw again."""

from engine.events import Started, Wrote
from engine.recording import Recording
from gui.shown import Shown
from gui.widgets.runs_on_show import RunsOnShow


def run(name="a"):
    made = Recording()
    made.add(Started(0, 0.0, name, {}, 1, "CPU"))
    return made


def wrote(step):
    return Wrote(step, 0.0, "once", " upon", 0.8, 40, 0.9, 1)


def test_a_recording_alone_is_the_only_run():
    made = run("amber-heron")
    assert [shown.name for shown in RunsOnShow((Wrote,), False).of(made)] == ["amber-heron"]


def test_an_empty_recording_is_no_run():
    assert RunsOnShow((Wrote,), False).of(Recording()) == ()


def test_runs_that_belong_to_another_recording_are_not_shown():
    first, other, runs = run(), run(), RunsOnShow((Wrote,), False)
    both = (Shown("a", "a", first, 0), Shown("b", "b", other, 1))
    runs.show(both)
    assert runs.of(first) == both
    assert [shown.recording for shown in runs.of(other)] == [other]


def test_what_happens_in_any_of_them_is_noticed_when_it_is_time_to():
    first, other, runs = run(), run(), RunsOnShow((Wrote,), False)
    runs.show((Shown("a", "a", first, 0), Shown("b", "b", other, 1)))
    runs.look(10, early=False)
    before = runs.stamp
    other.add(wrote(5))
    runs.look(10, early=True)
    assert runs.stamp == before
    runs.look(10, early=False)
    assert runs.stamp != before


def test_what_happens_after_the_step_on_show_changes_nothing_but_what_is_counted():
    first, runs = run(), RunsOnShow((Wrote,), False)
    first.add(wrote(5))
    runs.show((Shown("a", "a", first, 0),))
    runs.look(6, early=False)
    before = runs.stamp
    runs.look(7, early=False)
    assert runs.stamp == before
    runs.look(4, early=False)
    assert runs.stamp != before


def test_a_panel_that_says_the_step_draws_at_each():
    runs = RunsOnShow((Wrote,), says_step=True)
    runs.look(6, early=False)
    before = runs.stamp
    runs.look(7, early=False)
    assert runs.stamp != before


def test_another_choice_of_runs_is_noticed_at_once():
    runs, made = RunsOnShow((Wrote,), False), run()
    before = runs.stamp
    runs.show((Shown("a", "a", made, 0),))
    runs.look(1, early=True)
    assert runs.stamp != before
