"""Which settings may change on the way, what a branch is from its first moment on, and what is refused."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from engine.branch import FIXED, allowed, branch_settings, branched, changed, kept_at, refusal, settings_at
from engine.checkpoints import checkpoint_name, checkpoints
from engine.declared import knobs
from engine.events import Branched, Ended, Rewound, Saved, Started, Stepped
from engine.folders import runs_folder
from engine.runfile import FILE_NAME, RunFile, read_events
from engine.runfile.lock import hold
from engine.settings import Settings
from engine.trouble import Trouble
from tests.engine.runfile.files import step
from tests.fakes import events

FORK = 50


@pytest.fixture
def parent() -> Path:
    """A scripted run of 100 steps; the checkpoint of step 50 is a state and some bytes."""
    folder = runs_folder() / "amber-heron"
    file = RunFile(folder)
    for event in events(100):
        file.add(event)
    file.close()
    checkpoint = folder / "checkpoints" / checkpoint_name(FORK)
    checkpoint.mkdir(parents=True)
    settings = Settings().model_dump(mode="json")
    state = {"name": "amber-heron", "step": FORK, "time": 2.5, "settings": settings, "seed": 1, "energy": 3.0}
    (checkpoint / "state.json").write_text(json.dumps(state), "utf-8")
    (checkpoint / "model.safetensors").write_bytes(b"weights")
    return folder


@pytest.fixture
def child() -> Path:
    return runs_folder() / "rate-3"


def test_every_name_that_is_fixed_is_a_setting_and_has_a_sentence():
    names = {knob.name for knob in knobs(Settings)}
    assert names >= FIXED.keys()
    for name in names:
        assert allowed(name) is (refusal(name) == "")
        assert allowed(name) or refusal(name).endswith(".")
    assert refusal("width") == "“Width” is part of the model."
    assert not any(map(allowed, ("hidden", "head_width", "rotation_base", "biases", "gelu", "begin_with")))


def test_all_that_is_live_may_change():
    assert all(allowed(knob.name) for knob in knobs(Settings) if knob.live)


def test_a_branch_is_a_whole_run_of_its_own(parent, child):
    kept = branched(parent, FORK, child, {"learning_rate": 6e-3, "dropout": 0.1})
    shutil.rmtree(parent)
    assert checkpoints(child) == {FORK: kept}
    assert (kept / "model.safetensors").read_bytes() == b"weights"
    assert sorted(path.name for path in child.iterdir()) == ["checkpoints", FILE_NAME]
    told = list(read_events(child))
    assert [event.step for event in told if isinstance(event, Stepped)] == list(range(1, FORK + 1))
    fork, started, saved, ended = told[-4:]
    assert isinstance(fork, Branched)
    assert (fork.step, fork.time, fork.parent) == (FORK, 2.5, "amber-heron")
    assert (fork.was, fork.now) == ({"learning_rate": 2e-3, "dropout": 0.0}, {"learning_rate": 6e-3, "dropout": 0.1})
    assert isinstance(started, Started)
    assert (started.name, started.parameters) == ("rate-3", 920_000)
    assert Settings(**started.settings) == Settings(learning_rate=6e-3, dropout=0.1) == settings_at(kept)
    assert isinstance(ended, Ended)
    assert [event for event in told if isinstance(event, Saved)] == [saved]
    assert (saved.step, saved.folder, saved.milestone) == (FORK, "checkpoints/step-000050", 0)


def test_the_state_is_the_parents_but_for_its_name_and_settings(parent, child):
    kept = branched(parent, FORK, child, {"seed": 9, "precision": "bf16", "threads": 2})
    facts = json.loads((kept / "state.json").read_text("utf-8"))
    assert (facts["name"], facts["seed"], facts["time"], facts["energy"]) == ("rate-3", 9, 2.5, 3.0)
    assert (facts["precision"], facts["threads"], facts["threads_automatic"]) == ("bf16", 2, False)
    assert "attention" not in facts  # what was chosen then stays


def test_a_branch_can_be_branched_again(parent, child):
    branched(parent, FORK, child, {"learning_rate": 6e-3})
    grandchild = child.with_name("rate-3-clip")
    branched(child, FORK, grandchild, {"clip": 0.5})
    forks = [event for event in read_events(grandchild) if isinstance(event, Branched)]
    assert [(fork.parent, fork.now) for fork in forks] == [
        ("amber-heron", {"learning_rate": 6e-3}),
        ("rate-3", {"clip": 0.5}),
    ]
    assert Settings(**forks[-1].now, **forks[0].now) == settings_at(kept_at(grandchild))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"width": 256}, "“Width” is part of the model"),
        ({"corpus": ("facts",)}, "windows of it were counted"),
        ({"vocabulary": 512}, "decides which tokens"),
        ({"average": 0.9}, "from the first step on, or not at all"),
        ({"horizon": FORK}, "lies before it"),
        ({"learning_rate": 7.0}, "Peak learning rate"),
        ({"micro_batches": 60}, "cannot be worked through"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(parent, child, changes, words):
    with pytest.raises(Trouble, match=words):
        branched(parent, FORK, child, changes)
    assert not child.exists()


def test_a_step_that_is_not_kept_is_refused_with_those_that_are(parent, child):
    with pytest.raises(Trouble, match="Step 60 of amber-heron is not kept") as told:
        branched(parent, 60, child, {})
    assert told.value.advice == "Kept are 50."
    shutil.rmtree(parent / "checkpoints")
    with pytest.raises(Trouble, match="has no checkpoint"):
        kept_at(parent)


def test_a_name_that_is_taken_is_left_as_it_is(parent, child):
    child.mkdir()
    (child / "mine.txt").write_text("mine")
    with pytest.raises(Trouble, match="is there already"):
        branched(parent, FORK, child, {})
    assert (child / "mine.txt").read_text() == "mine"


def test_a_step_that_is_not_written_down_yet_is_waited_for_by_the_person(parent, child):
    later = checkpoints(parent)[FORK].rename(parent / "checkpoints" / checkpoint_name(120))
    state = json.loads((later / "state.json").read_text("utf-8"))
    (later / "state.json").write_text(json.dumps(state | {"step": 120}), "utf-8")
    lock = hold(parent)
    with pytest.raises(Trouble, match="is being written down"):
        branched(parent, 120, child, {})
    assert not child.exists()
    lock.release()
    branched(parent, 120, child, {})  # a record that ends early is all there is
    assert max(event.step for event in read_events(child) if isinstance(event, Stepped)) == 100


def test_a_step_that_a_killed_run_did_not_write_down_but_goes_on_from_can_be_branched(parent, child):
    later = checkpoints(parent)[FORK].rename(parent / "checkpoints" / checkpoint_name(120))
    state = json.loads((later / "state.json").read_text("utf-8"))
    (later / "state.json").write_text(json.dumps(state | {"step": 120}), "utf-8")
    with closing(RunFile(parent, go_on=True)) as file:  # nobody waits for a run that trains
        for event in (Rewound(120, 6.0, 120), Started(120, 6.0, "amber-heron", {}, 1, ""), step(121)):
            file.add(event)
        assert file.flush()
        branched(parent, 120, child, {})
    assert max(event.step for event in read_events(child) if isinstance(event, Stepped)) == 100


def test_a_disk_that_refuses_is_told_and_nothing_is_left(parent, child, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.branch.os.link", full)
    monkeypatch.setattr("engine.branch.shutil.copyfile", full)
    with pytest.raises(Trouble, match="cannot be written"):
        branched(parent, FORK, child, {})
    assert not child.exists()


def test_where_a_disk_knows_no_links_files_are_copied(parent, child, monkeypatch):
    def unknown(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("engine.branch.os.link", unknown)
    kept = branched(parent, FORK, child, {})
    assert (kept / "model.safetensors").read_bytes() == b"weights"


def test_unchanged_nothing_differs(parent):
    before = settings_at(kept_at(parent))
    assert changed(before, branch_settings(before, FORK, {})) == []
