"""Sentence k means the same in each language, and each language keeps its own rules."""

import re
from itertools import islice

import pytest

from engine.corpus.world import told
from engine.corpus.world.agreement import Adjective, Noun, phrase
from engine.corpus.world.grammar import Slot
from engine.corpus.world.languages import LANGUAGES, Languages, Sentence, sentences, words

LINES = {name: [line for p in islice(told(name, 1), 400) for line in p.text.split("\n")] for name in LANGUAGES}


def roles(sentence: Sentence, place: int) -> set[str]:
    return {part.role for part in sentence.said[place].ways[0] if isinstance(part, Slot)}


def test_there_are_dozens_of_patterns_about_the_same_in_each_language() -> None:
    assert len(sentences()) >= 60
    for sentence in sentences():
        assert roles(sentence, 0) == roles(sentence, 1) == roles(sentence, 2) == set(sentence.roles)


def test_the_same_seed_chooses_the_same_whatever_the_language() -> None:
    writers = [Languages(language, 5) for language in LANGUAGES]
    for _ in range(100):
        documents = [writer.document().split("\n") for writer in writers]
        assert len({len(document) for document in documents}) == 1
        assert len({writer.nats for writer in writers}) == 1


def test_lines_are_aligned() -> None:
    numbers = {"three": ("drei", "trois"), "twelve": ("zwölf", "douze"), "twenty": ("zwanzig", "vingt")}
    names = r"\b(?:Mira|Lena|Ida|Rosa|Ben|Tom|Finn|Leo|Theo)\b"
    for english, german, french in zip(*LINES.values(), strict=True):
        found = [sorted(set(re.findall(names, line))) for line in (english, german.replace("s'", ""), french)]
        assert found[0] == found[1] == found[2], english
        for number, (drei, trois) in numbers.items():
            assert (f" {number} " in english) == (f" {drei} " in german) == (f" {trois} " in french), english


@pytest.mark.parametrize("form", ["", "der", "einen", "le", "un"])
def test_no_two_things_of_a_bank_are_called_the_same(form: str) -> None:
    """Or a sentence could mean two things, and its nats would be too many."""
    for bank, things in words().banks.items():
        names = [thing[form].plain for thing in things if form in thing]
        assert len(set(names)) == len(names), bank


def test_german_cases_and_endings() -> None:
    dog = phrase(Noun("dog", "der Hund", "un chien"), Adjective("small", "klein", "petit, petite, before"))
    assert [dog[form] for form in ("der", "den", "dem")] == ["der kleine Hund", "den kleinen Hund", "dem kleinen Hund"]
    assert [dog[form] for form in ("ein", "einen", "einem")] == [
        "ein kleiner Hund",
        "einen kleinen Hund",
        "einem kleinen Hund",
    ]
    owl = phrase(Noun("owl", "die Eule", "une chouette"), Adjective("tired", "müde", "fatigué, fatiguée"))
    assert [owl[form] for form in ("der", "den", "dem")] == ["die müde Eule", "die müde Eule", "der müden Eule"]
    assert [owl[form] for form in ("ein", "einem")] == ["eine müde Eule", "einer müden Eule"]
    pony = phrase(Noun("pony", "das Pony", "un poney"))
    assert [pony[form] for form in ("den", "dem", "einen", "einem", "er")] == [
        "das Pony", "dem Pony", "ein Pony", "einem Pony", "es",
    ]  # fmt: skip


def test_french_genders_and_elisions() -> None:
    bird = Noun("bird", "der Vogel", "un oiseau")
    plain = phrase(bird)
    assert [plain[form] for form in ("le", "du", "au", "de", "mon")] == [
        "l'oiseau", "de l'oiseau", "à l'oiseau", "d'oiseau", "mon oiseau",
    ]  # fmt: skip
    small = phrase(bird, Adjective("small", "klein", "petit, petite, before"))
    assert [small[form] for form in ("le", "du", "au", "de")] == [
        "le petit oiseau", "du petit oiseau", "au petit oiseau", "de petit oiseau",
    ]  # fmt: skip
    ladder = phrase(Noun("ladder", "die Leiter", "une échelle"), Adjective("white", "weiß", "blanc, blanche"))
    assert [ladder[form] for form in ("un", "mon", "comment", "il")] == [
        "une échelle blanche", "mon échelle blanche", "blanche", "elle",
    ]  # fmt: skip


def test_english_articles_agree_with_what_follows() -> None:
    assert not [line for line in LINES["english"] if re.search(r"\b(?:a [aeiou]|an [^aeiou])", line)]


def test_no_vowel_meets_an_article_it_should_have_lost() -> None:
    wrong = r"\b(?:[Ll]e|[Ll]a|[Dd]e|[Qq]ue|[Jj]e|[Nn]e|[Mm]a|[Ss]a) [aeiouéèêâàîôœ]|\b(?:de le|à le|à les|si il)\b"
    assert not [line for line in LINES["french"] if re.search(wrong, line, re.IGNORECASE)]


def test_every_sentence_begins_with_a_capital_and_ends_with_a_sign() -> None:
    for line in (line for lines in LINES.values() for line in lines):
        assert line[0].isupper(), line
        assert line[-1] in ".?!", line
