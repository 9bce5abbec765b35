"""`terrarium train` on real runs: going on, repeating, presets, an interruption, a full disk."""

import errno
import os
import signal
from pathlib import Path

import pytest

from engine.__main__ import carry_out
from engine.checkpoints import checkpoints, newest
from engine.commands import Anneal, Turn
from engine.events import Branched, Event, Rewound, Started, Stepped, Turned
from engine.folders import runs_folder
from engine.presets import PRESETS, sized
from engine.recording import Recording
from engine.runfile import FILE_NAME, RunFile, read_events
from engine.settings import Settings
from engine.train import Plan, called, record, train, train_command
from engine.training.trainer import Trainer
from engine.trouble import Trouble
from tests.engine.training.going_on import exact, losses, only


def recorded(folder: Path) -> list[Event]:
    return list(read_events(folder))


def curve(folder: Path) -> tuple[list[float], list[float]]:
    whole = Recording()
    for event in recorded(folder):
        whole.add(event)
    steps, values = whole.curve(Stepped, "loss")
    return steps.tolist(), values.tolist()


def test_going_on_gives_the_run_that_was_never_left(tiny, tmp_path, capsys):
    settings = exact(tiny, save_every=4)
    assert train(settings, steps=10, out=tmp_path / "whole", json=True) == 0
    assert train(settings, steps=6, out=runs_folder() / "amber-heron", json=True) == 0
    assert train(resume="amber-heron", steps=8, json=True) == 0
    assert train(resume=str(runs_folder() / "amber-heron"), steps=10, json=True) == 0
    capsys.readouterr()
    assert curve(runs_folder() / "amber-heron") == curve(tmp_path / "whole")
    assert len(only(Rewound, recorded(runs_folder() / "amber-heron"))) == 2
    assert list(checkpoints(runs_folder() / "amber-heron")) == [8, 10]


def test_going_on_from_an_older_checkpoint_leaves_the_rest_behind(tiny, tmp_path, capsys):
    settings = exact(tiny, save_every=3)
    train(settings, steps=7, out=tmp_path / "run", json=True)
    train(settings, steps=5, out=tmp_path / "short", json=True)
    before = recorded(tmp_path / "run")
    assert train(resume=str(checkpoints(tmp_path / "run")[6]), steps=8, json=True) == 0
    rewound = only(Rewound, recorded(tmp_path / "run"))[-1]
    assert (rewound.step, rewound.left) == (6, 7)
    assert len(recorded(tmp_path / "run")) > len(before) + 2  # nothing recorded is removed
    assert curve(tmp_path / "run")[0] == list(range(1, 9))
    capsys.readouterr()


def test_without_steps_it_goes_on_to_the_last_one(tiny, tmp_path, capsys):
    train(exact(tiny, horizon=5), steps=2, out=tmp_path, json=True)
    train(resume=str(tmp_path), json=True)
    assert curve(tmp_path)[0] == [1, 2, 3, 4, 5]
    with pytest.raises(Trouble, match="at step 5 already"):
        train(resume=str(tmp_path), json=True)
    capsys.readouterr()


def test_a_resumed_run_keeps_its_settings(tiny, tmp_path):
    for other in ({"settings": exact(tiny)}, {"out": tmp_path}, {"repeat": "nobody"}):
        with pytest.raises(Trouble, match="keeps its settings"):
            train(resume="nobody", **other)
    with pytest.raises(Trouble, match="no run nobody"):
        train(repeat="nobody")


def test_a_run_is_repeated_bit_for_bit_with_all_that_was_turned(tiny, tmp_path, capsys):
    settings = exact(tiny, milestones=True, precision="auto", schedule="wsd", horizon=40)
    folder = tmp_path / "steered"
    steered = {0: [Turn("clip", 0.7)], 3: [Turn("learning_rate", 3e-3), Turn("batch_size", 5)], 6: [Anneal()]}
    record(Plan(Trainer(settings, "steered", None, folder), RunFile(folder), 9, steered), lambda _: None)
    first = checkpoints(folder)[4]
    assert train(resume=str(first), steps=7, json=True) == 0  # leaves the anneal behind
    assert train(repeat=str(folder), out=tmp_path / "again", json=True) == 0
    capsys.readouterr()
    assert curve(tmp_path / "again") == curve(folder)
    assert curve(folder)[0] == list(range(1, 8))
    assert [(e.step, e.knob) for e in only(Turned, recorded(tmp_path / "again"))] == [
        (0, "clip"), (3, "learning_rate"), (3, "batch_size"),
    ]  # fmt: skip
    assert only(Started, recorded(tmp_path / "again"))[0].settings["precision"] == "fp32"


def test_a_branch_goes_on_with_what_was_changed_and_can_be_repeated(tiny, tmp_path, capsys):
    parent = runs_folder() / "amber-heron"
    assert train(exact(tiny, save_every=4), steps=6, out=parent, json=True) == 0
    told = ("--branch", "amber-heron", "--at", "4", "--steps", "9", "--learning-rate", "3e-3", "--json")
    assert carry_out(["train", *told, "--out", str(tmp_path / "child")]) == 0
    child = recorded(tmp_path / "child")
    assert only(Stepped, child)[4].learning_rate == 3e-3
    assert only(Branched, child)[0].now == {"learning_rate": 3e-3}
    assert curve(tmp_path / "child")[1][:4] == curve(parent)[1][:4]
    assert curve(tmp_path / "child")[0] == list(range(1, 10))
    assert train(repeat=str(tmp_path / "child"), out=tmp_path / "again", json=True) == 0
    assert curve(tmp_path / "again") == curve(tmp_path / "child")
    assert train(resume=str(tmp_path / "child"), steps=11, json=True) == 0
    assert curve(tmp_path / "child")[0] == list(range(1, 12))
    capsys.readouterr()


def test_a_branch_that_changed_more_than_can_be_turned_is_not_repeated(tiny, tmp_path, capsys):
    assert train(exact(tiny, save_every=2), steps=2, out=tmp_path / "parent", json=True) == 0
    where = ("--branch", str(tmp_path / "parent"), "--steps", "4", "--dropout", "0.2", "--json")
    assert carry_out(["train", *where, "--out", str(tmp_path / "child")]) == 0
    with pytest.raises(Trouble, match="changed dropout at step 2") as told:
        train(repeat=str(tmp_path / "child"))
    assert told.value.advice == "Repeat parent, and branch from that again."
    capsys.readouterr()


def test_a_branch_is_refused_in_words(tiny, tmp_path, capsys):
    parent = tmp_path / "parent"
    assert train(exact(tiny, save_every=2), steps=2, out=parent, json=True) == 0
    capsys.readouterr()
    for words, why in (
        (("--branch", str(parent), "--width", "64"), "part of the model"),
        (("--branch", str(parent), "--at", "7"), "Step 7 of parent is not kept"),
        (("--branch", str(parent), "--steps", "2"), "at step 2 already"),
        (("--branch", str(parent), "--size", "2"), "settings of its parent"),
        (("--branch", str(parent), "--resume", "x"), "and nothing else"),
        (("--branch", "nobody"), "no run nobody"),
        (("--at", "2"), "a step of another run"),
    ):
        with pytest.raises(Trouble, match=why):
            carry_out(["train", *words, "--out", str(tmp_path / "child")])
        assert not (tmp_path / "child").exists()


def test_a_preset_and_a_size_are_the_defaults_of_the_other_options(tmp_path, text_file, capsys):
    words = ["--preset", "nanogpt-cpu", "--size=0.06", "--corpus", str(text_file), "--layers", "1", "--steps", "1"]
    assert carry_out(["train", *words, "--out", str(tmp_path / "run"), "--threads", "1", "--json"]) == 0
    made = Settings(**only(Started, recorded(tmp_path / "run"))[0].settings)
    wanted = sized(PRESETS["nanogpt-cpu"], 0.06)
    assert made == Settings(**{**wanted.model_dump(), "corpus": str(text_file), "layers": 1, "threads": 1})
    assert "parameters, about" in capsys.readouterr().err


def test_an_unknown_preset_is_told_and_a_size_that_is_none_left_to_the_options():
    with pytest.raises(Trouble, match="no preset tyni"):
        train_command(["--preset", "tyni"])
    assert train_command(["--size", "large"]) is train
    assert train_command(["--size"]) is train


def test_an_interruption_saves_and_says_how_to_go_on(tiny, monkeypatch, capsys):
    folder = runs_folder() / "ruby-finch"
    trainer = Trainer(exact(tiny), "ruby-finch", None, folder)
    advance, before = trainer.advance, signal.getsignal(signal.SIGINT)

    def interrupted():
        if trainer.step == 2:
            signal.raise_signal(signal.SIGINT)
        yield from advance()

    trainer.advance = interrupted
    monkeypatch.setattr("engine.training.trainer.Trainer", lambda *_: trainer)
    assert train(exact(tiny), steps=9, out=folder) == 130
    said = capsys.readouterr().err
    assert "Step 3 is saved" in said
    assert f"{called()} train --resume ruby-finch --steps 9" in said
    assert curve(folder)[0] == [1, 2, 3]
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_interruption_ends_at_once(tiny, tmp_path):
    def impatient(event: Event) -> None:
        if isinstance(event, Stepped):
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

    trainer = Trainer(exact(tiny), "test", None, tmp_path)
    assert record(Plan(trainer, RunFile(tmp_path), 9, {}), impatient) == 130
    assert curve(tmp_path)[0] == [1]
    assert newest(tmp_path) is None


def test_an_interruption_before_the_first_step_ends_at_once(tiny, tmp_path):
    def impatient(event: Event) -> None:
        if isinstance(event, Started):
            signal.raise_signal(signal.SIGINT)

    assert record(Plan(Trainer(exact(tiny), "test", None, tmp_path), RunFile(tmp_path), 9, {}), impatient) == 130
    assert not (tmp_path / FILE_NAME).exists()


def test_a_full_disk_ends_a_run_without_a_window(tiny, tmp_path, monkeypatch, capsys):
    def full_disk(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full_disk)
    assert train(exact(tiny, save_every=2), steps=9, out=tmp_path / "run") == 1
    assert capsys.readouterr().err.count("No space left") == 1
    assert curve(tmp_path / "run")[0] == [1, 2]


def test_a_changed_text_needs_a_word(tiny, tmp_path, capsys):
    train(exact(tiny), steps=2, out=tmp_path / "run", json=True)
    text = Path(tiny.corpus[0])
    text.write_text(text.read_text("utf-8").replace("mill", "barn"), encoding="utf-8")
    words = ["train", "--resume", str(tmp_path / "run"), "--steps", "3", "--json"]
    with pytest.raises(Trouble, match="--changed-text go-on"):
        carry_out(words)
    assert carry_out([*words, "--changed-text", "go-on"]) == 0
    assert "text has changed" in capsys.readouterr().out
    assert curve(tmp_path / "run")[0] == [1, 2, 3]


def test_a_resumed_stream_has_the_gradients_too(tiny, tmp_path, capsys):
    settings = exact(tiny, objective="infill", dropout=0.1)
    train(settings, steps=6, out=tmp_path / "whole", json=True)
    train(settings, steps=3, out=tmp_path / "run", json=True)
    train(resume=str(tmp_path / "run"), steps=6, json=True)
    capsys.readouterr()
    assert losses(recorded(tmp_path / "run")) == losses(recorded(tmp_path / "whole"))


def test_a_repeat_needs_the_same_text(tiny, tmp_path, text_file, capsys):
    train(exact(tiny), steps=2, out=tmp_path / "run", json=True)
    text_file.write_text(text_file.read_text(encoding="utf-8") + "one more line.\n", encoding="utf-8")
    with pytest.raises(Trouble, match="text has changed"):
        train(repeat=str(tmp_path / "run"), out=tmp_path / "again", json=True)
    assert not (tmp_path / "again").exists()
    capsys.readouterr()


def test_for_a_damaged_checkpoint_an_earlier_one_is_named(tiny, tmp_path, capsys):
    train(exact(tiny, save_every=3), steps=6, out=tmp_path / "run", json=True)
    kept = checkpoints(tmp_path / "run")
    (kept[6] / "model.safetensors").write_bytes(b"cut short")
    with pytest.raises(Trouble) as caught:
        train(resume=str(tmp_path / "run"), steps=8, json=True)
    assert caught.value.advice == f"There is an earlier one: --resume {kept[3]}."
    (kept[3] / "state.json").unlink()
    with pytest.raises(Trouble, match="No earlier one is kept"):
        train(resume=str(kept[3]), steps=8, json=True)
    capsys.readouterr()


def test_a_file_is_no_folder_for_a_run(tiny, text_file):
    with pytest.raises(Trouble, match="is a file"):
        train(exact(tiny), steps=1, out=text_file)
