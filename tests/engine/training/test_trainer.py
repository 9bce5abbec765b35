"""The trainer: it learns, it repeats itself exactly, looking does not disturb it, and trouble has words."""

from itertools import islice
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch

from engine.commands import Look, Probe, Prompt, Turn
from engine.events import (
    Attended,
    BatchPredicted,
    CorpusRead,
    Diverged,
    Event,
    Finished,
    FloorCounted,
    SentencePredicted,
    Started,
    Stepped,
    Turned,
    Validated,
    Warned,
    Wrote,
)
from engine.settings import Settings
from engine.training import device
from engine.training.model import nats
from engine.training.trainer import Trainer
from engine.trouble import Trouble


def started(settings: Settings, cache: Path | None = None) -> tuple[Trainer, list[Event]]:
    trainer = Trainer(settings, "test", cache)
    return trainer, list(trainer.start())


def trained(settings: Settings, steps: int) -> list[Event]:
    trainer, events = started(settings)
    return events + [event for _ in range(steps) for event in trainer.advance()]


def only(kind: type, events: list[Event]) -> list:
    return [event for event in events if isinstance(event, kind)]


def losses(events: list[Event]) -> list[float]:
    return [event.loss for event in only(Stepped, events)]


def changed(settings: Settings, **values: object) -> Settings:
    return Settings(**{**settings.model_dump(), **values})


def test_a_tiny_text_is_learned_below_its_letter_pairs(tiny):
    events = trained(tiny, 120)
    floors = {floor.name: floor.loss for floor in only(FloorCounted, events)}
    validated = only(Validated, events)
    assert validated[0].loss == pytest.approx(floors["uniform"], abs=0.2)
    assert validated[-1].loss < floors["bigram"] < floors["unigram"] < floors["uniform"]


@pytest.mark.parametrize(
    "change", [{}, {"architecture": "gpt2"}, {"tokenizer": "byte"}, {"schedule": "linear", "clip": 0.0}]
)
def test_same_seed_same_numbers(tiny, change):
    settings = changed(tiny, **change)
    assert losses(trained(settings, 10)) == losses(trained(settings, 10))


def test_another_seed_gives_other_numbers(tiny):
    assert losses(trained(tiny, 3)) != losses(trained(changed(tiny, seed=2), 3))


def test_looking_validating_and_writing_leave_the_training_bit_identical(tiny):
    quiet = changed(tiny, validate_every=100_000, sample_every=100_000)
    one, _ = started(quiet)
    other, _ = started(changed(tiny, validate_every=1, sample_every=1))
    for _ in range(15):
        for command in (Look(), Probe("a dog ran"), Prompt("we")):
            list(other.obey(command))
        assert losses(list(one.advance())) == losses(list(other.advance()))


def test_the_start_tells_of_corpus_floors_model_and_what_it_makes_of_the_probe(tiny):
    events = trained(tiny, 0)
    read, began = only(CorpusRead, events)[0], only(Started, events)[0]
    assert [floor.order for floor in only(FloorCounted, events)] == [0, 1, 2]
    assert only(FloorCounted, events)[0].loss == pytest.approx(np.log(len(read.vocabulary)))
    assert began.settings == tiny.model_dump(mode="json")
    assert began.device == "CPU, 1 thread"
    sentence, attended = only(SentencePredicted, events)[0], only(Attended, events)[0]
    assert "".join(read.vocabulary[token] for token in sentence.tokens_T) == tiny.probe
    assert attended.tokens_T.tolist() == [read.end, *sentence.tokens_T]
    assert attended.attention_LHTT.shape == (2, 2, 12, 12)
    assert only(Wrote, events)[0].prompt == "the"


def test_the_shown_batch_is_a_window_that_was_trained_on(tiny):
    trainer, _ = started(tiny)
    list(trainer.advance())
    shown = only(BatchPredicted, list(trainer.obey(Look())))[0]
    window_N = trainer.learner.mixture.texts[0].take(0, 1)[0]
    assert shown.tokens_T.tolist() == window_N[1:-1].tolist()


def test_validation_is_the_mean_over_all_its_tokens(tiny):
    trainer, events = started(tiny)
    ((inputs_BT, targets_BT),) = trainer.validation.tasks
    whole = nats(trainer.learner.model(inputs_BT), targets_BT).item() / targets_BT.numel()
    assert only(Validated, events)[0].loss == pytest.approx(whole, rel=1e-5)


def test_a_turned_knob_works_from_the_next_step_and_is_recorded(tiny):
    trainer, _ = started(changed(tiny, warmup=0, schedule="constant"))
    assert only(Stepped, list(trainer.advance()))[0].learning_rate == pytest.approx(1e-2)
    turned = list(trainer.obey(Turn("learning_rate", 1e-3)))
    assert [(type(event), event.knob, event.value) for event in turned] == [(Turned, "learning_rate", 1e-3)]
    assert only(Stepped, list(trainer.advance()))[0].learning_rate == pytest.approx(1e-3)
    list(trainer.obey(Turn("batch_size", 3.0)))
    before = only(Stepped, list(trainer.advance()))[0].tokens
    assert only(Stepped, list(trainer.advance()))[0].tokens - before == 3 * 32


@pytest.mark.parametrize(
    ("knob", "value"), [("layers", 3.0), ("learning_rate", 5.0), ("batch_size", 0.0), ("nonsense", 1.0)]
)
def test_a_knob_that_cannot_be_turned_so_is_refused_with_a_word(tiny, knob, value):
    trainer, _ = started(tiny)
    assert [type(event) for event in trainer.obey(Turn(knob, value))] == [Warned]
    assert trainer.settings == tiny


def test_a_new_probe_text_is_answered_at_once_and_stays(tiny):
    trainer, events = started(tiny)
    vocabulary = only(CorpusRead, events)[0].vocabulary

    def text(events: list[Event]) -> str:
        return "".join(vocabulary[token] for token in only(SentencePredicted, events)[0].tokens_T)

    assert text(list(trainer.obey(Probe("we saw")))) == "we saw"
    list(trainer.advance())
    assert text(list(trainer.obey(Look()))) == "we saw"
    assert text(list(trainer.obey(Probe("a dog " * 50)))) == ("a dog " * 50)[:31]  # what fits the context


def test_a_loss_that_is_no_number_stops_before_anything_is_lost(tiny):
    trainer, _ = started(changed(tiny, warmup=0))
    list(trainer.advance())
    with torch.no_grad():
        trainer.learner.model.norm.weight.fill_(torch.nan)
    kept = [weight.clone() for weight in trainer.learner.model.blocks.parameters()]
    events = list(trainer.advance())
    assert [type(event) for event in events] == [Diverged]
    assert (events[0].step, trainer.step) == (1, 1)
    assert "1.0e-2" in events[0].advice
    assert all(torch.equal(a, b) for a, b in zip(kept, trainer.learner.model.blocks.parameters(), strict=True))


def test_a_loss_worse_than_guessing_is_said_once(tiny):
    trainer, _ = started(changed(tiny, warmup=0, schedule="constant", clip=0.0))
    list(trainer.advance())
    with torch.no_grad():
        trainer.learner.model.norm.weight.fill_(300.0)  # sure of itself, and wrong
    warned = [event for _ in range(3) for event in trainer.advance() if isinstance(event, Warned)]
    assert len(warned) == 1
    assert "guessing uniformly" in warned[0].message
    assert "1.0e-2" in warned[0].advice


def test_random_numbers_that_begin_worse_than_guessing_are_no_alarm(tiny):
    trainer, _ = started(changed(tiny, learning_rate=1e-4, schedule="constant"))
    with torch.no_grad():
        trainer.learner.model.tokens.weight.mul_(60.0)
    events = [event for _ in range(3) for event in trainer.advance()]
    assert losses(events)[0] > 1.5 * np.log(len(trainer.corpus.tokenizer.vocabulary))
    assert not only(Warned, events)


def test_at_the_last_step_everything_is_looked_at(tiny):
    events = trained(changed(tiny, horizon=7, validate_every=1000, sample_every=1000), 7)
    for kind in (Validated, SentencePredicted, Wrote):
        assert only(kind, events)[-1].step == 7


def test_the_horizon_is_said_and_passed(tiny):
    events = trained(changed(tiny, horizon=5), 7)
    assert [event.step for event in only(Finished, events)] == [5]
    assert only(Stepped, events)[-1].learning_rate == pytest.approx(1e-3)


def test_tokens_epochs_and_steps_agree(tiny):
    trainer, _ = started(tiny)
    last = [event for _ in range(9) for event in only(Stepped, list(trainer.advance()))][-1]
    assert (last.step, last.tokens) == (9, 9 * 8 * 32)
    assert last.epochs == pytest.approx(9 * 8 / trainer.learner.mixture.windows)


def test_a_model_too_large_is_refused_before_it_is_built(tiny, monkeypatch):
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"available": 50_000_000})())
    with pytest.raises(Trouble, match=r"needs about \d+\.\d GB of memory, and 0\.1 GB are free"):
        started(changed(tiny, width=512, layers=8))


def test_memory_the_run_has_already_is_no_reason_to_refuse_a_turn(tiny, monkeypatch):
    trainer, _ = started(tiny)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"available": 1_000_000})())
    assert [type(event) for event in trainer.obey(Turn("learning_rate", 1e-3))] == [Turned]
    (refused,) = trainer.obey(Turn("batch_size", 512))
    assert isinstance(refused, Warned)
    assert "would fit" in refused.advice
    assert trainer.settings.batch_size == tiny.batch_size


def test_a_device_that_is_not_there_is_refused(tiny, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(Trouble, match="no CUDA device"):
        device.choose_device(changed(tiny, device="cuda"))


def test_a_text_shorter_than_two_windows_is_refused(tiny):
    with pytest.raises(Trouble, match="smaller context"):
        started(changed(tiny, context=1024, corpus=short(tiny)))


def short(settings: Settings) -> str:
    path = Path(settings.corpus[0]).with_name("short.txt")
    path.write_text(Path(settings.corpus[0]).read_text(encoding="utf-8")[:900], encoding="utf-8")
    return str(path)


def test_starting_can_be_left_at_any_time(tiny):
    for length in range(4):
        begun = Trainer(tiny, "test").start()
        list(islice(begun, length))
        begun.close()  # raises if the generator swallows its end


def test_looks_that_a_person_asks_for_count_neither_as_training_nor_against_its_budget(tiny):
    trainer, _ = started(changed(tiny, validate_every=100_000, sample_every=100_000))
    before = only(Stepped, list(trainer.advance()))[0]
    spent = trainer._looks.seconds
    for command in (Look(), Probe("a dog ran"), Prompt("we")):
        list(trainer.obey(command))
    after = only(Stepped, list(trainer.advance()))[0]
    assert before.looking == 0.0 < spent == after.looking < after.time


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 3.5])
def test_a_knob_of_whole_numbers_takes_nothing_else(tiny, value):
    trainer, _ = started(tiny)
    assert [type(event) for event in trainer.obey(Turn("batch_size", value))] == [Warned]
    assert trainer.settings == tiny


def test_a_model_whose_weights_are_no_numbers_can_still_be_asked(tiny):
    trainer, _ = started(tiny)
    with torch.no_grad():
        trainer.learner.model.tokens.weight.fill_(torch.nan)
    asked = [event for command in (Look(), Probe("the cat")) for event in trainer.obey(command)]
    assert [type(event) for event in asked] == [Warned, Warned]
    assert "learning rate" in asked[0].advice
    assert [event.text for event in trainer.obey(Prompt("the"))] == [""]
