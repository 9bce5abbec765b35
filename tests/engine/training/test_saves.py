"""When a run is saved, what a full disk does, and the way back."""

import errno
import os
from pathlib import Path

import pytest
import torch
from safetensors import SafetensorError

from engine.checkpoints import FOLDER, LEFT, checkpoints, newest
from engine.commands import Anneal, Command, Look, Play, Rewind, Save, Step, Stop, Turn
from engine.events import (
    Annealed,
    Diverged,
    Event,
    Finished,
    Paused,
    Rewound,
    Saved,
    SentencePredicted,
    Stalled,
    Stepped,
    Turned,
    Warned,
)
from engine.mailbox import Mailbox
from engine.run import drive
from engine.training import checkpoint, saves
from engine.training.checkpoint import read
from engine.training.trainer import Trainer
from tests.engine.training.going_on import again, begun, exact, losses, only, steps, told


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def library_on_a_full_disk(*_: object) -> None:
    raise SafetensorError("Error while serializing: I/O error: No space left on device (os error 28)")


def names(run: Path) -> list[str]:
    return sorted(path.name for path in (run / FOLDER).iterdir())


def driven(trainer: Trainer, command: Command, until: type) -> list[Event]:
    """From the start, with one command, to the first event of a kind."""
    box: Mailbox[Command] = Mailbox()
    box.put(command)
    events = []
    for event in drive(trainer, box):
        events.append(event)
        if isinstance(event, until):
            box.put(Stop())
    return events


def test_milestones_and_the_latest_are_kept(tiny, tmp_path):
    trainer = begun(exact(tiny, milestones=True, save_every=3), tmp_path)
    saves = only(Saved, steps(trainer, 13))
    assert [(event.step, event.milestone) for event in saves] == [
        (0, 1), (1, 1), (2, 1), (3, 0), (4, 1), (6, 0), (8, 1), (9, 0), (12, 0),
    ]  # fmt: skip
    assert list(checkpoints(tmp_path)) == [0, 1, 2, 4, 8, 9, 12]
    assert saves[-1].folder == "checkpoints/step-000012"


def test_what_is_kept_no_longer_loses_its_name_before_it_is_taken_apart(tiny, tmp_path, monkeypatch):
    taken_apart: list[str] = []
    monkeypatch.setattr(saves.shutil, "rmtree", lambda path, **_: taken_apart.append(Path(path).name))
    trainer = begun(exact(tiny, save_every=1), tmp_path)
    steps(trainer, 4)
    assert list(checkpoints(tmp_path)) == [3, 4]
    assert {name.removesuffix(LEFT) for name in taken_apart if name.endswith(LEFT)} >= {"step-000001", "step-000002"}
    assert not {"step-000001", "step-000002"} & {*taken_apart}


def test_a_run_that_is_never_played_leaves_nothing(tiny, tmp_path):
    trainer = begun(exact(tiny, milestones=True), tmp_path)
    for command in (Look(), Turn("clip", 0.5), Stop()):
        told(trainer, command)
    assert not (tmp_path / FOLDER).exists()


def test_without_a_folder_nothing_is_saved_and_asking_is_answered(tiny):
    trainer = begun(exact(tiny, milestones=True, save_every=1))
    assert not only(Saved, steps(trainer, 2))
    assert [type(event) for event in told(trainer, Save())] == [Warned]


def test_the_end_and_a_stop_are_saved_once(tiny, tmp_path):
    trainer = begun(exact(tiny, horizon=2, save_every=2), tmp_path)
    assert [type(e) for e in steps(trainer, 2) if isinstance(e, Saved | Finished)] == [Saved, Finished]
    before = checkpoints(tmp_path)[2].stat().st_mtime_ns
    told(trainer, Stop())
    assert checkpoints(tmp_path)[2].stat().st_mtime_ns == before
    steps(trainer, 1)
    assert [event.step for event in only(Saved, told(trainer, Stop()))] == [3]


def test_saving_does_not_disturb_training_and_counts_as_looking(tiny, tmp_path):
    quiet = exact(tiny, validate_every=100_000, sample_every=100_000)
    plain, saving = begun(quiet), begun(exact(quiet, save_every=1), tmp_path)
    events = steps(saving, 6)
    assert losses(steps(plain, 6)) == losses(events)
    looking = [event.looking for event in only(Stepped, events)]
    assert looking == sorted(set(looking))
    assert looking[-1] < saving.time


@pytest.mark.parametrize(
    ("place", "what"), [("os.fsync", full_disk), ("engine.training.checkpoint.save_file", library_on_a_full_disk)]
)
def test_a_full_disk_pauses_and_what_was_saved_before_is_intact(tiny, tmp_path, monkeypatch, place, what):
    settings = exact(tiny, save_every=2)
    steps(begun(settings, tmp_path), 2)
    trainer = Trainer(settings, "test", None, tmp_path, newest(tmp_path))
    with monkeypatch.context() as patched:
        patched.setattr(place, what)
        events = driven(trainer, Play(), until=Paused)
    stalled = only(Stalled, events)[0]
    assert "No space left" in stalled.message
    assert str(tmp_path) in stalled.message
    assert "space" in stalled.advice
    told_of = [type(event) for event in events if isinstance(event, Stepped | Stalled | Paused)]
    assert told_of[:4] == [Stepped, Stepped, Stalled, Paused]
    assert names(tmp_path) == ["step-000002"]
    assert read(checkpoints(tmp_path)[2]).state.step == 2
    assert only(Saved, steps(trainer, 2))[0].step == 6  # space was freed


def test_a_disk_that_is_full_from_the_start_pauses_before_the_first_step(tiny, tmp_path, monkeypatch):
    trainer = begun(exact(tiny, milestones=True), tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full_disk)
        assert [type(event) for event in steps(trainer, 1)] == [Stalled]
    assert trainer.step == 0
    assert only(Stepped, steps(trainer, 1))


def test_nothing_is_made_in_place_of_a_folder_that_was_moved_and_it_can_come_back(tiny, tmp_path):
    run, away = tmp_path / "run", tmp_path / "away"
    trainer = begun(exact(tiny), run)
    steps(trainer, 1)
    told(trainer, Save())
    run.rename(away)
    steps(trainer, 1)
    (stalled,) = told(trainer, Save())
    assert stalled.message.endswith("its folder is not there any more.")
    assert stalled.advice.startswith("Connect the drive again, or put the folder back. Then play on")
    assert not run.exists()
    away.rename(run)
    assert only(Saved, told(trainer, Save()))
    assert names(run) == ["step-000001", "step-000002"]


def test_a_file_that_grows_too_large_for_the_system_is_a_stall(tiny, tmp_path):
    resource = pytest.importorskip("resource")
    trainer = begun(exact(tiny), tmp_path)
    steps(trainer, 1)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        events = told(trainer, Save())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [type(event) for event in events] == [Stalled]
    assert names(tmp_path) == []


def test_weights_that_are_no_numbers_are_not_saved(tiny, tmp_path):
    trainer = begun(exact(tiny), tmp_path)
    steps(trainer, 1)
    told(trainer, Save())
    with torch.no_grad():
        trainer.learner.model.norm.weight.fill_(torch.nan)
    trainer.learner.step += 1
    assert [type(event) for event in told(trainer, Save())] == [Warned]
    assert list(checkpoints(tmp_path)) == [1]


def test_going_back_repeats_the_same_numbers(tiny, tmp_path):
    trainer = begun(exact(tiny, save_every=4, average=0.9, dropout=0.1, optimizer="muon"), tmp_path)
    first = losses(steps(trainer, 10))
    events = told(trainer, Rewind(7))
    rewound = only(Rewound, events)[0]
    assert (rewound.step, rewound.left) == (4, 10)
    assert rewound.time == trainer.time
    assert only(SentencePredicted, events)[0].step == 4
    assert losses(steps(trainer, 6)) == first[4:]


def test_going_back_turns_live_knobs_back_and_says_so(tiny, tmp_path):
    trainer = begun(exact(tiny), tmp_path)
    steps(trainer, 2)
    told(trainer, Turn("clip", 0.5))
    told(trainer, Save())
    told(trainer, Turn("learning_rate", 3e-3))
    told(trainer, Anneal())
    steps(trainer, 1)
    events = told(trainer, Rewind(2))
    assert [(e.knob, e.value) for e in only(Turned, events)] == [("learning_rate", 1e-2)]
    assert not only(Annealed, events)
    assert trainer.learner.settings.learning_rate == trainer.settings.learning_rate == 1e-2
    assert trainer.settings.clip == 0.5
    assert trainer.learner.annealed_at is None


def test_going_back_takes_the_threads_of_then_and_says_how_many(tiny, tmp_path):
    trainer = begun(exact(tiny, threads=0), tmp_path)
    torch.set_num_threads(1)  # as measured
    steps(trainer, 2)
    told(trainer, Save())
    trainer._turn("threads", 2)  # as the pulse does
    assert torch.get_num_threads() == 2
    events = told(trainer, Rewind(2))
    assert [(e.knob, e.value) for e in only(Turned, events)] == [("threads", 1)]
    assert torch.get_num_threads() == trainer._pulse._threads == 1


def test_what_is_left_is_no_way_back_and_goes_once_a_new_one_is_there(tiny, tmp_path):
    trainer = begun(exact(tiny, save_every=2), tmp_path)
    steps(trainer, 4)
    told(trainer, Rewind(2))
    assert list(checkpoints(tmp_path)) == [2]
    assert names(tmp_path) == ["step-000002", "step-000004.left"]
    assert only(Rewound, told(trainer, Rewind(100)))[0].step == 2
    steps(trainer, 1)
    told(trainer, Save())
    assert names(tmp_path) == ["step-000002", "step-000003"]


def test_there_may_be_nothing_to_go_back_to(tiny, tmp_path):
    trainer = begun(exact(tiny, save_every=2), tmp_path)
    steps(trainer, 3)
    assert [type(event) for event in told(trainer, Rewind(1))] == [Warned]
    assert trainer.step == 3
    assert [type(event) for event in told(begun(exact(tiny)), Rewind(1))] == [Warned]


def test_a_damaged_checkpoint_changes_nothing(tiny, tmp_path):
    trainer = begun(exact(tiny, save_every=2), tmp_path)
    steps(trainer, 5)
    (checkpoints(tmp_path)[2] / checkpoint.MODEL).write_bytes(b"")
    events = told(trainer, Rewind(3))
    assert [type(event) for event in events] == [Warned]
    assert "cut short" in events[0].message
    assert list(checkpoints(tmp_path)) == [2, 4]
    assert trainer.step == 5


def test_after_a_loss_that_is_no_number_one_can_go_back(tiny, tmp_path):
    trainer = begun(exact(tiny, save_every=2), tmp_path)
    first = losses(steps(trainer, 3))
    with torch.no_grad():
        trainer.learner.model.norm.weight.fill_(torch.nan)
    diverged = only(Diverged, steps(trainer, 1))[0]
    assert "go back to step 2" in diverged.advice
    told(trainer, Rewind(2))
    assert losses(steps(trainer, 1)) == first[2:]


def test_a_single_step_after_a_resume_leaves_later_checkpoints_behind(tiny, tmp_path):
    settings = exact(tiny, save_every=2)
    steps(begun(settings, tmp_path), 4)
    begun(settings, tmp_path, newest(tmp_path, 3))
    assert list(checkpoints(tmp_path)) == [2, 4]  # only looked at so far
    driven(Trainer(settings, "test", None, tmp_path, newest(tmp_path, 3)), Step(), until=Stepped)
    assert list(checkpoints(tmp_path)) == [2, 3]
    assert again(settings, tmp_path).step == 3


def test_saving_before_the_first_step_is_to_go_on_from_there(tiny, tmp_path):
    settings = exact(tiny, save_every=2)
    steps(begun(settings, tmp_path), 8)
    assert list(checkpoints(tmp_path)) == [6, 8]
    trainer = begun(settings, tmp_path, newest(tmp_path, 6))
    assert [type(event) for event in told(trainer, Save())] == [Saved]
    assert names(tmp_path) == ["step-000006"]
