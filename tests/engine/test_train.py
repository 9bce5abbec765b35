"""Training without a window: where it stops, what it prints, and how it ends."""

import json
import sys
from collections.abc import Iterator
from io import StringIO
from math import inf, nan

import pytest

from engine.bar import Bar, visible
from engine.events import Ended, Event, Failed, Finished, Progressed, Stepped, Validated, Warned, Wrote
from engine.runfile import FILE_NAME, RunFile, read_events
from engine.settings import Settings
from engine.train import Plan, called, json_lines, record, train, until
from engine.trouble import Trouble
from tests.fakes import FakeTrainer


class Short(FakeTrainer):
    """Reaches its horizon at step 3."""

    def advance(self) -> Iterator[Event]:
        yield from super().advance()
        if self.step == 3:
            yield Finished(self.step, self.time)


class Diverging(FakeTrainer):
    def advance(self) -> Iterator[Event]:
        yield Failed(self.step, self.time, "The loss is not a number.", "Lower the learning rate.")


class Terminal(StringIO):
    """An error stream that is looked at, or that goes into a file."""

    def __init__(self, live: bool) -> None:
        super().__init__()
        self._live = live

    def isatty(self) -> bool:
        return self._live


def refuse_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


@pytest.mark.parametrize("steps", [2, 3, 5])
def test_it_stops_at_the_step_asked_for_before_at_and_beyond_the_horizon(steps):
    events = list(until(Short(), steps))
    assert [event.step for event in events if isinstance(event, Stepped)] == list(range(1, steps + 1))
    assert isinstance(events[-1], Ended)


def test_every_event_is_a_line_of_sound_json_and_a_row_of_the_run(tmp_path, capsys):
    assert record(Plan(FakeTrainer(), RunFile(tmp_path), 12, {}), json_lines) == 0
    lines = [json.loads(line, parse_constant=refuse_constant) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == [type(event).__name__ for event in read_events(tmp_path)]
    stepped = next(line for line in lines if line["event"] == "Stepped")
    assert (stepped["step"], type(stepped["loss"])) == (1, float)
    assert next(line for line in lines if line["event"] == "Attended")["attention_LHTT"] == {"shape": [4, 4, 15, 15]}


@pytest.mark.parametrize("loss", [nan, inf, -inf])
def test_what_is_no_number_is_null(capsys, loss):
    json_lines(Validated(1, 0.1, loss, 10))
    assert json.loads(capsys.readouterr().out, parse_constant=refuse_constant)["loss"] is None


def test_a_failure_is_told_with_its_step_and_is_exit_code_1(tmp_path, capsys):
    bar = Bar(5)
    assert record(Plan(Diverging(), RunFile(tmp_path), 5, {}), bar) == 1
    bar.close()
    assert "Stopped at step 0. The loss is not a number. Lower the learning rate." in capsys.readouterr().err


@pytest.mark.parametrize("live", [False, True])
def test_a_failure_before_the_first_step_is_one_clean_line(monkeypatch, live):
    stream = Terminal(live)
    monkeypatch.setattr(sys, "stderr", stream)
    bar = Bar(5)
    bar(Progressed(0, 0.0, "Reading corpus", 0.5))
    bar(Failed(0, 0.0, "The file is empty.", "Choose another."))
    bar.close()
    seen = [line.split("\r")[-1].rstrip() for line in stream.getvalue().split("\n")]
    assert seen == ["Stopped at step 0. The file is empty. Choose another.", ""]
    assert live or "\r" not in stream.getvalue()


def test_a_bar_that_has_moved_stays_above_a_failure_and_does_not_come_again(monkeypatch):
    stream = Terminal(live=True)
    monkeypatch.setattr(sys, "stderr", stream)
    bar = Bar(5)
    bar(Stepped(1, 0.1, 2.0, 1e-3, 0.7, 100, 0.0, 0.0))
    bar(Failed(1, 0.1, "The loss is not a number.", "Lower the learning rate."))
    bar.close()
    lines = [line.split("\r")[-1] for line in stream.getvalue().split("\n")]
    assert "1/5" in lines[0]
    assert lines[1:] == ["Stopped at step 1. The loss is not a number. Lower the learning rate.", ""]


def test_an_interruption_keeps_what_was_recorded(tmp_path):
    def interrupt(event: Event) -> None:
        if isinstance(event, Stepped) and event.step == 4:
            raise KeyboardInterrupt

    assert record(Plan(FakeTrainer(), RunFile(tmp_path), 100, {}), interrupt) == 130
    assert [event.step for event in read_events(tmp_path) if isinstance(event, Stepped)] == [1, 2, 3, 4]
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_disk_that_refuses_is_told_as_it_is(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Trouble, match=r"Not a directory|cannot find"):
        record(Plan(FakeTrainer(), RunFile(tmp_path / "file" / "run"), 5, {}), lambda event: None)


def test_a_record_that_ends_ends_no_training_and_is_told_at_once_and_at_the_end(tmp_path):
    class Refused(RunFile):
        def add(self, event: Event) -> None:
            if isinstance(event, Stepped) and event.step == 2:
                raise Trouble("Recording has ended.", "Mend the drive.")
            super().add(event)

    told: list[Event] = []
    with pytest.raises(Trouble, match="Recording has ended"):
        record(Plan(FakeTrainer(), Refused(tmp_path), 5, {}), told.append)
    assert [(event.step, event.message) for event in told if isinstance(event, Warned)] == [(2, "Recording has ended.")]
    assert [event.step for event in told if isinstance(event, Stepped)] == [1, 2, 3, 4, 5]
    assert isinstance(told[-1], Ended)


def test_a_sample_cannot_steer_the_terminal(capsys):
    bar = Bar(5)
    bar(Wrote(1, 0.1, "Once\x1b[31m", " \u202e\u200b\udcc3 é 水 🌱\nnext", 0.8, 40, 0.95, 1))
    bar.close()
    said = capsys.readouterr().err
    assert r"step 1: Once\x1b[31m \u202e\u200b\udcc3 é 水 🌱" in said
    assert "\x1b[31m" not in said
    assert visible("plain text.\n") == "plain text.\n"


def test_no_step_and_a_folder_with_a_run_are_refused(tmp_path):
    with pytest.raises(Trouble, match="no step"):
        train(Settings(), steps=0, out=tmp_path / "new")
    record(Plan(FakeTrainer(), RunFile(tmp_path), 2, {}), lambda event: None)
    with pytest.raises(Trouble, match="already"):
        train(Settings(), steps=1, out=tmp_path)
    assert len([event for event in read_events(tmp_path) if isinstance(event, Stepped)]) == 2


def test_a_step_to_branch_from_needs_a_run():
    with pytest.raises(Trouble, match="--at is a step of another run"):
        train(at=3)


def test_a_folder_that_cannot_be_is_trouble(tmp_path):
    with pytest.raises(Trouble, match="There can be no run in"):
        train(Settings(), out=tmp_path / ("x" * 300))


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (".venv/bin/terrarium", ".venv/bin/terrarium"),
        ("C:/my programs/terrarium.exe", "'C:/my programs/terrarium.exe'"),
        ("/a/checkout/engine/__main__.py", "/usr/bin/python3 -m engine"),
    ],
)
def test_the_next_command_can_be_copied(monkeypatch, program, said):
    monkeypatch.setattr(sys, "argv", [program, "train"])
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
    assert called() == said
