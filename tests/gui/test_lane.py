"""A lane is one run on show: of this window, of another program, or of the past."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine import annotations
from engine.bench.scripted import ScriptedTrainer
from engine.commands import Step
from engine.events import Attended, Branched, Started
from engine.recording import Recording
from engine.run import Run
from engine.runfile import RunFile
from engine.settings import Settings
from gui.lane import opened, settings_of
from gui.session import Session
from tests.fakes import events

WITHOUT_TORCH = """
import sys
from pathlib import Path
from engine.settings import Settings
from gui.shell import Shell
shell = Shell(Settings(), Path(sys.argv[1]) / "settings.ini", "light")
shell.window.show()
shell.show(Path(sys.argv[1]) / "run")
shell.pump.tick()
assert shell.session.recording.last_step == 60
shell.session.playhead.seek(20, shell.session.recording)
shell.pump.tick()
shell.close()
found = {"torch", "tokenizers"} & set(sys.modules)
sys.exit(", ".join(found) or 0)
"""


def record(folder: Path, many: list) -> None:
    file = RunFile(folder)
    for event in many:
        file.add(event)
    file.close()


@pytest.fixture
def run_of_60(tmp_path):
    record(tmp_path / "run", events(60))
    return tmp_path / "run"


def test_an_opened_run_is_recorded_and_has_its_settings_back(run_of_60):
    lane = opened(run_of_60)
    assert lane.recorded
    assert not lane.running
    assert lane.settings == Settings()
    assert lane.recording.latest(Attended, 35).step == 30
    lane.forget()


def test_a_run_that_another_writes_is_followed_until_it_ends(tmp_path):
    file, made = RunFile(tmp_path / "run"), events(60)
    for event in made:
        if event.step <= 30:
            file.add(event)
    assert file.flush()
    lane = opened(tmp_path / "run")
    assert lane.followed
    assert lane.recording.last_step == 30
    for event in made:
        if event.step > 30:
            file.add(event)
    assert file.flush()
    lane.tick()
    assert lane.recording.last_step == 60
    file.close()
    lane.tick()
    assert lane.recorded
    lane.forget()


def test_words_on_a_run_that_trains_here_are_written_by_its_own_writer_and_shown(qtbot, tmp_path):
    folder = tmp_path / "run"
    session = Session(lambda settings: Run(lambda: ScriptedTrainer(settings), RunFile(folder), folder), Settings())
    session.begin()
    session.send(Step(5))

    def shown(count: int) -> bool:
        session.tick()
        return session.recording.last_step == 5 and len(session.recording.notes) == count

    qtbot.waitUntil(lambda: shown(0))
    session.note(3, "Here")
    qtbot.waitUntil(lambda: shown(1))
    assert session.close(5)
    assert [note.text for note in annotations.read(folder).notes] == ["Here"]
    session.main.forget()


def test_what_memory_has_no_room_for_is_found_on_disk_again(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.looks.HEAVY_KEPT", 8)
    folder = tmp_path / "run"
    session = Session(lambda settings: Run(lambda: ScriptedTrainer(settings), RunFile(folder), folder), Settings())
    session.begin()
    session.send(Step(300))

    def arrived() -> bool:
        session.tick()
        return session.recording.count(Attended, 300) > 0 and session.recording.latest(Attended).step == 300

    qtbot.waitUntil(arrived)
    assert session.close(5)
    session.tick()
    assert [session.recording.latest(Attended, step).step for step in range(0, 301, 10)] == list(range(0, 301, 10))
    session.main.forget()


def test_settings_that_are_not_known_here_are_the_usual_ones():
    recording = Recording()
    recording.add(Started(0, 0.0, "a", {"from_the_future": 1}, 1, "CPU"))
    assert settings_of(recording) == Settings()
    assert settings_of(Recording()) == Settings()


def test_a_run_is_called_as_a_person_named_it(run_of_60):
    lane = opened(run_of_60)
    assert lane.name == "run"
    lane.annotate(run_of_60, annotations.rename("The good one"))
    assert lane.name == "The good one"
    lane.forget()


def test_the_fork_is_where_it_branched_off(tmp_path):
    record(tmp_path / "run", [*events(10), Branched(10, 0.5, "parent", {}, {})])
    session = Session(lambda settings: pytest.fail("no run is wanted"), Settings())
    session.open(tmp_path / "run")
    assert session.shown()[0].fork == 10
    session.main.forget()


def test_a_recorded_run_is_shown_without_loading_torch(run_of_60):
    command = [sys.executable, "-c", WITHOUT_TORCH, str(run_of_60.parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr) == (0, "")
