"""N steps are N/3, resume, N/3, resume, N/3, bit for bit: losses, gradients, weights, averages, spikes and clocks."""

from pathlib import Path

import pytest
import torch

from engine.checkpoints import TEXT_CHANGED, newest
from engine.commands import Anneal, Save, Turn
from engine.events import Annealed, Chosen, CorpusRead, FloorCounted, Progressed, Rewound, Started, Stepped, Warned
from engine.runfile import RunFile
from engine.settings import Settings
from engine.training import resumed
from engine.training.checkpoint import read_state
from engine.training.device import Device
from engine.training.snapshot import snapshot
from engine.training.trainer import Trainer
from engine.trouble import Trouble
from tests.engine.training.going_on import again, begun, exact, losses, only, saved, steps, told

THIRD = 4
WAYS = [
    *({"objective": objective} for objective in ("causal", "masked", "infill")),
    *({"optimizer": optimizer} for optimizer in ("adamw", "muon", "lion", "sgd")),
    {"optimizer": "sgd", "momentum": 0.0},
    {"micro_batches": 3},
    {"average": 0.9},
    {"dropout": 0.2, "micro_batches": 2},
    {"architecture": "fast", "optimizer": "muon", "n_grams": 3, "layers": 3},
    {"architecture": "fast", "precision": "bf16", "n_grams": 4, "average": 0.9, "micro_batches": 2, "dropout": 0.1},
    {"architecture": "gpt2", "tied": False, "objective": "masked", "average": 0.99, "optimizer": "muon"},
    {"tokenizer": "bpe", "vocabulary": 270},
    {"precision": "bf16"},
    {"skip_spikes": True, "schedule": "wsd", "horizon": 10},
    {"attention": "plain", "architecture": "modern", "key_value_heads": 1},
]


def tensors(trainer: Trainer) -> dict[str, torch.Tensor]:
    taken = snapshot(trainer.learner)
    return {**taken.model, **taken.optimizer, **{f"average {k}": v for k, v in (taken.average or {}).items()}}


def assert_same_state(one: Trainer, other: Trainer) -> None:
    before, after = tensors(one), tensors(other)
    assert before.keys() == after.keys()
    for name, value in before.items():
        assert torch.equal(value, after[name]), name
    assert [list(spikes.last) for spikes in one.learner.spikes] == [list(s.last) for s in other.learner.spikes]
    assert one.settings == other.settings


@pytest.mark.parametrize("change", WAYS, ids=str)
def test_three_thirds_are_one_whole(tiny, tmp_path, change):
    settings = exact(tiny, **change)
    whole = begun(settings)
    expected = losses(steps(whole, 3 * THIRD))
    trainer = begun(settings, tmp_path)
    got = losses(steps(trainer, THIRD))
    for _ in range(2):
        told(trainer, Save())
        trainer = again(settings, tmp_path)
        got += losses(steps(trainer, THIRD))
    assert got == expected
    assert_same_state(whole, trainer)


@pytest.mark.parametrize("left_over", [0, 7], ids=["at an epoch's end", "in the middle of one"])
@pytest.mark.parametrize("objective", ["causal", "masked", "infill"])
def test_epochs_do_not_matter(tiny, tmp_path, left_over, objective):
    windows = begun(exact(tiny)).learner.mixture.windows
    settings = exact(tiny, batch_size=windows - left_over, objective=objective)
    expected = losses(steps(begun(settings), 3))
    got = []
    trainer = begun(settings, tmp_path)
    for _ in range(3):
        got += losses(steps(trainer, 1))
        told(trainer, Save())
        trainer = again(settings, tmp_path)
    assert got == expected
    assert trainer.learner.windows_seen == 3 * (windows - left_over)


def test_turned_knobs_and_an_anneal_hold_after_a_resume(tiny, tmp_path):
    def steered(trainer: Trainer) -> None:
        for command in (Turn("learning_rate", 3e-3), Turn("batch_size", 5.0), Turn("clip", 0.1), Anneal()):
            told(trainer, command)

    settings = exact(tiny, schedule="wsd", horizon=40)
    whole = begun(settings)
    expected = losses(steps(whole, 3))
    steered(whole)
    expected += losses(steps(whole, 6))
    trainer = begun(settings, tmp_path)
    got = losses(steps(trainer, 3))
    steered(trainer)
    got += losses(steps(trainer, 3))
    told(trainer, Save())
    trainer = again(settings, tmp_path)
    assert trainer.settings.learning_rate == 3e-3
    assert losses(steps(trainer, 3)) == expected[6:]
    assert got == expected[:6]
    assert_same_state(whole, trainer)


def test_time_goes_on_and_the_first_look_is_that_of_the_last(tiny, tmp_path):
    settings = exact(tiny)
    trainer = begun(settings, tmp_path)
    steps(trainer, 3)
    (kept,) = told(trainer, Save())
    gone_on = Trainer(settings, "other", None, tmp_path, newest(tmp_path))
    events = list(gone_on.start())
    assert gone_on.time == kept.time > 0
    assert {event.step for event in events if not isinstance(event, Progressed)} == {3}
    started = only(Started, events)[0]
    assert (started.name, started.settings) == ("test", settings.model_dump(mode="json"))
    assert not only(FloorCounted, events)  # they are known
    assert only(CorpusRead, events)
    before = only(Stepped, steps(trainer, 1))[0]
    after = only(Stepped, steps(gone_on, 1))[0]
    assert after.epochs == before.epochs
    assert after.time > kept.time


def test_energy_goes_on(tiny, tmp_path):
    trainer = begun(exact(tiny), tmp_path)
    steps(trainer, 1)
    trainer._meters.joules = 5.0
    told(trainer, Save())
    assert again(exact(tiny), tmp_path)._meters.joules == 5.0


def test_what_was_chosen_is_not_measured_again(tiny, tmp_path, monkeypatch):
    settings = Settings(**{**tiny.model_dump(), "precision": "auto", "attention": "auto", "threads": 1})
    saved(settings, tmp_path)
    monkeypatch.setattr("engine.training.choices.choose", None)
    gone_on = Trainer(settings, "test", tmp_path / "cache", tmp_path, newest(tmp_path))
    events = list(gone_on.start())
    assert only(Chosen, events)[0].precision == "fp32"
    assert gone_on.settings.precision == "auto"
    assert gone_on.learner.settings.precision == "fp32"
    assert not only(Warned, events)


def test_fewer_threads_than_before_are_said(tiny, tmp_path, monkeypatch):
    settings = exact(tiny, threads=2)
    saved(settings, tmp_path)
    monkeypatch.setattr(resumed, "usable_threads", lambda: 1)
    events = list(Trainer(settings, "test", None, tmp_path, newest(tmp_path)).start())
    assert "cpu, 2 threads" in only(Warned, events)[0].message
    assert only(Chosen, events)[0].threads == torch.get_num_threads() == 1


@pytest.mark.parametrize(("there", "peak"), [({}, 1e12), ({"device": "cuda"}, 0.0), ({"threads": 999}, 0.0)], ids=str)
def test_a_peak_that_was_measured_with_other_parts_is_not_taken(tiny, tmp_path, there, peak):
    state = read_state(saved(exact(tiny), tmp_path)).model_copy(update={"peak": 1e12, **there})
    assert resumed.chosen_before(state, Device(torch.device("cpu"), "CPU")).peak == peak
    torch.set_num_threads(1)


def test_a_changed_text_is_refused_or_gone_on_with_in_the_same_tokens(tiny, tmp_path):
    settings = exact(tiny)
    saved(settings, tmp_path)
    text = Path(settings.corpus[0])
    text.write_text(text.read_text("utf-8").replace("cat", "çat"), encoding="utf-8")
    with pytest.raises(Trouble, match=TEXT_CHANGED):
        again(settings, tmp_path)
    gone_on = Trainer(settings, "test", tmp_path / "cache", tmp_path, newest(tmp_path), "go-on")
    events = list(gone_on.start())
    assert TEXT_CHANGED in only(Warned, events)[0].message
    assert len(only(FloorCounted, events)) == 3
    assert "ç" not in gone_on.corpus.tokenizer.vocabulary
    assert gone_on.learner.windows_seen == 3 * settings.batch_size
    steps(gone_on, 1)
    told(gone_on, Save())
    assert not only(Warned, list(Trainer(settings, "test", None, tmp_path, newest(tmp_path)).start()))


def test_a_record_that_reaches_further_is_left_behind(tiny, tmp_path):
    settings = exact(tiny, save_every=2)
    trainer, file = begun(settings, tmp_path), RunFile(tmp_path)
    for event in steps(trainer, 5):
        file.add(event)
    file.close()
    rewound = only(Rewound, list(Trainer(settings, "test", None, tmp_path, newest(tmp_path)).start()))[0]
    assert (rewound.step, rewound.left) == (4, 5)


@pytest.mark.parametrize(("counted", "missing"), [(2, [3, 4, 5, 6]), (6, [])])
def test_floors_that_a_run_was_left_before_are_counted_when_it_goes_on(tiny, tmp_path, counted, missing):
    settings = exact(tiny)
    trainer, file = begun(settings, tmp_path), RunFile(tmp_path)
    for event in (FloorCounted(0, 0.0, "so far", counted, 1.0), *steps(trainer, 1)):
        file.add(event)
    file.close()
    told(trainer, Save())
    gone_on, orders = again(settings, tmp_path), []
    while gone_on.busy:
        orders += [event.order for event in only(FloorCounted, list(gone_on.arrived()))]
    assert orders == missing


def test_an_anneal_of_the_very_step_is_said_again(tiny, tmp_path):
    settings = exact(tiny)
    trainer = begun(settings, tmp_path)
    steps(trainer, 2)
    told(trainer, Anneal())
    told(trainer, Save())
    assert only(Annealed, list(Trainer(settings, "test", None, tmp_path, newest(tmp_path)).start()))[0].step == 2
