"""The session believes facts only, keeps what was recorded, and leaves no run behind."""

from pathlib import Path

import pytest

from engine.checkpoints import FOLDER as CHECKPOINTS
from engine.commands import Command, Pace, Pause, Play, Probe, Step
from engine.events import (
    Branched,
    Diverged,
    Ended,
    Event,
    Failed,
    Finished,
    Paused,
    Progressed,
    Resumed,
    Rewound,
    Stalled,
    Started,
    Stepped,
    Warned,
)
from engine.runfile import RunFile
from engine.settings import Settings
from engine.trouble import Trouble
from gui.lane import Origin
from gui.session import Session
from tests.fakes import events


class FakeRun:
    """Notes what it is told, and gives what it is given; ends when it is closed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.sent: list[Command] = []
        self.waiting: list[Event] = []
        self.alive = True
        self.left = 0
        self.stubborn = False
        self.folder = None

    def send(self, command: Command) -> None:
        self.sent.append(command)

    def receive(self) -> list[Event]:
        events, self.waiting = self.waiting, []
        return events

    def leave(self) -> None:
        self.left += 1

    def close(self, timeout: float | None = None) -> bool:
        self.leave()
        self.alive = self.stubborn
        return not self.alive


class Starter:
    """Makes fake runs and remembers them."""

    def __init__(self) -> None:
        self.runs: list[FakeRun] = []

    def __call__(self, settings: Settings) -> FakeRun:
        self.runs.append(FakeRun(settings))
        return self.runs[-1]


@pytest.fixture
def starter() -> Starter:
    return Starter()


@pytest.fixture
def session(starter) -> Session:
    return Session(starter, Settings())


def hear(session: Session, run: FakeRun, *happened: Event) -> None:
    run.waiting += happened
    session.tick()


def test_before_the_first_run_everything_is_harmless(session):
    session.play()
    session.pause()
    session.step()
    session.tick()
    session.cancel()
    assert session.close(timeout=0)
    assert session.recording.last_step == 0


def test_commands_reach_the_present_run(session, starter):
    session.begin()
    session.play()
    session.pause()
    session.step(3)
    session.send(Probe("Hello"))
    assert starter.runs[0].sent == [Play(), Pause(), Step(3), Probe("Hello")]


def test_begin_can_play_at_once(session, starter):
    session.begin(play=True)
    assert starter.runs[0].sent == [Play()]


@pytest.mark.parametrize(
    "ending", [Paused(1, 0.1), Finished(1, 0.1), Failed(1, 0.1, "a", "b"), Diverged(1, 0.1, "a", "b")]
)
def test_it_plays_when_the_engine_says_so_and_not_when_asked(session, starter, ending):
    session.begin(play=True)
    assert not session.playing
    hear(session, starter.runs[0], Resumed(0, 0.0))
    assert session.playing
    session.pause()
    assert session.playing
    hear(session, starter.runs[0], ending)
    assert not session.playing


def test_everything_that_happened_is_recorded_and_the_playhead_follows(session, starter):
    session.begin()
    hear(session, starter.runs[0], *events(30))
    assert session.recording.count(Stepped) == 30
    assert session.playhead.step == 30


def test_a_playhead_that_was_moved_stays_while_training_goes_on(session, starter):
    session.begin()
    made = events(30)
    hear(session, starter.runs[0], *(event for event in made if event.step <= 10))
    session.playhead.seek(5, session.recording)
    hear(session, starter.runs[0], *(event for event in made if event.step > 10))
    assert session.playhead.step == 5
    assert session.recording.last_step == 30


def test_starting_anew_leaves_the_old_run_and_begins_an_empty_recording(session, starter):
    session.begin()
    hear(session, starter.runs[0], Resumed(0, 0.0), *events(5))
    old = session.recording
    session.begin(Settings(layers=2))
    assert starter.runs[0].left == 1
    assert starter.runs[1].settings.layers == session.settings.layers == 2
    assert session.recording is not old
    assert session.recording.last_step == session.playhead.step == 0
    assert not session.playing
    assert old.last_step == 5


def test_what_the_old_run_still_says_is_not_mixed_in(session, starter):
    session.begin()
    session.begin()
    hear(session, starter.runs[0], *events(5))
    assert session.recording.last_step == 0


def test_restarting_keeps_the_settings(session, starter):
    session.begin(Settings(seed=7))
    session.begin()
    assert starter.runs[1].settings.seed == 7


def test_cancelling_keeps_what_was_recorded_on_show(session, starter):
    session.begin()
    hear(session, starter.runs[0], Resumed(0, 0.0), *events(5))
    session.cancel()
    assert session.recording.last_step == 5
    assert not session.playing
    session.play()
    assert starter.runs[0].sent == []


def test_closing_ends_every_run_that_is_still_alive(session, starter):
    session.begin()
    session.begin()
    assert session.close(timeout=1)
    assert not any(run.alive for run in starter.runs)


def test_closing_says_when_a_run_did_not_end(session, starter):
    session.begin()
    starter.runs[0].stubborn = True
    assert not session.close(timeout=0)


def test_runs_that_have_ended_are_not_kept(session, starter):
    for _ in range(5):
        session.begin()
        starter.runs[-1].alive = False
    session.begin()
    assert len(session._crew._leaving) <= 1


def test_after_cancelling_nothing_more_is_waited_for(session, starter):
    session.begin()
    hear(session, starter.runs[0], Progressed(0, 0.0, "Reading corpus", 0.5))
    session.cancel()
    assert session.recording.count(Ended) == 1
    session.cancel()
    assert session.recording.count(Ended) == 1


def test_a_run_is_prepared_when_its_model_was_looked_at(session, starter):
    session.begin()
    assert not session.prepared
    hear(session, starter.runs[0], *(event for event in events(1) if event.step == 0))
    assert session.prepared
    session.begin()
    assert not session.prepared


def test_going_back_ends_being_stopped(session, starter):
    session.begin()
    hear(session, starter.runs[0], *events(30), Diverged(30, 1.5, "a", "b"))
    assert session.stopped
    hear(session, starter.runs[0], Rewound(20, 1.0, 30))
    assert not session.stopped
    assert session.recording.last_step == session.playhead.step == 20
    assert session.recording.count(Diverged) == 0


def test_going_back_to_the_very_step_of_a_failure_undoes_it(session, starter):
    session.begin()
    hear(session, starter.runs[0], *events(30), Diverged(30, 1.5, "a", "b"), Rewound(30, 1.5, 30))
    assert not session.stopped
    assert session.recording.count(Diverged) == 0
    assert session.recording.last_step == 30


@pytest.mark.parametrize("kind", [Warned, Stalled])
def test_the_newest_warning_is_kept_though_the_recording_forgets_it(session, starter, kind):
    session.begin()
    warned = kind(7, 0.3, "The disk is full.", "Free some space.")
    hear(session, starter.runs[0], *events(10), warned, Rewound(5, 0.2, 10))
    assert session.warning is warned
    session.begin()
    assert session.warning is None


class Folder:
    """A recorded run with a checkpoint, and what is asked to resume it."""

    def __init__(self, path):
        self.path, self.asked = path, []
        file = RunFile(path)
        for event in [*events(60), Ended(60, 3.0)]:
            file.add(event)
        file.close()
        (path / CHECKPOINTS / "step-000050").mkdir(parents=True)

    def __call__(self, settings, folder, new_text):
        self.asked.append((settings, folder, new_text))
        return FakeRun(settings)


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "amber-heron")


def test_a_resumed_run_goes_on_after_what_it_recorded(starter, folder):
    session = Session(starter, Settings(layers=2), folder)
    session.begin()
    session.resume(folder.path)
    assert session.recording.last_step == 60
    assert session.settings == Settings()
    assert folder.asked == [(Settings(), folder.path, False)]
    assert starter.runs[0].left
    assert not session.prepared
    turned = {**Settings().model_dump(), "clip": 3.0}
    again = Started(50, 2.5, "amber-heron", turned, 1, "CPU")
    hear(session, session.main.run, Rewound(50, 2.5, 60), again)
    assert session.recording.last_step == 50
    assert session.recording.count(Ended) == 0
    assert session.settings.clip == 3.0


def test_a_run_can_be_resumed_with_a_new_text(starter, folder):
    session = Session(starter, Settings(), folder)
    session.resume(folder.path, new_text=True)
    assert folder.asked[0][2]


def test_what_is_no_run_is_refused_and_the_present_run_goes_on(starter, folder, tmp_path):
    session = Session(starter, Settings(), folder)
    session.begin()
    with pytest.raises(Trouble, match="no run"):
        session.resume(tmp_path / "nothing")
    assert not starter.runs[0].left
    assert session.running


class Brancher:
    """Makes fake runs that begin where they are told to, with their parent's past in their folder."""

    def __init__(self, runs_folder):
        self.runs_folder, self.origins, self.runs = runs_folder, [], []

    def __call__(self, origin):
        self.origins.append(origin)
        run = FakeRun(origin.settings)
        run.folder = self.runs_folder / f"branch-{len(self.runs)}"
        if origin.parent:
            record(run.folder, [event for event in events(60) if event.step <= origin.step])
        self.runs.append(run)
        return run


def record(path, happened):
    file = RunFile(path)
    for event in happened:
        file.add(event)
    file.close()


@pytest.fixture
def brancher(tmp_path):
    return Brancher(tmp_path)


@pytest.fixture
def comparing(starter, folder, brancher):
    """A session that may resume and branch, with a recorded run open."""
    session = Session(starter, Settings(), folder, brancher)
    session.open(folder.path)
    yield session
    for lane in session.lanes:
        lane.forget()


def test_an_opened_run_is_shown_and_nothing_is_started(comparing, starter, folder):
    assert comparing.recording.last_step == comparing.playhead.step == 60
    assert not comparing.running
    assert starter.runs == []
    assert comparing.main.name == "amber-heron"


def test_what_trains_goes_on_while_another_run_is_looked_at(comparing, starter, folder):
    comparing.begin()
    hear(comparing, starter.runs[0], Resumed(0, 0.0), *events(5))
    comparing.open(folder.path)
    hear(comparing, starter.runs[0], *(event for event in events(9) if event.step > 5))
    assert not starter.runs[0].left
    assert comparing.recording.last_step == 60
    training = next(lane for lane in comparing.lanes if lane.running)
    assert training.recording.last_step == 9
    comparing.focus(training)
    assert comparing.running
    assert [lane.running for lane in comparing.lanes] == [True]


def test_ticked_runs_are_laid_beside_with_lines_of_their_own(comparing, tmp_path):
    record(tmp_path / "other", events(20))
    assert comparing.tick_runs([tmp_path / "other"]) == []
    main, other = comparing.shown()
    assert (main.recording.last_step, other.recording.last_step) == (60, 20)
    assert main.place != other.place
    comparing.tick_runs([])
    assert len(comparing.shown()) == 1


def test_lines_are_given_in_the_order_in_which_runs_were_ticked(comparing, tmp_path):
    names = [f"run-{number}" for number in range(8)]
    for name in names:
        record(tmp_path / name, events(2))
    comparing.tick_runs([tmp_path / name for name in reversed(names)])
    _, *beside = comparing.shown()
    assert [Path(one.key).name for one in beside] == names[::-1]
    assert [one.place for one in beside] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_run_that_cannot_be_read_is_told_and_the_others_are_shown(comparing, tmp_path):
    record(tmp_path / "other", events(20))
    troubles = comparing.tick_runs([tmp_path / "nothing", tmp_path / "other"])
    assert len(troubles) == 1
    assert len(comparing.shown()) == 2


def test_a_branch_begins_at_the_newest_checkpoint_with_its_parents_past(comparing, brancher, folder):
    comparing.branch(55, {"learning_rate": 3e-3})
    (origin,) = brancher.origins
    assert (origin.parent, origin.step, dict(origin.changes)) == (folder.path.resolve(), 50, {"learning_rate": 3e-3})
    assert comparing.recording.last_step == 50
    assert brancher.runs[0].sent == [Play()]
    child, parent = comparing.shown()
    assert (child.recording.last_step, parent.recording.last_step) == (50, 60)


def test_branches_hear_the_same_commands_and_the_parent_that_waits_hears_none(starter, folder, brancher):
    session = Session(starter, Settings(), folder, brancher)
    session.resume(folder.path)
    parent = session.main.run
    session.branch(50, {"clip": 2.0})
    session.focus(next(lane for lane in session.lanes if lane.run is parent))
    assert parent.sent == [Pause()]
    session.focus(next(lane for lane in session.lanes if lane.run is brancher.runs[0]))
    session.pause()
    assert parent.sent == [Pause()]
    assert brancher.runs[0].sent == [Play(), Pause()]


def test_five_seeds_are_one_group_and_train_together(comparing, brancher):
    comparing.begin_beside([Origin(Settings(seed=seed), group="seeds 0 to 4") for seed in range(5)])
    assert [origin.settings.seed for origin in brancher.origins] == [0, 1, 2, 3, 4]
    assert all(run.sent == [Play()] for run in brancher.runs)
    assert [shown.group for shown in comparing.shown()].count("seeds 0 to 4") == 5


def test_more_runs_than_memory_may_hold_are_refused(comparing):
    comparing.begin_beside([Origin(Settings(seed=seed)) for seed in range(6)])
    with pytest.raises(Trouble, match="too many"):
        comparing.begin_beside([Origin(Settings())])


def test_without_a_checkpoint_there_is_no_branch(comparing):
    with pytest.raises(Trouble, match="No checkpoint"):
        comparing.branch(20, {})


def test_a_note_is_kept_in_the_run_and_shown(comparing, folder):
    comparing.note(30, "Here it learned to close quotes")
    assert [(note.step, note.text) for note in comparing.recording.notes] == [(30, "Here it learned to close quotes")]
    again = Session(Starter(), Settings())
    again.open(folder.path)
    assert [note.step for note in again.recording.notes] == [30]
    again.main.forget()


def test_a_run_that_was_left_is_a_recorded_one(starter, folder, brancher):
    session = Session(starter, Settings(), folder, brancher)
    session.resume(folder.path)
    session.branch(50, {"clip": 2.0})
    session.begin()
    left = session.shown()[1:]
    session.open(folder.path)
    assert (len(left), session.main.recorded) == (2, True)
    for lane in session.lanes:
        lane.forget()


def test_what_was_let_go_of_is_recorded_but_has_nothing_to_go_on_from(comparing, folder):
    comparing.let_go(folder.path)
    assert comparing.main.recorded
    assert comparing.kept() == []
    with pytest.raises(Trouble, match="no longer on the disk"):
        comparing.note(30, "Here")


def test_starting_anew_forgets_what_trained_behind_the_run_on_show(comparing, folder):
    comparing.begin()
    hear(comparing, comparing.main.run, Resumed(0, 0.0), *events(5))
    comparing.open(folder.path)
    comparing.begin()
    assert comparing.lanes == [comparing.main]


def test_one_that_is_only_made_ready_is_not_laid_beside_what_is_opened(comparing, folder):
    comparing.begin()
    hear(comparing, comparing.main.run, Started(0, 0.0, "a", {}, 1, "CPU"))
    comparing.open(folder.path)
    assert len(comparing.shown()) == 1
    assert comparing.beside() is None


def test_cancelling_gives_up_what_is_made_ready_and_what_trained_before_is_shown(starter, folder, brancher):
    session = Session(starter, Settings(), folder, brancher)
    session.begin()
    hear(session, starter.runs[0], Resumed(0, 0.0), *events(5))
    session.begin_beside([Origin(Settings(seed=seed)) for seed in range(3)])
    session.cancel()
    assert (starter.runs[0].left, [run.left for run in brancher.runs]) == (0, [1, 1, 1])
    assert session.main.run is starter.runs[0]
    assert session.lanes == [session.main]
    session.play()
    assert starter.runs[0].sent == [Pause(), Play()]


def test_of_several_runs_all_begin_or_none(starter, folder, brancher):
    def until_the_disk_is_full(origin):
        if len(brancher.runs) == 2:
            raise Trouble("The disk is full.", "Free some space.")
        return brancher(origin)

    session = Session(starter, Settings(), folder, until_the_disk_is_full)
    with pytest.raises(Trouble, match="full"):
        session.begin_beside([Origin(Settings(seed=seed)) for seed in range(3)])
    assert [run.left for run in brancher.runs] == [1, 1]
    assert session.lanes == [session.main]


def test_a_run_that_cannot_begin_does_not_cost_the_present_one(starter):
    session = Session(starter, Settings())
    session.begin()
    session._crew._start = refused
    with pytest.raises(Trouble):
        session.begin()
    assert session.running
    assert not starter.runs[0].left


def refused(settings):
    raise Trouble("The folder of runs is read-only.", "Choose another.")


def test_a_pace_is_for_all_that_train_and_for_what_is_begun_later(starter, folder, brancher):
    session = Session(starter, Settings(), folder, brancher)
    session.begin()
    session.pace(2.0)
    session.begin_beside([Origin(Settings())])
    session.pace(None)
    assert [command for command in starter.runs[0].sent if isinstance(command, Pace)] == [Pace(2.0), Pace(None)]
    assert [command for command in brancher.runs[0].sent if isinstance(command, Pace)] == [Pace(2.0), Pace(None)]


def test_a_branch_that_begins_leaves_what_was_paused_by_hand_alone(comparing, starter, brancher, folder):
    comparing.begin()
    hear(comparing, starter.runs[0], Resumed(0, 0.0), *events(5))
    comparing.pause()
    comparing.open(folder.path)
    comparing.branch(50, {"clip": 2.0})
    assert starter.runs[0].sent == [Pause()]
    assert brancher.runs[0].sent == [Play()]


def test_runs_are_called_branches_only_where_all_of_them_are(comparing, brancher, folder):
    comparing.branch(50, {"clip": 2.0})
    comparing.tick()
    hear(comparing, brancher.runs[0], Branched(50, 2.5, "amber-heron", {"clip": 1.0}, {"clip": 2.0}))
    comparing.open(folder.path)
    assert comparing.beside().what == "branches"
    comparing.begin_beside([Origin(Settings())])
    brancher.runs[0].waiting.append(Resumed(50, 2.5))
    hear(comparing, brancher.runs[1], Resumed(0, 0.0), *events(5))
    assert comparing.beside().what == "runs"


def test_of_several_runs_those_are_counted_that_play_or_all_where_none_does(comparing, brancher, folder):
    comparing.begin_beside([Origin(Settings()) for _ in range(3)])
    for run in brancher.runs:
        run.waiting += [Resumed(0, 0.0), *events(5)]
    comparing.tick()
    hear(comparing, brancher.runs[1], Paused(5, 0.3))
    assert comparing.beside().number == 2
    for run in brancher.runs:
        run.waiting.append(Paused(5, 0.3))
    comparing.tick()
    assert (comparing.beside().number, comparing.beside().playing) == (3, False)
