"""Which tokenizer: each kind is made for a text, can be called off, and is read again with care."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from engine.settings import Settings
from engine.tokenizer import learning
from engine.tokenizer.choice import Made, load, made_for
from engine.trouble import Trouble
from tests.engine.taking import taken, told
from tests.engine.tokenizer.small import ALL, ENGLISH, INVENTED, LEARNED

TEXTS = [ENGLISH, INVENTED]
SIZE = sum(map(len, TEXTS))


def made(texts: list[str] = TEXTS, **settings: Any) -> Made:
    return taken(made_for(lambda: iter(texts), sum(map(len, texts)), Settings(**settings)))


@pytest.mark.parametrize("kind", ALL)
def test_each_choice_makes_a_tokenizer_for_the_text(kind: str) -> None:
    found = made(tokenizer=kind, vocabulary=600)
    assert found.tokenizer.decode(found.tokenizer.encode(ENGLISH)) == ENGLISH
    assert found.warnings == ()


@pytest.mark.parametrize("kind", LEARNED)
def test_learning_aside_comes_to_the_same(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = made(tokenizer=kind, vocabulary=600).tokenizer.to_json()
    monkeypatch.setattr(learning, "QUICK", 0)
    assert made(tokenizer=kind, vocabulary=600).tokenizer.to_json() == here


def test_few_different_words_start_no_child_and_many_do(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = LEARNED["bpe"].to_json()
    monkeypatch.setattr(learning, "in_child", lambda *_: (answer for _ in "1"))
    invented = " ".join("".join(word) for word in np.random.default_rng(0).choice(list("abcdefgh"), (20_000, 9)))
    assert made(tokenizer="bpe").tokenizer.to_json() != answer
    assert made([invented], tokenizer="bpe").tokenizer.to_json() == answer


def test_progress_grows_while_the_text_is_read() -> None:
    progress, _ = told(made_for(lambda: iter(TEXTS * 10), 10 * SIZE, Settings(tokenizer="bpe", vocabulary=600)))
    shares = [one.done for one in progress]
    assert shares == sorted(shares)
    assert len(set(shares)) == 20
    assert max(shares) <= 1


def test_called_off_it_leaves_no_process_and_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(learning, "QUICK", 0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    work = made_for(lambda: iter(TEXTS), SIZE, Settings(tokenizer="unigram"))
    while not psutil.Process().children():
        next(work)
    assert len(list(tmp_path.iterdir())) == 1
    work.close()
    assert not psutil.Process().children()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_room_for_the_sample_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "QUICK", 0)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(Trouble, match="No space left"):
        made(tokenizer="bpe")


def test_a_text_with_fewer_pieces_than_were_asked_for_is_told() -> None:
    found = made(["abc abc"], tokenizer="bpe", vocabulary=5000)
    assert found.warnings == (
        f"The text has pieces for {len(found.tokenizer.vocabulary)} different tokens only, not for 5,000.",
    )


def test_wordpiece_that_needs_more_than_were_asked_for_is_told() -> None:
    (words,) = made(tokenizer="wordpiece", vocabulary=300).warnings
    assert "has 513 different tokens" in words


@pytest.mark.parametrize("kind", ["bpe", "unigram", "wordpiece"])
def test_text_without_a_single_space_can_be_learned(kind: str) -> None:
    text = "".join(np.random.default_rng(0).choice(list("abcdefgh"), 50_000))
    tokenizer = made([text], tokenizer=kind, vocabulary=600).tokenizer
    assert tokenizer.decode(tokenizer.encode(text)) == text


# read again, perhaps from a stranger


def changed(kind: str, **model: Any) -> str:
    facts = json.loads(LEARNED[kind].to_json())
    facts["model"]["model"] |= model
    return json.dumps(facts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"kind": "abacus"}',
        '{"kind": ["bpe"]}',
        '{"kind": "bpe", "model": {}}',
        '{"kind": "bpe", "model": {"model": 3}}',
        '{"kind": "character"}',
        '{"kind": "file", "model": {}}',
        changed("bpe", vocab={"a": 0}),
        changed("bpe", vocab=[]),
        changed("bpe", merges=[["zz", "qq"]]),
        changed("bpe", merges=[["a"]]),
        changed("bpe", merges=7),
        changed("bpe", vocab={"a": 10**30}),
        changed("bpe", vocab={"a": -1}),
        changed("unigram", vocab=[["a", -1.0]]),
        changed("unigram", vocab=[["a", "b"]]),
        changed("wordpiece", vocab={"a": "b"}),
        changed("wordpiece", vocab=None),
    ],
)
def test_what_is_no_tokenizer_is_trouble(text: str) -> None:
    with pytest.raises(Trouble):
        load(text)


def with_vocabulary(kind: str, **more: int) -> str:
    vocabulary: dict[str, int] = json.loads(LEARNED[kind].to_json())["model"]["model"]["vocab"]
    return changed(kind, vocab=vocabulary | more)


@pytest.mark.parametrize("number", [0, 100_000, 4_000_000_000])
def test_numbers_that_are_not_one_after_another_are_trouble(number: int) -> None:
    with pytest.raises(Trouble):
        load(with_vocabulary("bpe", newpiece=number))


@pytest.mark.parametrize("score", [float("nan"), float("inf"), 1e300])
def test_scores_that_are_no_numbers_are_trouble(score: float) -> None:
    scores = json.loads(LEARNED["unigram"].to_json())["model"]["model"]["vocab"]
    with pytest.raises(Trouble):
        load(changed("unigram", vocab=[*scores[:-1], [scores[-1][0], score]]))


def test_nothing_but_the_pieces_is_taken_from_a_stranger() -> None:
    facts = json.loads(LEARNED["bpe"].to_json())
    facts["model"] |= {
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "(a*)*b"}, "behavior": "Isolated", "invert": False},
        "padding": {"strategy": {"Fixed": 10_000_000}},
    }
    assert load(json.dumps(facts)).to_json() == LEARNED["bpe"].to_json()
