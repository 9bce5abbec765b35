"""An earlier step on show, a run nobody trains, runs beside this one: each in its words, with what can be done."""

import pytest

from engine.events import Branched, Diverged, Event, Finished, Started, Stepped
from engine.recording import Recording
from engine.settings import Settings
from gui.looking_back import on_show
from gui.shown import Shown
from gui.state import Beside, Facts
from gui.status import status
from tests.fakes import events

SETTINGS = Settings(horizon=5000)
LIVE = Facts(SETTINGS, running=True, playing=True)
PAUSED = LIVE._replace(playing=False)
RECORDED = Facts(SETTINGS, running=False, playing=False, recorded=True)


def run(last: int, *more: Event) -> Recording:
    made = Recording()
    for event in (*events(0), Stepped(last, 100.0, 3.0, 1e-3, 1.0, 9, 1.0, 0.0), *more):
        if event.step in (0, last):
            made.add(event)
    return made


def back(facts: Facts, step: int) -> Facts:
    return facts._replace(step=step, following=False)


def test_looking_back_says_where_and_that_training_goes_on() -> None:
    seen = status(run(2418), back(LIVE, 640))
    assert (seen.headline, seen.detail) == ("Looking back at step 640", "training goes on, step 2,418")
    assert (seen.dot, seen.button, seen.place, seen.shown, seen.step) == ("accent", "pause", "back", 640, 2418)


def test_standing_at_the_newest_step_is_no_looking_back() -> None:
    seen = status(run(2418), back(PAUSED, 2418))
    assert (seen.headline, seen.place, seen.shown) == ("Paused at step 2,418", "live", None)


def test_nothing_moves_while_a_person_looks_back_at_a_run_that_waits() -> None:
    assert status(run(2418), back(PAUSED, 640)).detail == "paused at step 2,418"
    assert status(run(2418, Finished(2418, 100.0)), back(PAUSED, 640)).detail == "finished at step 2,418"


def test_a_stopped_run_goes_on_from_a_step_that_was_saved() -> None:
    made = run(312, Diverged(312, 100.0, "The loss is not a number.", "Lower the rate."))
    seen = status(made, back(PAUSED, 100)._replace(continues=True))
    assert (seen.detail, seen.place, seen.dot) == ("stopped at step 312", "continue", "bad")
    assert status(made, back(PAUSED, 10)).place == "back"
    assert status(made, PAUSED).place == ""


def test_one_step_more_can_be_looked_at_while_it_trains() -> None:
    assert not status(run(2418), LIVE).steps
    assert status(run(2418), back(LIVE, 640)).steps
    assert status(run(2418), PAUSED).steps


# a recording


def test_a_recorded_run_says_how_long_it_is() -> None:
    seen = status(run(5000), RECORDED._replace(continues=True))
    assert (seen.headline, seen.detail) == ("Recorded, 5,000 steps", "")
    assert (seen.dot, seen.button, seen.place) == ("ink3", "replay", "continue")
    assert status(run(1), RECORDED).headline == "Recorded, 1 step"


def test_a_recorded_run_that_stopped_says_why() -> None:
    made = run(312, Diverged(312, 100.0, "The loss is not a number.", "Lower the rate."))
    assert status(made, RECORDED).detail == "stopped: the loss is not a number"


def test_inside_a_recorded_run_the_step_stands_beside() -> None:
    seen = status(run(5000), back(RECORDED, 1300))
    assert (seen.headline, seen.detail) == ("Recorded run", "step 1,300 of 5,000")


def test_a_recorded_run_without_checkpoints_can_be_trained_anew_if_its_settings_are_known() -> None:
    assert status(run(5000), RECORDED).place == "train"
    imported = Recording()
    imported.add(Started(0, 0.0, "imported", {}, 0, ""))
    imported.add(Stepped(7, 1.0, 3.0, 1e-3, 1.0, 9, 1.0, 0.0))
    assert status(imported, RECORDED).place == ""


@pytest.mark.parametrize(
    ("speed", "words"), [(1.0, "as fast as it was recorded"), (20.0, "20 × as fast as it was recorded")]
)
def test_a_replay_tells_its_step_and_its_speed_and_can_be_held(speed: float, words: str) -> None:
    seen = status(run(5000), back(RECORDED, 1300)._replace(replaying=speed))
    assert (seen.headline, seen.detail, seen.button) == ("Step 1,300 of 5,000", words, "hold")


def test_a_replay_while_training_goes_on_leaves_the_big_button_to_the_training() -> None:
    seen = status(run(2418), back(LIVE, 300)._replace(replaying=10.0))
    assert (seen.headline, seen.detail) == ("Replaying step 300", "training goes on, step 2,418")
    assert (seen.button, seen.place) == ("pause", "back")


def test_what_another_program_trains_is_live_without_a_button_for_it() -> None:
    followed = Facts(SETTINGS, running=False, playing=False, followed=True)
    seen = status(run(2418), followed)
    assert (seen.headline, seen.detail) == ("Step 2,418", "another program trains it")
    assert (seen.button, seen.place) == ("replay", "live")
    assert status(run(2418), back(followed, 7)).detail == "another program trains it, step 2,418"


# side by side


def test_branches_beside_a_recorded_run_are_told_with_their_step() -> None:
    facts = RECORDED._replace(beside=Beside(2, 3160), continues=True)
    seen = status(run(5000), back(facts, 1800))
    assert (seen.headline, seen.detail) == (
        "Looking back at step 1,800",
        "two branches train side by side, step 3,160",
    )
    assert (seen.dot, seen.button, seen.place) == ("accent", "pause", "back")
    assert status(run(5000), facts).detail == "two branches train side by side, step 3,160"


def test_branches_that_wait_can_be_played() -> None:
    facts = RECORDED._replace(beside=Beside(2, 3160, playing=False))
    assert (status(run(5000), facts).detail, status(run(5000), facts).button) == (
        "two branches wait at step 3,160",
        "play",
    )
    assert status(run(5000), back(facts, 7)).detail == "two branches wait at step 3,160"


def test_a_run_that_trains_among_others_tells_its_own_step() -> None:
    seen = status(run(2418), LIVE._replace(beside=Beside(11, 2418, "runs")))
    assert seen.headline.startswith("Step 2,418")
    assert seen.detail == "11 runs train side by side"


@pytest.mark.parametrize(
    ("playing", "words"), [(True, "another run trains, step 90"), (False, "another run waits at step 90")]
)
def test_one_run_beside_is_another_one(playing: bool, words: str) -> None:
    facts = RECORDED._replace(beside=Beside(1, 90, "runs", playing))
    assert status(run(5000), facts).detail == words
    assert status(run(5000), back(facts, 7)).detail == words


@pytest.mark.parametrize("playing", [True, False])
def test_the_way_back_to_another_run_that_trains_is_offered_at_every_step(playing: bool) -> None:
    facts = RECORDED._replace(beside=Beside(1, 90, "runs", playing), continues=True)
    assert status(run(5000), facts).place == "back"
    assert status(run(5000), back(facts, 7)).place == "back"
    assert status(run(2418), LIVE._replace(beside=Beside(2, 90))).place == "live"


def shown(key: str, place: int, parent: str = "", group: str = "") -> Shown:
    made = run(100, Branched(100, 100.0, parent, {}, {})) if parent else run(100)
    return Shown(f"/runs/{key}", key, made, place, group)


def test_how_many_runs_and_branches_are_on_show() -> None:
    heron, branches = shown("heron", 0), [shown(f"b{place}", place, "heron") for place in (1, 2)]
    seeds = [shown(f"s{place}", place, group="five") for place in range(3, 8)]
    assert on_show([]) == on_show([heron]) == ""
    assert on_show([heron, *branches, *seeds]) == "and 2 branches  ·  4 runs on show"
    assert on_show([heron, branches[0]]) == "and 1 branch  ·  2 runs on show"
    assert on_show([branches[0], heron]) == "2 runs on show"


def test_what_another_program_trains_is_live_beside_a_run_that_waits() -> None:
    followed = Facts(SETTINGS, running=False, playing=False, followed=True, beside=Beside(1, 90, "runs", playing=False))
    seen = status(run(2418), followed)
    assert (seen.detail, seen.button, seen.place) == ("another program trains it", "replay", "live")
    assert status(run(2418), back(followed, 7)).detail == "another program trains it, step 2,418"
