"""The rules are read as they are written, and every slot of every text can be filled."""

from collections.abc import Iterator
from math import log

import pytest

from engine.corpus.world.grammar import Grammar, Options, Slot, grammar, options, parse
from engine.corpus.world.languages import LANGUAGES, sentences, words

FOLDERS = [("stories",), ("facts",), ("facts", "dialogues"), ("arithmetic",), ("programs",)]


def slots(said: Options) -> Iterator[Slot]:
    for way in said.ways:
        for part in way:
            if isinstance(part, Slot):
                yield part
            elif isinstance(part, Options):
                yield from slots(part)


def assert_fits(slot: Slot, known: Grammar) -> None:
    bank = known.banks[known.roles.get(slot.role, slot.role)]
    assert all(slot.form in thing for thing in bank), slot


def test_alternatives_may_stand_inside_each_other() -> None:
    inner = options([["d"], []])
    assert parse("a[b|c[d|]]") == options([["a", options([["b"], ["c", inner]])]])


def test_the_same_way_written_twice_is_twice_as_likely_and_tells_less() -> None:
    assert parse("a|a|b|c").nats == pytest.approx((log(2), log(2), log(4), log(4)))


def test_what_leaves_no_choice_is_plain() -> None:
    assert parse("as it is").plain == "as it is"
    assert parse(r"\[\]").plain == "[]"
    assert parse("a|b").plain is None
    assert parse("{hero}").plain is None


def test_a_slot_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="no slot"):
        parse("{two words}")


@pytest.mark.parametrize("folders", FOLDERS, ids="-".join)
def test_every_slot_of_every_plot_and_word_can_be_filled(folders: tuple[str, ...]) -> None:
    known = grammar(*folders)
    forms = [says for bank in known.banks.values() for thing in bank for says in thing.values()]
    for says in forms:
        for slot in slots(says):
            assert_fits(slot, known)
    for plot in known.plots:
        for slot in (slot for scene in plot.scenes for slot in slots(scene)):
            if slot.role not in plot.given or slot.role in known.roles:
                assert_fits(slot, known)


def test_every_slot_of_every_sentence_can_be_filled() -> None:
    for sentence in sentences():
        assert len(sentence.said) == len(LANGUAGES)
        for slot in (slot for said in sentence.said for slot in slots(said)):
            assert_fits(slot, words())
