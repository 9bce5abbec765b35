"""What is told of the texts: sizes, floors at once and later, the true entropy, and a sample of each."""

from math import isnan, nan

import numpy as np
import pytest

from engine.commands import Command, CompareTokenizers, CountMerges
from engine.corpus.part import Corpus, Part
from engine.corpus.quality import Examiner
from engine.events import (
    CorpusRead,
    Event,
    MergesCounted,
    SourceExamined,
    SourceRead,
    Stepped,
    TokenizerCompared,
    Unanswered,
)
from engine.settings import Settings
from engine.tokenizer.byte import ByteTokenizer
from engine.training import text
from engine.training.text import clean_rows, corpus_read, first_floors, higher_floors, sample, true_entropy
from engine.training.trainer import Trainer
from tests.engine.training.going_on import begun, exact, only, steps, told

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


def test_what_is_compared_on_a_spoiled_text_is_its_clean_part_and_no_token_serves_both_sides():
    made = corpus(part("a", b"spoiled" * 90, b"abcdefghij"), part("b", b"x" * 90, b"klmno"))
    assert clean_rows(made, Settings()) == (made.train, made.validation)
    train, validation = clean_rows(made, Settings(typos=0.1))
    assert [made.tokenizer.decode(row) for row in train] == ["abcdefgh", "klmn"]
    assert [made.tokenizer.decode(row) for row in validation] == ["ij", "o"]


def test_a_sample_has_each_texts_share_and_no_ends(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(text, "SAMPLE", 40)
    made = corpus(part("a", b"aaa|" * 90, b"a"), part("b", b"bb|b" * 30, b"b"))
    first, second = sample(made, made.train).split("\n")
    assert (set(first), set(second)) == ({"a"}, {"b"})
    assert len(first) / len(second) == pytest.approx(3, rel=0.3)
    assert len(first + second) <= 40


def found_aside(trainer: Trainer, command: Command) -> list[Event]:
    events = told(trainer, command)
    for errand in trainer._errands._under_way:
        errand.join()  # a loop would keep it from the processor
    return [*events, *trainer.arrived()]


def test_what_a_command_asks_of_the_text_is_found_out_aside(tiny: Settings):
    trainer = begun(exact(tiny))
    before = trainer.learner.windows_seen
    (counted,) = only(MergesCounted, found_aside(trainer, CountMerges()))
    assert counted.size == sum(part.train_bytes for part in trainer.corpus.parts)
    first, second = only(TokenizerCompared, found_aside(trainer, CompareTokenizers((("byte", 0), ("character", 0)))))
    assert (first.kind, second.kind) == ("byte", "character")
    assert (first.bytes_per_token, len(first.vocabulary)) == (1.0, 257)
    assert (trainer.learner.windows_seen, trainer.step) == (before, 0)


def test_what_cannot_be_found_out_is_said_and_training_goes_on(tiny: Settings):
    trainer = begun(exact(tiny))
    (said,) = only(Unanswered, found_aside(trainer, CompareTokenizers((("syllables", 9),))))
    assert said.asked == "CompareTokenizers"
    assert "syllables" in said.message
    assert only(Stepped, steps(trainer, 1))


def test_floors_of_a_run_come_while_it_trains(tiny: Settings):
    trainer = begun(exact(tiny))
    orders = []
    while trainer.busy:
        orders += [event.order for event in trainer.arrived()]
    assert orders == [3, 4, 5, 6]
