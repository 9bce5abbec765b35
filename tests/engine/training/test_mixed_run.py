"""A run on several texts: shares as turned, from the very next batch on; losses of each; the same after a resume."""

from math import isnan
from pathlib import Path

import numpy as np
import pytest

from engine.commands import Rewind, Save, Turn
from engine.events import PartsSeen, Rewound, SourceRead, SourceSeen, SourceValidated, Turned, Validated, Warned
from engine.settings import Settings
from tests.engine.training.going_on import again, begun, exact, losses, only, steps, told

WEIGHTS = 0.5, 0.2, 0.3


@pytest.fixture
def mixed(tiny: Settings, text_file: Path) -> Settings:
    """Three texts that share no letter."""
    texts = {"a.txt": "aba cab.\n", "x.txt": "xyz zyx!\n", "m.txt": "mnom onm?\n"}
    for name, line in texts.items():
        numbers = np.random.default_rng(1).permutation(len(line) * 400)
        text = "".join(line[number % len(line)] for number in numbers)
        text_file.with_name(name).write_text(text, encoding="utf-8")
    places = tuple(str(text_file.with_name(name)) for name in texts)
    return exact(tiny, corpus=places, weights=WEIGHTS)


def tokens_seen(events: list) -> np.ndarray:
    """By source, as recorded last."""
    seen = only(SourceSeen, events)[-3:]
    assert [one.source for one in seen] == [0, 1, 2]
    return np.array([one.tokens for one in seen])


def test_recorded_shares_are_the_weights_before_and_after_they_are_turned(mixed: Settings):
    trainer = begun(mixed)
    first = tokens_seen(steps(trainer, 60))
    turned = (0.1, 0.9, 0.0)
    told(trainer, Turn("weights", turned))
    second = tokens_seen(steps(trainer, 60)) - first
    for tokens_S, weights in ((first, WEIGHTS), (second, turned)):
        windows = tokens_S.sum() / mixed.context
        assert windows == 60 * mixed.batch_size
        share_S = np.array(weights)
        spread_S = np.sqrt(share_S * (1 - share_S) / windows)
        assert (np.abs(tokens_S / tokens_S.sum() - share_S) <= 4 * spread_S).all()


def test_turned_weights_hold_from_the_next_batch_on(mixed: Settings):
    trainer = begun(mixed)
    steps(trainer, 2)
    before_S = trainer.learner.seen_S.copy()
    (turned, *seen) = told(trainer, Turn("weights", (0.0, 0.0, 1.0)))
    assert isinstance(turned, Turned)
    assert turned.value == (0.0, 0.0, 1.0)
    assert [one.weight for one in only(SourceSeen, seen)] == [0, 0, 1]
    steps(trainer, 1)
    assert (trainer.learner.seen_S - before_S).tolist() == [0, 0, mixed.batch_size]


def test_all_at_weight_nothing_is_refused_and_training_goes_on_as_before(mixed: Settings):
    trainer = begun(mixed)
    (warned,) = told(trainer, Turn("weights", (0.0, 0.0, 0.0)))
    assert isinstance(warned, Warned)
    assert "at least one text needs a weight" in warned.message.lower()
    assert trainer.settings.weights == WEIGHTS
    assert only(SourceSeen, steps(trainer, 1))


def test_each_source_has_a_loss_of_its_own_and_all_of_them_make_the_whole(mixed: Settings):
    trainer = begun(exact(mixed, weights=(1.0, 0.0, 0.0)))
    events = steps(trainer, 40)
    lengths = np.array([len(part.validation) for part in trainer.corpus.parts])
    for validated in only(Validated, events):
        losses_S = [one.loss for one in only(SourceValidated, events) if one.step == validated.step]
        assert validated.loss == pytest.approx(float(lengths @ losses_S / lengths.sum()))
    last = [one.loss for one in only(SourceValidated, events)][-3:]
    assert last[0] < min(last[1:]) - 0.5  # only the first was learned from


def test_a_text_of_which_nothing_is_asked_leaves_the_whole_a_number(mixed: Settings):
    short = Path(mixed.corpus[1])
    short.write_text(short.read_text("utf-8")[:340], encoding="utf-8")
    trainer = begun(exact(mixed, objective="masked", masked_share=0.01))
    whole, *each = (event.loss for event in trainer.validation.measure((0, 0.0))[:4])
    assert isnan(each[1])
    lengths = [len(part.validation) for part in trainer.corpus.parts]
    assert whole == pytest.approx((each[0] * lengths[0] + each[2] * lengths[2]) / (lengths[0] + lengths[2]))


def test_shares_are_told_more_often_than_losses(mixed: Settings):
    trainer = begun(exact(mixed, validate_every=1000))
    events = steps(trainer, 60)
    shares = [one.step for one in only(SourceSeen, events) if one.source == 0]
    assert max(np.diff([0, *shares, 60])) <= 16
    assert sum(tokens_seen(events)) == shares[-1] * mixed.batch_size * mixed.context


def test_what_was_read_of_each_text_is_told(mixed: Settings):
    trainer = begun(mixed)
    assert not only(SourceRead, list(trainer.obey(Save())))
    events = steps(trainer, 60)
    parts = only(PartsSeen, events)[-1].times_SP
    epochs = [one.epochs for one in only(SourceSeen, events)[-3:]]
    np.testing.assert_allclose(parts.mean(1), epochs, rtol=0.1)
    for text, seen, epoch in zip(trainer.learner.mixture.texts, trainer.learner.seen_S, epochs, strict=True):
        assert epoch == pytest.approx(seen / text.windows)


def test_a_mixture_that_was_turned_goes_on_bit_for_bit(mixed: Settings, tmp_path: Path):
    def steered(folder: Path | None) -> tuple[list, np.ndarray]:
        trainer, got = begun(mixed, folder), []
        for weights in (None, (0.0, 0.3, 0.7), (5.0, 1.0, 0.0)):
            if weights:
                told(trainer, Turn("weights", weights))
            got += losses(steps(trainer, 3))
            if folder:
                told(trainer, Save())
                trainer = again(mixed, folder)
        return got, trainer.learner.first_window

    (whole, window_N), (parts, again_N) = steered(None), steered(tmp_path / "run")
    assert whole == parts
    np.testing.assert_array_equal(window_N, again_N)


def test_going_back_brings_the_weights_back(mixed: Settings, tmp_path: Path):
    trainer = begun(mixed, tmp_path)
    first = losses(steps(trainer, 2))
    told(trainer, Save())
    second = losses(steps(trainer, 2))
    told(trainer, Turn("weights", (1.0, 0.0, 0.0)))
    steps(trainer, 2)
    events = told(trainer, Rewind(2))
    assert only(Rewound, events)
    assert [one.value for one in only(Turned, events) if one.knob == "weights"] == [WEIGHTS]
    assert losses(steps(trainer, 2)) == second
    assert first


def test_a_source_that_disappears_while_training_does_not_matter(mixed: Settings):
    expected = losses(steps(begun(mixed), 4))
    trainer = begun(mixed)
    for place in mixed.corpus:
        Path(place).unlink()
    assert losses(steps(trainer, 4)) == expected
