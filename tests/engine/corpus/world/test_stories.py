"""The stories: there are many, and what is told hangs together."""

import re
from collections import Counter
from itertools import islice

import pytest

from engine.corpus.world.grammar import grammar, parse
from engine.corpus.world.stories import Stories


@pytest.fixture(scope="module")
def told() -> list[str]:
    teller = Stories(7)
    return [teller.document() for _ in range(1500)]


def test_there_are_many_plots_and_each_scene_can_be_told_in_several_ways() -> None:
    plots = grammar("stories").plots
    assert len(plots) >= 12
    for plot in plots:
        assert len(plot.scenes) >= 4, plot.title
        assert sum(len(scene.ways) for scene in plot.scenes) >= 2 * len(plot.scenes), plot.title


def test_the_same_seed_tells_the_same_stories() -> None:
    assert Stories(3).document() == Stories(3).document()
    assert Stories(3).document() != Stories(4).document()


def test_they_are_of_a_length_to_be_read_aloud(told: list[str]) -> None:
    lengths = [len(story.split()) for story in told]
    assert min(lengths) >= 60
    assert max(lengths) <= 250


def test_the_vocabulary_is_rich(told: list[str]) -> None:
    assert len({word for story in told for word in re.findall(r"[a-z']+", story.lower())}) >= 1200


def test_many_begin_as_stories_do(told: list[str]) -> None:
    assert 0.3 < sum(story.startswith("Once upon a time") for story in told) / len(told) < 0.8


def test_hardly_any_story_is_told_twice(told: list[str]) -> None:
    assert len(set(told)) == len(told)


def test_no_sign_of_the_grammar_is_left(told: list[str]) -> None:
    for story in told:
        assert not re.search(r"[\[\]{}|]|  | [.,!?]|\.\.|[.,]\.|[,.]\"\.|^ |\n\n", story), story
        assert story.count('"') % 2 == 0, story


def test_every_sentence_begins_with_a_capital(told: list[str]) -> None:
    for story in told:
        assert not re.search(r"(?:^|[a-z][.!?] |\n|: \")\"?[a-z]", story), story


def test_articles_agree_with_what_follows(told: list[str]) -> None:
    for story in told:
        assert not re.search(r"\b(?:[Aa] [aeiou](?!ne\b|nce\b)|[Aa]n [^aeiouh])", story), story


def test_what_was_lost_is_what_is_found() -> None:
    teller = Stories(1)
    lost = [story for story in (teller.document() for _ in range(2000)) if "was gone!" in story and "pocket" in story]
    assert lost
    for story in lost:
        thing = re.search(r"The (.+) was gone!", story)
        assert thing
        assert thing[1].split()[-1] in story.split("\n")[3], story


def test_a_person_is_he_or_she_to_the_end(told: list[str]) -> None:
    """In stories with girls only nobody is he, apart from villagers."""
    known = grammar("stories")
    he = parse("he")
    men = {
        thing[""].plain or "" for bank in ("child", "villager") for thing in known.banks[bank] if thing["they"] == he
    }
    men |= {"Henrik", "stranger", "father", "uncle", "brother"}
    alone = [story for story in told if not any(name in story for name in men)]
    assert len(alone) > 100
    for story in alone:
        assert not re.search(r"\b(?:[Hh]e|[Hh]im|himself)\b", story), story


def test_one_less_after_one_was_given_away() -> None:
    known = {"three": "two", "four": "three", "five": "four", "six": "five", "seven": "six"}
    teller, found = Stories(2), Counter[str]()
    for story in islice(iter(teller.document, None), 1500):
        had = re.search(r"the right (?:one|pocket of \w+ coat) ?(?:into the right one )?(\w+) \w+\.", story)
        if had and had[1] in known:
            assert known[had[1]] in story, story
            found[had[1]] += 1
    assert len(found) >= 3
