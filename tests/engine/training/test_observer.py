"""Looks between two steps: what they show is what the model computes, and training does not feel them."""

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.commands import Look, Probe, Prompt
from engine.events import (
    Attended,
    AverageValidated,
    BatchPredicted,
    Event,
    SentencePredicted,
    Stepped,
    Validated,
    Wrote,
)
from engine.settings import Settings
from engine.training import observer
from engine.training.model import IGNORED, nats
from engine.training.trainer import Trainer
from tests.engine.training.small import OBJECTIVES


def changed(settings: Settings, **values: object) -> Settings:
    return Settings(**{**settings.model_dump(), **values})


def started(settings: Settings) -> tuple[Trainer, list[Event]]:
    trainer = Trainer(settings, "test")
    return trainer, list(trainer.start())


def only(kind: type, events: list[Event]) -> list:
    return [event for event in events if type(event) is kind]


def advanced(trainer: Trainer, steps: int = 1) -> list[Event]:
    return [event for _ in range(steps) for event in trainer.advance()]


# looking leaves no trace


@pytest.mark.parametrize(
    "changes",
    [
        *({"objective": objective, "dropout": 0.2} for objective in OBJECTIVES),
        {"architecture": "fast", "dropout": 0.2},
        {"architecture": "gpt2", "dropout": 0.2, "micro_batches": 3},
        {"architecture": "fast", "optimizer": "muon", "average": 0.9},
        {"attention": "plain"},
        {"precision": "bf16", "dropout": 0.2},
        {"precision": "bf16", "architecture": "fast", "average": 0.9},
    ],
    ids=str,
)
def test_looks_validation_and_samples_leave_the_training_bit_identical(tiny, changes):
    still = {"validate_every": 100_000, "sample_every": 100_000}
    watched, _ = started(changed(tiny, **changes, validate_every=1, sample_every=1))
    alone, _ = started(changed(tiny, **changes, **still))
    for _ in range(6):
        for command in (Look(), Probe("a dog ran"), Prompt("we")):
            list(watched.obey(command))
        streams = [[(e.loss, e.gradient_norm) for e in only(Stepped, advanced(one))] for one in (watched, alone)]
        assert streams[0] == streams[1]
    pairs = zip(watched.learner.model.parameters(), alone.learner.model.parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs)


def test_nothing_is_dropped_while_it_is_looked_at(tiny):
    """The same weights answer the same twice, and a model without dropout answers as they do."""
    dropping, seen = started(changed(tiny, dropout=0.5))
    _, expected = started(tiny)
    again = list(dropping.obey(Look()))
    for kind, field in ((SentencePredicted, "losses_T"), (BatchPredicted, "losses_T"), (Attended, "attention_LHTT")):
        first, second = (getattr(only(kind, events)[0], field) for events in (seen, again))
        np.testing.assert_array_equal(first, second)
        np.testing.assert_allclose(first, getattr(only(kind, expected)[0], field), rtol=1e-4, atol=1)
    assert only(Validated, seen)[0].loss == pytest.approx(only(Validated, expected)[0].loss, rel=1e-5)
    assert only(Wrote, seen)[0].text == only(Wrote, expected)[0].text
    assert dropping.learner.model.training


# validation


def test_the_validation_of_hidden_tokens_does_not_depend_on_the_seed(tiny):
    held_out = [started(changed(tiny, objective="masked", seed=seed))[0].validation.tasks[0] for seed in (1, 2)]
    assert all(torch.equal(one, other) for one, other in zip(*held_out, strict=True))
    assert (held_out[0][1] != IGNORED).any()


def test_a_model_that_fills_gaps_is_measured_by_what_comes_next(tiny):
    trainers = [started(changed(tiny, objective=objective))[0] for objective in ("causal", "infill")]
    held_out = [trainer.validation.tasks[0] for trainer in trainers]
    assert all(torch.equal(one, other) for one, other in zip(*held_out, strict=True))


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_validation_is_nats_over_all_its_targets_whatever_the_batch(tiny, objective):
    trainer, events = started(changed(tiny, objective=objective, batch_size=7))
    ((inputs_BT, targets_BT),) = trainer.validation.tasks
    whole = nats(trainer.learner.model(inputs_BT), targets_BT).item() / int((targets_BT != IGNORED).sum())
    assert only(Validated, events)[0].loss == pytest.approx(whole, rel=1e-5)


def test_where_no_token_is_asked_there_is_no_loss(tiny):
    trainer, _ = started(changed(tiny, objective="masked"))
    ((inputs_BT, targets_BT),) = trainer.validation.tasks
    trainer.validation.tasks = [(inputs_BT, torch.full_like(targets_BT, IGNORED))]
    assert np.isnan(trainer.validation.measure((0, 0.0))[0].loss)


def test_validation_takes_no_more_windows_at_once_than_training(tiny):
    trainer, _ = started(changed(tiny, batch_size=8, micro_batches=3))
    rows = []
    trainer.learner.model.register_forward_pre_hook(lambda _, inputs: rows.append(len(inputs[0])))
    trainer.validation.measure((0, 0.0))
    assert max(rows) == 3
    assert sum(rows) == len(trainer.validation.tasks[0][0])


def test_averaged_weights_have_a_validation_of_their_own(tiny):
    trainer, events = started(changed(tiny, average=0.9))
    assert only(AverageValidated, events)[0].loss == only(Validated, events)[0].loss  # nothing is learned yet
    validated = [e for e in advanced(trainer, 8) if isinstance(e, Validated)][-2:]
    assert [type(event) for event in validated] == [Validated, AverageValidated]
    assert validated[0].loss != validated[1].loss
    trainer.learner.model.load_state_dict(trainer.learner.average.weights)
    assert trainer.validation.measure((8, 0.0))[0].loss == pytest.approx(validated[1].loss, rel=1e-6)


def test_without_averaged_weights_there_is_no_such_validation(tiny):
    assert not only(AverageValidated, started(tiny)[1])


# predictions at hidden places


def test_only_hidden_places_of_the_batch_have_a_loss(tiny):
    trainer, _ = started(changed(tiny, objective="masked"))
    advanced(trainer)
    shown = only(BatchPredicted, list(trainer.obey(Look())))[0]
    learner = trainer.learner
    window_1N = learner.mixture.texts[0].take(0, 1)
    inputs_1T, targets_1T = learner.tasks(window_1N, 0)
    asked_T = (targets_1T != IGNORED)[0]
    assert shown.tokens_T.tolist() == window_1N[0, :-1].tolist()
    np.testing.assert_array_equal(np.isfinite(shown.losses_T), asked_T)
    learner.model.eval()
    chances_TV = learner.model(inputs_1T)[0].softmax(-1).detach()
    by_hand = -chances_TV[asked_T, window_1N[0, :-1][asked_T]].log()
    np.testing.assert_allclose(shown.losses_T[asked_T], by_hand, rtol=1e-4)
    assert len(shown.guesses_NK) == len(shown.tokens_T) + 1
    assert not shown.chances_NK[-1].any()  # nothing stands after it


def test_the_batch_on_show_is_asked_as_it_was_in_training(tiny):
    """Also after the batch has been made larger: hidden tokens belong to the window's number."""
    trainer, _ = started(changed(tiny, objective="masked"))
    advanced(trainer)
    trainer.learner.settings = trainer.learner.settings.model_copy(update={"batch_size": 3})
    advanced(trainer, 2)
    shown = only(BatchPredicted, list(trainer.obey(Look())))[0]
    number = 8 + 3
    window_1N = trainer.learner.mixture.texts[0].take(number, 1)
    asked_T = (trainer.learner.tasks(window_1N, number)[1] != IGNORED)[0]
    assert shown.tokens_T.tolist() == window_1N[0, :-1].tolist()
    np.testing.assert_array_equal(np.isfinite(shown.losses_T), asked_T)


@pytest.mark.parametrize("probe", ["", "t", "the cat sat", "a dog " * 50])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_probe_of_any_length_is_answered(tiny, objective, probe):
    _, events = started(changed(tiny, objective=objective, probe=probe))
    sentence = only(SentencePredicted, events)[0]
    assert len(sentence.losses_T) == len(sentence.tokens_T) <= len(probe)
    assert len(sentence.guesses_NK) == len(sentence.tokens_T) + 1
    assert np.isfinite(sentence.losses_T).all()


# samples


def test_a_prompt_with_a_gap_is_asked_for_what_fills_it(tiny, monkeypatch):
    asked = []
    monkeypatch.setattr(observer, "write", lambda model, prompt, *rest: asked.append(prompt) or [])
    trainer, _ = started(changed(tiny, objective="infill", prompt="the ___ sat ___"))
    tokenizer, ordinary = trainer.corpus.tokenizer, len(trainer.corpus.tokenizer.vocabulary)
    before, after = (tokenizer.encode(text).tolist() for text in ("the ", " sat ___"))
    assert asked == [[ordinary, *before, ordinary + 1, *after, ordinary + 2]]


def test_a_long_text_with_a_gap_leaves_room_to_fill_it(tiny, monkeypatch):
    asked = []
    monkeypatch.setattr(observer, "write", lambda model, prompt, length, *rest: asked.append((prompt, length)) or [])
    text = "the cat sat " * 20
    trainer, _ = started(changed(tiny, objective="infill", prompt=f"{text}___{text}", sample_length=1000))
    ordinary = len(trainer.corpus.tokenizer.vocabulary)
    prompt, length = asked[0]
    assert [token for token in prompt if token >= ordinary] == [ordinary, ordinary + 1, ordinary + 2]
    assert (len(prompt), length) == (21, 11)  # of a context of 32


@pytest.mark.parametrize("objective", ["causal", "masked"])
def test_without_gaps_to_fill_the_sign_is_a_text_like_any_other(tiny, objective, monkeypatch):
    asked = []
    monkeypatch.setattr(observer, "write", lambda model, prompt, *rest: asked.append(prompt) or [])
    trainer, _ = started(changed(tiny, objective=objective, prompt="the ___ sat"))
    tokenizer = trainer.corpus.tokenizer
    assert asked == [[tokenizer.end, *tokenizer.encode("the ___ sat").tolist()]]


def test_a_model_learns_to_fill_a_gap(tiny, text_file: Path):
    """Every line of this text is the same: what is missing can be told from what stands around it."""
    text_file.write_text("abcdefgh\n" * 400, encoding="utf-8")
    settings = changed(tiny, objective="infill", infill_share=0.9, context=16, prompt="abc___fgh\n", temperature=0.0)
    trainer, _ = started(changed(settings, corpus=str(text_file), sample_every=100_000))
    advanced(trainer, 250)
    assert only(Wrote, list(trainer.obey(Prompt("abc___fgh\nab"))))[0].text == "de"
