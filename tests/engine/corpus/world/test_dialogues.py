"""Talks: two children, each with lines of their own, and answers that are so."""

import re

from engine.corpus.world import told
from engine.corpus.world.facts import table

TALKS = [piece.text.split("\n") for piece in told("dialogues", 0.2)]


def test_two_children_speak_and_never_with_themselves() -> None:
    for lines in TALKS:
        speakers = [line.split(": ")[0] for line in lines]
        assert len(set(speakers)) == 2
        assert len(lines) % 2 == 0
        assert all(asker != teller for asker, teller in zip(speakers[::2], speakers[1::2], strict=True))


def test_whoever_is_greeted_is_there() -> None:
    for first, second, *_ in TALKS:
        asker, teller = (line.split(": ")[0] for line in (first, second))
        assert teller in first.split(": ", 1)[1]
        assert asker in second.split(": ", 1)[1]


def test_every_answer_is_so() -> None:
    known: dict[str, set[str]] = {}
    for fact in table():
        known.setdefault(fact.subject, set()).add(re.sub(r"^ (the |its |an? )?", "", fact.answer).lower())
    for asked, answered in ((asked, answered) for lines in TALKS for asked, answered in pairs(lines[2:-2])):
        subjects = {name for name in known if re.search(rf"\b{name}\b", asked)}
        assert any(answer in answered.lower() for name in subjects for answer in known[name]), (asked, answered)


def pairs(lines: list[str]) -> list[tuple[str, str]]:
    said = [line.split(": ", 1)[1] for line in lines]
    return list(zip(said[::2], said[1::2], strict=True))
