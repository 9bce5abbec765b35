"""Every built-in text: as much as was asked for, the same each time, hardly anything twice, and honest about itself."""

import re
from itertools import islice
from math import exp, log

import pytest

from engine.corpus.built_in import BUILT_IN
from engine.corpus.world import key, telling, told
from engine.corpus.world.grammar import Grammar, Options, options, parse
from engine.corpus.world.recognizer import Recognizer, State
from engine.corpus.world.surprise import surprise
from engine.corpus.world.teller import Teller

every_text = pytest.mark.parametrize("name", telling.WRITERS)


def test_each_is_offered_with_a_share_and_none_else_has_one() -> None:
    assert {name for name, made in BUILT_IN.items() if made.share} == set(telling.WRITERS)


@every_text
def test_there_is_as_much_as_was_asked_for(name: str) -> None:
    *_, last = pieces = list(told(name, 0.05))
    assert last.at == sum(len(piece.text.encode()) for piece in pieces)
    assert 50_000 <= last.at < 53_000
    assert all(piece.first for piece in pieces)


@every_text
def test_it_is_the_same_each_time_and_more_goes_on_with_it(name: str) -> None:
    few = list(told(name, 0.02))
    assert few == list(told(name, 0.02))
    assert few == list(islice(told(name, 0.05), len(few)))


@every_text
def test_hardly_a_document_is_written_twice(name: str) -> None:
    texts = [piece.text for piece in told(name, 1)]
    assert len(set(texts)) > 0.999 * len(texts)


@every_text
def test_no_sign_of_the_rules_is_left(name: str) -> None:
    for piece in told(name, 0.1):
        assert not re.search(r"[{}|\\]|\t| $|^$", piece.text, re.MULTILINE if name != "programs" else 0), piece.text
        assert name == "programs" or not re.search(r"[\[\]]|  | [.,]", piece.text), piece.text


@every_text
def test_the_key_changes_with_the_size_and_with_a_word(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = key(name, 1)
    assert known == key(name, 1)
    assert known != key(name, 2)
    monkeypatch.setattr(telling, "texts", lambda *_: {"a": "word"})
    assert known != key(name, 1)


def test_no_two_texts_have_one_key() -> None:
    assert len({key(name, 1) for name in telling.WRITERS}) == len(telling.WRITERS)


@every_text
def test_nats_are_what_a_code_that_knows_the_rules_would_need(name: str) -> None:
    """Adding up every derivation finds no shorter code, or hardly one."""
    pieces = list(islice(told(name, 1), 5))
    counted, exact = (sum(each) for each in ((p.nats for p in pieces), (surprise(name, p.text) for p in pieces)))
    assert exact <= counted + 1e-6
    assert counted < exact * 1.01


def test_what_the_rules_cannot_give_is_refused() -> None:
    with pytest.raises(ValueError, match="do not give"):
        surprise("arithmetic", "2 + 2 = 5\n2 + 2 = 4\n2 + 2 = 4\n2 + 2 = 4")
    with pytest.raises(ValueError, match="do not give"):
        surprise("stories", "Once upon a time there was a test.")


SMALL = Grammar(
    {
        "child": [
            {"": parse(name), "they": parse(they)} for name, they in (("Ada", "she"), ("Ben", "he"), ("Ida", "she"))
        ],
        "mood": [{"": parse(mood)} for mood in ("glad", "glad", "sad")],
    },
    {"hero": "child", "friend": "child"},
    [],
)


@pytest.mark.parametrize(
    "said",
    ["{hero} met {friend}. {hero.They} was {mood}.", "[|very |very ]{mood}", "{hero.They} [and|or|and] {friend.they}"],
)
def test_the_chances_of_all_texts_of_a_small_grammar_add_up_to_one(said: str) -> None:
    """By brute force: whatever is told, its exact chance; together nothing is missing and nothing counted twice."""
    rules, teller = parse(said), Teller(SMALL)
    texts: dict[str, list[float]] = {}
    for _ in range(3000):
        words: list[str] = []
        teller.nats = 0.0
        teller.tell(rules, {}, words)
        texts.setdefault("".join(words), []).append(teller.nats)
    exact = {text: chance(rules, text) for text in texts}
    assert sum(exact.values()) == pytest.approx(1)
    for text, nats in texts.items():
        assert min(nats) >= -log(exact[text]) - 1e-9, text
        assert len(nats) / 3000 == pytest.approx(exact[text], abs=0.04), text


def test_where_each_text_has_one_derivation_the_count_is_exact() -> None:
    rules, teller = parse("{hero} met {friend}. {hero.They} was {mood}."), Teller(SMALL)
    for _ in range(50):
        words: list[str] = []
        teller.nats = 0.0
        teller.tell(rules, {}, words)
        assert exp(-teller.nats) == pytest.approx(chance(rules, "".join(words)))


def chance(rules: Options, text: str) -> float:
    return sum(state.chance for state in Recognizer(SMALL).told(rules, text, [State(0, {}, 1.0)]))


def test_options_take_equal_ways_together() -> None:
    assert options([["a"], ["a"]]).nats == (0.0, 0.0)
