"""A branch goes on bit for bit: unchanged as its parent did, changed as its parent would when gone back and turned."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.branch import allowed, branched, settings_at
from engine.checkpoints import checkpoints, newest
from engine.commands import Rewind, Save, Turn
from engine.events import Branched, Event, Rewound, Stepped, Warned
from engine.runfile import RunFile, read_events
from engine.settings import Settings
from engine.training import checkpoint
from engine.training.snapshot import restore, snapshot
from engine.training.state import State
from engine.training.trainer import Trainer
from engine.trouble import Trouble
from tests.engine.training.going_on import begun, exact, losses, only, steps, told
from tests.engine.training.small import small_learner
from tests.engine.training.test_every_setting import TURNED
from tests.engine.training.test_resume import assert_same_state

FORK, AFTER = 4, 5


@pytest.fixture
def parent(tmp_path: Path) -> Path:
    return tmp_path / "parent"


@pytest.fixture
def child(tmp_path: Path) -> Path:
    return tmp_path / "child"


def recorded(settings: Settings, folder: Path, count: int = FORK + AFTER) -> tuple[Trainer, list[Event]]:
    """A run that is saved at the fork and goes on; its trainer, and the steps after the fork."""
    trainer, file = Trainer(settings, folder.name, None, folder), RunFile(folder)
    events = list(trainer.start()) + steps(trainer, FORK) + told(trainer, Save())
    after = steps(trainer, count - FORK)
    for event in events + after:
        file.add(event)
    file.close()
    return trainer, after


def going_on(child: Path) -> Trainer:
    return begun(Settings(), child, newest(child))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"dropout": 0.2, "micro_batches": 2, "optimizer": "muon"},
        {"objective": "masked", "average": 0.9},
        {"architecture": "fast", "n_grams": 3, "precision": "bf16"},
    ],
    ids=str,
)
def test_unchanged_it_is_what_its_parent_goes_on_with(tiny, parent, child, change):
    whole, after = recorded(exact(tiny, **change), parent)
    branched(parent, FORK, child, {})
    trainer = going_on(child)
    assert losses(steps(trainer, AFTER)) == losses(after)
    assert trainer.name == "child"
    assert_same_state(whole, trainer)


@pytest.mark.parametrize(
    "change", [{"learning_rate": 3e-2}, {"batch_size": 5}, {"clip": 0.1, "weight_decay": 0.0}], ids=str
)
def test_a_live_setting_changed_is_the_parent_gone_back_and_turned(tiny, parent, child, change):
    trainer, _ = recorded(exact(tiny), parent)
    branched(parent, FORK, child, change)
    told(trainer, Rewind(FORK))
    for name, value in change.items():
        told(trainer, Turn(name, value))
    branch = going_on(child)
    assert losses(steps(branch, AFTER)) == losses(steps(trainer, AFTER))
    assert_same_state(trainer, branch)


@pytest.mark.parametrize(
    ("own", "change"),
    [
        ({}, {"dropout": 0.3}),
        ({}, {"beta1": 0.5, "beta2": 0.9}),
        ({}, {"seed": 7}),
        ({}, {"schedule": "linear", "horizon": 20}),
        ({"optimizer": "sgd"}, {"momentum": 0.0}),
        ({"optimizer": "sgd", "momentum": 0.0}, {"momentum": 0.9}),
        ({"average": 0.9}, {"average": 0.1}),
        ({"objective": "infill"}, {"infill_share": 1.0}),
        ({}, {"precision": "bf16"}),
    ],
    ids=str,
)
def test_what_cannot_be_turned_can_be_changed_on_a_branch(tiny, parent, child, own, change):
    whole, after = recorded(exact(tiny, **own), parent)
    branched(parent, FORK, child, change)
    trainer = going_on(child)
    made = steps(trainer, AFTER)
    assert losses(made)[0][0] == FORK + 1
    assert all(np.isfinite(step.loss) for step in only(Stepped, made))
    differs = losses(made) != losses(after)
    averages = own.get("average") and not np.array_equal(
        *(t.learner.average.weights["tokens.weight"] for t in (whole, trainer))
    )
    assert differs or averages
    told(trainer, Save())
    again = begun(Settings(), child, newest(child))
    assert losses(steps(again, 2)) == losses(steps(trainer, 2))


@pytest.mark.parametrize("name", [name for name in TURNED if allowed(name) and name not in ("average", "weights")])
def test_a_learner_can_go_on_with_whatever_is_allowed(name):
    base, value = TURNED[name]
    learner, changed = small_learner(**base), small_learner(**{**base, name: value})
    learner.correct()
    state = State.model_construct(
        step=1, annealed_at=None, seen=(4,), last_batch=4, last_window=(0, 0), losses=(), gradient_norms=()
    )
    restore(changed, snapshot(learner), state)
    assert changed.correct().made


def test_an_average_cannot_begin_on_the_way(tiny, parent, child):
    recorded(exact(tiny), parent)
    with pytest.raises(Trouble, match="from the first step on"):
        branched(parent, FORK, child, {"average": 0.9})


def test_settings_turned_before_the_fork_stay_turned_and_those_turned_at_it_do_not(tiny, parent, child):
    settings = exact(tiny)
    trainer, file = Trainer(settings, "parent", None, parent), RunFile(parent)
    events = list(trainer.start()) + steps(trainer, 2) + told(trainer, Turn("clip", 0.5)) + steps(trainer, 2)
    events += told(trainer, Save()) + told(trainer, Turn("clip", 0.25)) + steps(trainer, 1)
    for event in events:
        file.add(event)
    file.close()
    branched(parent, FORK, child, {"batch_size": 4})
    assert settings_at(newest(child)) == exact(tiny, clip=0.5, batch_size=4)
    fork = only(Branched, list(read_events(child)))[0]
    assert (fork.step, fork.parent, fork.was, fork.now) == (FORK, "parent", {"batch_size": 8}, {"batch_size": 4})


def test_it_goes_on_and_back_to_its_fork_without_its_parent(tiny, parent, child):
    _, after = recorded(exact(tiny), parent)
    branched(parent, FORK, child, {})
    shutil.rmtree(parent)
    trainer = going_on(child)
    expected = losses(steps(trainer, AFTER))
    assert expected == losses(after)
    assert only(Rewound, told(trainer, Rewind(FORK)))[0].step == FORK
    assert losses(steps(trainer, AFTER)) == expected
    assert only(Warned, told(trainer, Rewind(FORK - 1)))


def test_training_the_branch_leaves_the_parent_as_it_was(tiny, parent, child):
    settings = exact(tiny, save_every=1)
    recorded(settings, parent)
    kept = checkpoints(parent)[FORK + AFTER - 1]
    before = {path.name: path.read_bytes() for path in kept.iterdir()}
    branched(parent, FORK + AFTER - 1, child, {})
    trainer = going_on(child)
    steps(trainer, 4)
    told(trainer, Rewind(FORK + AFTER - 1))
    steps(trainer, 4)
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before
    assert len(list(read_events(parent)))


def test_clocks_and_energy_go_on_from_the_fork(tiny, parent, child):
    recorded(exact(tiny), parent)
    state = checkpoint.read_state(checkpoints(parent)[FORK])
    branched(parent, FORK, child, {})
    branch = Trainer(Settings(), "", None, child, newest(child))
    list(branch.start())
    assert (branch.time, branch._looks.seconds, branch._meters.joules) == (state.time, state.looking, state.energy)


def test_threads_changed_are_the_ones_it_computes_with_and_follow_no_load(tiny, parent, child):
    recorded(exact(tiny, threads=1), parent)
    facts = checkpoint.read_state(branched(parent, FORK, child, {"threads": 3}))
    assert (facts.threads, facts.threads_automatic, facts.settings.threads) == (3, False, 3)


def test_its_text_may_have_changed_only_if_a_person_says_so(tiny, parent, child):
    recorded(exact(tiny), parent)
    text = Path(tiny.corpus[0])
    text.write_text(text.read_text("utf-8").replace("cat", "hat"), encoding="utf-8")
    branched(parent, FORK, child, {})
    with pytest.raises(Trouble, match="The text has changed"):
        going_on(child)
    begun(Settings(), child, newest(child), on_changed_text="go-on")


def test_a_damaged_state_is_refused_and_nothing_is_left(tiny, parent, child):
    recorded(exact(tiny), parent)
    state = checkpoints(parent)[FORK] / "state.json"
    other = json.dumps(json.loads(state.read_text("utf-8")) | {"step": FORK + 1})
    for damage in ("{", "[]", other, json.dumps({"step": FORK}), json.dumps({"step": FORK, "time": 0, "settings": 3})):
        state.write_text(damage, "utf-8")
        with pytest.raises(Trouble):
            branched(parent, FORK, child, {})
        assert not child.exists()


def test_a_file_that_leads_out_of_the_checkpoint_is_not_taken_along(tiny, parent, child, tmp_path):
    recorded(exact(tiny), parent)
    model = checkpoints(parent)[FORK] / "model.safetensors"
    model.rename(tmp_path / "elsewhere")
    model.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Trouble, match="leads somewhere else"):
        branched(parent, FORK, child, {})
    assert not child.exists()
