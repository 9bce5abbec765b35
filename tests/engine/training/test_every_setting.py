"""Every setting changes something: each is turned from a base that makes it matter, and something else is seen."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from engine.commands import Anneal, Turn
from engine.corpus.notes import Notes
from engine.corpus.sources import sources_of
from engine.declared import knobs
from engine.events import (
    AverageValidated,
    CorpusRead,
    Event,
    Finished,
    FloorCounted,
    SentencePredicted,
    Spiked,
    Stepped,
    Turned,
    Validated,
    Wrote,
)
from engine.settings import Settings
from engine.training import device, milestones, spikes
from engine.training.trainer import Trainer
from engine.trouble import Trouble

STEPS = 6
FAST: dict[str, object] = {"architecture": "fast"}
GPT2: dict[str, object] = {"architecture": "gpt2"}
MIXED: dict[str, object] = {"corpus": ("sentences.txt", "another.txt"), "weights": (1.0, 1.0)}
TURNED: dict[str, tuple[dict[str, object], object]] = {  # name: what makes it matter, and another value
    "corpus": ({}, ("another.txt",)),
    "weights": (MIXED, (1.0, 5.0)),
    "tokenizer": ({}, "byte"),
    "tokenizer_file": ({"tokenizer": "file", "tokenizer_file": "words.json"}, "letters.json"),
    "duplicates": ({"corpus": ("counted.txt",)}, 0.9),
    "typos": ({}, 0.3),
    "shuffled": ({}, 0.5),
    "boilerplate": ({}, 0.9),
    "vocabulary": ({"tokenizer": "bpe", "vocabulary": 265}, 270),
    "architecture": ({}, "gpt2"),
    "layers": ({}, 3),
    "heads": ({}, 4),
    "width": ({}, 48),
    "context": ({}, 24),
    "key_value_heads": ({}, 1),
    "tied": ({}, False),
    "dropout": ({}, 0.1),
    "expansion": ({}, 2),
    "hidden": ({}, 40),
    "head_width": ({}, 8),
    "rotation_base": ({}, 500.0),
    "biases": (GPT2, True),
    "gelu": (GPT2, "tanh"),
    "relu_squared": (FAST | {"relu_squared": True}, False),
    "zero_projections": (FAST | {"zero_projections": True}, False),
    "token_shift": (FAST | {"token_shift": True}, False),
    "first_stream": (FAST | {"first_stream": True}, False),
    "value_embeddings": (FAST | {"value_embeddings": True}, False),
    "n_grams": (FAST | {"n_grams": 3}, 2),
    "soft_cap": (FAST | {"soft_cap": 0.0}, 1.0),
    "learning_rate": ({}, 3e-3),
    "batch_size": ({}, 4),
    "clip": ({}, 0.01),
    "weight_decay": ({}, 0.9),
    "objective": ({}, "infill"),
    "masked_share": ({"objective": "masked"}, 0.3),
    "infill_share": ({"objective": "infill"}, 0.9),
    "optimizer": ({}, "lion"),
    "beta1": ({}, 0.5),
    "beta2": ({}, 0.9),
    "momentum": ({"optimizer": "muon"}, 0.5),
    "micro_batches": ({"dropout": 0.1}, 2),
    "average": ({}, 0.9),
    "skip_spikes": ({}, True),
    "schedule": ({}, "linear"),
    "horizon": ({}, 5),
    "warmup": ({}, 3),
    "decay": ({"schedule": "wsd"}, 0.5),
    "final_rate": ({}, 0.5),
    "seed": ({}, 2),
    "temperature": ({}, 1.9),
    "probe": ({}, "a dog"),
    "validate_every": ({}, 3),
    "sample_every": ({}, 3),
    "sample_length": ({}, 5),
    "prompt": ({}, "a dog"),
    "top_k": ({"temperature": 2.0}, 1),
    "top_p": ({"temperature": 2.0}, 0.02),
    "precision": ({}, "bf16"),
    "attention": ({}, "plain"),
}
LIVE = {
    "learning_rate": 3e-3, "batch_size": 4, "clip": 0.01, "weight_decay": 0.9, "temperature": 1.9, "top_k": 1,
    "top_p": 0.02, "weights": (0.0, 1.0),
}  # fmt: skip
BELOW = {"megabytes", "device", "threads", "compiled", "save_every", "milestones", "begin_with"}  # tests of their own


@pytest.fixture(autouse=True)
def threads_as_they_were() -> Iterator[None]:
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def base(tiny: Settings, text_file: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Six steps in which everything happens: any gradient above the last two counts as a spike."""
    monkeypatch.setattr(spikes, "WINDOW", 2)
    monkeypatch.setattr(spikes, "FAR", -1.0)
    text_file.with_name("another.txt").write_text("who said so?\n" * 300, encoding="utf-8")
    counted = "".join(f"the {number} cats sat.\n" for number in range(600))
    text_file.with_name("counted.txt").write_text(counted, encoding="utf-8")
    for name, size in (("words.json", 300), ("letters.json", 260)):
        learned(["the cat sat on the mat and ran to the old mill"], size, text_file.with_name(name))
    monkeypatch.chdir(text_file.parent)
    known = {
        "precision": "fp32", "attention": "fused", "horizon": STEPS, "warmup": 1, "validate_every": 2,
        "sample_every": 2, "temperature": 1.0, "top_k": 0, "top_p": 1.0, "batch_size": 6,
    }  # fmt: skip
    return changed(tiny, **known)


def learned(texts: list[str], size: int, path: Path) -> None:
    """A tokenizer.json, as other programs write them."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(
        texts, trainers.BpeTrainer(vocab_size=size, initial_alphabet=alphabet, show_progress=False)
    )
    made.save(str(path))


def changed(settings: Settings, **values: object) -> Settings:
    return Settings(**{**settings.model_dump(), **values})


def started(settings: Settings) -> tuple[Trainer, list[Event]]:
    trainer = Trainer(settings, "test")
    return trainer, list(trainer.start())


def advanced(trainer: Trainer) -> list[Event]:
    return [event for _ in range(STEPS) for event in trainer.advance()]


def seen(events: list[Event]) -> list[tuple[object, ...]]:
    """What happened, without clocks and without the settings themselves; looks come by the clock."""
    return [told for event in events if (told := tuple(numbers(event)))]


def numbers(event: Event) -> Iterator[object]:
    match event:
        case Stepped():
            yield from (event.step, event.loss, event.learning_rate, event.gradient_norm, event.tokens, event.epochs)
        case Validated() | AverageValidated():
            yield from (type(event).__name__, event.step, event.loss)
        case Wrote():
            yield from (event.step, event.text)
        case SentencePredicted(step=0):
            yield event.tokens_T.tolist()
        case CorpusRead():
            yield from (event.train_tokens, event.validation_tokens, event.vocabulary)
        case FloorCounted():
            yield event.loss
        case Spiked():
            yield from (event.step, event.what, event.skipped)
        case Finished():
            yield event.step


def lived(settings: Settings) -> list[tuple[object, ...]]:
    trainer, events = started(settings)
    return seen(events + advanced(trainer))


def test_every_knob_has_a_case():
    assert sorted([*TURNED, *BELOW]) == sorted(knob.name for knob in knobs(Settings))
    assert {*LIVE, "threads"} == {knob.name for knob in knobs(Settings) if knob.live}


def test_what_is_compared_is_the_same_when_nothing_is_turned(base):
    """Else every setting would seem to change something."""
    assert lived(base) == lived(base)


@pytest.mark.parametrize("name", TURNED)
def test_every_setting_changes_what_is_seen(base, name):
    changes, value = TURNED[name]
    assert getattr(changed(base, **changes), name) != value
    assert lived(changed(base, **changes)) != lived(changed(base, **{**changes, name: value}))


@pytest.mark.parametrize("name", LIVE)
def test_every_live_setting_can_be_turned_while_it_runs(base, name):
    mixed = MIXED if name == "weights" else {}
    (plain, _), (turned, _) = (started(changed(base, horizon=100, **mixed)) for _ in range(2))
    assert seen(advanced(plain)) == seen(advanced(turned))
    events = [event for event in turned.obey(Turn(name, LIVE[name])) if isinstance(event, Turned)]
    assert [(type(event), event.knob, event.value) for event in events] == [(Turned, name, LIVE[name])]
    assert seen(advanced(plain)) != seen(advanced(turned))


@pytest.mark.parametrize("name", LIVE)
def test_a_setting_that_is_turned_before_the_first_step_was_chosen_so(base, name):
    mixed = MIXED if name == "weights" else {}
    chosen, turned = started(changed(base, **{**mixed, name: LIVE[name]}))[0], started(changed(base, **mixed))[0]
    list(turned.obey(Turn(name, LIVE[name])))
    streams = [[line for line in seen(advanced(trainer)) if len(line) == 6] for trainer in (chosen, turned)]
    assert streams[0] == streams[1]


def test_the_decay_share_is_how_long_annealing_takes_whatever_the_schedule(base):
    rates = []
    for decay in (0.1, 0.5):
        trainer, _ = started(changed(base, schedule="constant", horizon=20, decay=decay))
        list(trainer.obey(Anneal()))
        rates.append([event.learning_rate for event in advanced(trainer) if isinstance(event, Stepped)])
    assert rates[0] != rates[1]


@pytest.mark.parametrize("decay", [0.0, 0.2])
def test_annealing_ends_in_a_finish(base, decay):
    trainer, _ = started(changed(base, horizon=10, decay=decay))
    list(trainer.obey(Anneal()))
    finished = [event.step for event in advanced(trainer) if isinstance(event, Finished)]
    assert finished == [max(1, round(decay * 10))]


# where it computes


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_are_those_that_torch_computes_with(base, threads):
    started(changed(base, threads=threads))
    assert torch.get_num_threads() == threads


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_can_be_turned_while_it_runs(base, threads):
    trainer, _ = started(changed(base, threads=3 - threads))
    assert [type(event) for event in trainer.obey(Turn("threads", threads))] == [Turned]
    assert torch.get_num_threads() == threads


def test_the_device_is_the_one_asked_for_or_a_word(base, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert device.choose_device(base).torch.type == "cpu"
    assert device.choose_device(changed(base, device="auto")).torch.type == "mps"
    with pytest.raises(Trouble, match="no CUDA device"):
        device.choose_device(changed(base, device="cuda"))


def test_a_compiled_model_is_the_one_that_trains(base, monkeypatch):
    compiled = []
    monkeypatch.setattr(torch, "compile", lambda model, **options: compiled.append(model) or model)
    plain = lived(base)
    assert not compiled
    assert lived(changed(base, compiled=True)) == plain
    assert len(compiled) == 1


@pytest.mark.parametrize("turned", [{"save_every": 7}, {"save_every": 0}, {"milestones": False}], ids=str)
def test_other_steps_are_saved_and_kept(turned):
    def saved(settings: Settings) -> tuple[list[int], list[int]]:
        due = [step for step in range(1200) if milestones.due(step, settings)]
        return due, milestones.superfluous(due, settings.milestones)

    assert saved(Settings()) != saved(Settings(**turned))


def test_the_stories_are_as_long_as_asked_for():
    sizes = []
    for megabytes in (1, 2):
        (source,) = drained(sources_of(Settings(megabytes=megabytes)))
        sizes.append(sum(len(piece.text.encode()) for piece in source.read(Notes())))
    np.testing.assert_allclose(sizes, [1e6, 2e6], rtol=0.05)


def drained(generator: Iterator[object]) -> object:
    """What a generator returns, its progress left out."""
    while True:
        try:
            next(generator)
        except StopIteration as stop:
            return stop.value
