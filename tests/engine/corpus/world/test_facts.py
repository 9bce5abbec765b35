"""Facts: a table without contradictions, told as often as it says, and with a cue that an answer completes."""

import re
from collections import Counter

import pytest

from engine.corpus.world import facts, told
from engine.corpus.world.facts import exposures, table


def test_each_subject_has_one_answer_to_each_question() -> None:
    assert len({(fact.subject, fact.relation) for fact in table()}) == len(table()) > 1000
    assert len({fact.subject for fact in table()}) >= 200
    assert len({fact.relation for fact in table()}) >= 10


def test_chances_follow_zipfs_law(monkeypatch: pytest.MonkeyPatch) -> None:
    chances = [fact.chance for fact in table()]
    assert sum(chances) == pytest.approx(1)
    for rank in (2, 10, 1000):
        assert chances[0] / chances[rank - 1] == pytest.approx(rank)
    monkeypatch.setattr(facts, "_zipf", lambda: 0.0)
    assert {fact.chance for fact in table.__wrapped__()} == {1 / len(table())}


def test_nobody_is_his_own_friend() -> None:
    assert all(fact.answer.strip() != fact.subject for fact in table())


def test_a_cue_and_its_answer_are_a_statement() -> None:
    for fact in table():
        assert re.fullmatch(r"[A-Z][^.]+[^. ]", fact.cue)
        assert fact.answer[0] == " "
        assert fact.answer[1:]
        assert fact.subject in fact.cue + fact.answer


def test_the_cue_of_a_frequent_fact_stands_in_the_text_with_no_other_answer() -> None:
    text = "\n".join(piece.text for piece in told("facts", 0.5))
    for fact in table()[:40]:
        after = {line[len(fact.cue) :] for line in text.split("\n") if line.startswith(fact.cue + " ")}
        assert after == {f"{fact.answer}."}, fact.cue


def test_exposures_are_what_can_be_counted_in_the_text() -> None:
    counted = exposures(0.2)
    lines = [line for piece in told("facts", 0.2) for line in piece.text.split("\n")]
    assert sum(counted) == len(lines)
    about = Counter(line for line in lines)
    assert sum(about.values()) == sum(counted)
    for fact, times in list(zip(table(), counted, strict=True))[:30]:
        said = [line for line in lines if fact.subject in line and fact.answer.split()[-1] in line.lower() + line]
        assert len(said) >= times > 0
        assert len(said) <= times * 1.05 + 2  # another fact of the same words


def test_exposures_are_as_many_as_expected() -> None:
    counted = exposures(1)
    whole = sum(counted)
    for fact, times in list(zip(table(), counted, strict=True))[:20]:
        expected = whole * fact.chance
        assert abs(times - expected) < 5 * expected**0.5
    assert sum(counted[:10]) > 20 * sum(counted[-10:])
