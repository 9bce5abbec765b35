"""What is told of the texts: sizes, floors at once and later, the true entropy, and a sample of each."""

from math import isnan, nan

import numpy as np
import pytest

from engine.corpus.part import Corpus, Part
from engine.corpus.quality import Examiner
from engine.events import CorpusRead, SourceExamined, SourceRead
from engine.settings import Settings
from engine.tokenizer.byte import ByteTokenizer
from engine.training import text
from engine.training.text import corpus_read, first_floors, higher_floors, sample, true_entropy
from tests.engine.training.going_on import begun, exact, only

NOW = 0, 0.0
END = ByteTokenizer().end


def part(name: str, train: bytes, validation: bytes, nats: float = nan) -> Part:
    rows = [np.frombuffer(side, np.uint8).astype(np.uint16) for side in (train, validation)]
    rows[0][rows[0] == ord("|")] = END
    quality = Examiner().result()
    return Part(name, "a test", len(train), 2, 0, "a tenth", *rows, len(train), len(validation), nats, quality, ())


def corpus(*parts: Part) -> Corpus:
    return Corpus(parts, ByteTokenizer(), "abc", ())


def test_all_texts_together_are_the_sum_of_each():
    events = list(corpus_read(corpus(part("a", b"abc" * 50, b"abc" * 9), part("b", b"de" * 20, b"d")), Settings(), NOW))
    (whole,), sources = only(CorpusRead, events), only(SourceRead, events)
    assert [one.name for one in sources] == ["a", "b"]
    assert [one.source for one in only(SourceExamined, events)] == [0, 1]
    for field in ("size", "documents", "train_tokens", "validation_tokens", "train_bytes", "validation_bytes"):
        assert getattr(whole, field) == sum(getattr(one, field) for one in sources)
    assert whole.name == "2 texts"


def test_the_true_entropy_is_nats_by_held_out_tokens_and_unknown_if_one_text_is():
    known = part("a", b"x", b"abcd", nats=6.0), part("b", b"x", b"ab", nats=0.6)
    assert true_entropy(corpus(*known)) == pytest.approx(6.6 / 6)
    assert isnan(true_entropy(corpus(*known, part("c", b"x", b"ab"))))


def test_every_floor_is_told_once_the_first_ones_at_once():
    made = corpus(part("a", b"abcab" * 99, b"abcab" * 20, nats=50.0))
    settings = Settings(context=8, tokenizer="byte")
    at_once, later = list(first_floors(made, settings, NOW)), list(higher_floors(made, settings, NOW))
    assert [floor.order for floor in at_once] == [0, 1, 2, -1]
    assert at_once[-1].loss == pytest.approx(0.5)
    assert [floor.order for floor in later] == [3, 4, 5, 6]


def test_a_model_that_sees_both_sides_has_only_the_floors_of_single_tokens():
    made = corpus(part("a", b"abcab" * 99, b"abcab" * 20, nats=50.0))
    settings = Settings(context=8, tokenizer="byte", objective="masked")
    assert [floor.order for floor in first_floors(made, settings, NOW)] == [0, 1]
    assert not list(higher_floors(made, settings, NOW))


def test_a_sample_has_each_texts_share_and_no_ends(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(text, "SAMPLE", 40)
    made = corpus(part("a", b"aaa|" * 90, b"a"), part("b", b"bb|b" * 30, b"b"))
    first, second = sample(made, made.train).split("\n")
    assert (set(first), set(second)) == ({"a"}, {"b"})
    assert len(first) / len(second) == pytest.approx(3, rel=0.3)
    assert len(first + second) <= 40


def test_floors_of_a_run_come_while_it_trains(tiny: Settings):
    trainer = begun(exact(tiny))
    orders = []
    while trainer.busy:
        orders += [event.order for event in trainer.arrived()]
    assert orders == [3, 4, 5, 6]
