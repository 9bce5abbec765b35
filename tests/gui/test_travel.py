"""Travel moves the playhead and the runs, and says what cannot be done."""

import pytest

from engine.checkpoints import FOLDER as CHECKPOINTS
from engine.events import Ended, Resumed
from engine.runfile import Reader, RunFile
from engine.settings import Settings
from gui.session import Session
from gui.travel import Travel
from tests.fakes import events
from tests.gui.test_session import Brancher, Starter, hear, record


@pytest.fixture
def session(tmp_path):
    record(tmp_path / "amber-heron", [*events(60), Ended(60, 3.0)])
    (tmp_path / "amber-heron" / CHECKPOINTS / "step-000050").mkdir(parents=True)
    made = Session(Starter(), Settings(), branch=Brancher(tmp_path))
    yield made
    for lane in made.lanes:
        lane.forget()


@pytest.fixture
def travel(qapp, session, tmp_path):
    made = Travel(session)
    made.told = []
    made.troubled.connect(lambda message, advice: made.told.append(message))
    assert made.open_run(str(tmp_path / "amber-heron"))
    return made


def test_looking_back_stays_there_and_live_returns(travel, session):
    travel.seek(20)
    session.tick()
    assert (session.playhead.step, session.playhead.following) == (20, False)
    travel.live()
    assert (session.playhead.step, session.playhead.following) == (60, True)


def test_the_last_step_is_followed(travel, session):
    travel.seek(59)
    travel.step_by(1)
    assert session.playhead.following


def test_live_leads_to_the_run_that_trains(travel, session, tmp_path):
    session.begin()
    hear(session, session.main.run, Resumed(0, 0.0), *events(5))
    travel.open_run(str(tmp_path / "amber-heron"))
    assert session.recording.last_step == 60
    travel.live()
    assert session.recording.last_step == 5


def test_a_replay_at_the_end_begins_at_the_start(travel, session):
    travel.replay(True)
    assert session.playhead.step == 0
    assert session.playhead.playing
    travel.replay(False)
    assert not session.playhead.playing


def test_where_it_could_go_on_is_the_newest_checkpoint_before(travel):
    travel.seek(55)
    assert travel.continues_at() == 50
    travel.seek(30)
    assert travel.continues_at() is None


def test_from_step_0_any_setting_may_change_and_the_seed_stays(travel, session):
    seed = session.settings.seed
    travel.branch(0, {"layers": 2})
    assert (session.settings.layers, session.settings.seed) == (2, seed)
    assert session.main.recording.last_step == 0


def test_five_seeds_follow_each_other(travel, session):
    travel.seeds({"seed": 7})
    seeds = [lane.settings.seed for lane in session.lanes if lane.running]
    assert seeds == [7, 8, 9, 10, 11]
    assert len({lane.group for lane in session.lanes if lane.running}) == 1


def test_what_cannot_be_done_is_told(travel, tmp_path):
    assert not travel.open_run(str(tmp_path / "nothing"))
    travel.branch(20, {})
    travel.seeds({"seed": -5})
    assert len(travel.told) == 3


def test_what_of_a_damaged_run_cannot_be_shown_is_told(travel, session, tmp_path, monkeypatch):
    session.begin()
    monkeypatch.setattr(Reader, "warnings", ("The run file is damaged.",))
    assert travel.open_run(str(tmp_path / "amber-heron"))
    assert travel.told == ["The run file is damaged."]


def test_live_is_first_the_newest_step_of_what_another_program_trains(travel, session, tmp_path):
    session.begin()
    hear(session, session.main.run, Resumed(0, 0.0), *events(5))
    file = RunFile(tmp_path / "other")
    for event in events(30):
        file.add(event)
    assert file.flush()
    travel.open_run(str(tmp_path / "other"))
    travel.seek(7)
    travel.live()
    assert session.playhead.step == 30
    travel.live()
    assert session.playhead.step == 5
    file.close()


def test_live_leads_to_a_run_that_waits_where_none_trains(travel, session, tmp_path):
    session.begin()
    hear(session, session.main.run, Resumed(0, 0.0), *events(5))
    session.main.aside = True
    travel.open_run(str(tmp_path / "amber-heron"))
    travel.live()
    assert session.recording.last_step == 5


def test_going_on_at_the_end_resumes_only_where_nothing_else_would_have_to_end(travel, session, tmp_path):
    session.begin()
    trains = session.main.run
    hear(session, trains, Resumed(0, 0.0), *events(5))
    travel.open_run(str(tmp_path / "amber-heron"))
    travel.go_on()
    assert not trains.left
    assert (session.main.recording.last_step, session.main.folder.name) == (50, "branch-0")


def test_a_replay_waits_while_a_hand_is_on_the_timeline(travel, session):
    travel.replay(True)
    travel.hold(True)
    assert not session.playhead.playing
    travel.seek(30)
    travel.hold(False)
    assert (session.playhead.step, session.playhead.speed) == (30, travel.speed)
    travel.hold(True)
    travel.seek(60)
    travel.hold(False)
    assert not session.playhead.playing
