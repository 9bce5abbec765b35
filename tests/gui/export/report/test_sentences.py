"""A run may have been asked several sentences: a report is about one of them, at the steps it was on show."""

from dataclasses import replace

import pytest

from engine.events import CorpusRead, SentencePredicted
from engine.recording import Recording
from engine.trouble import Trouble
from gui.export.report.contents import steps_of
from gui.export.report.sentences import Sentence, sentence_meant, sentences
from tests.fakes import events

ASKED = (Sentence("The 2 cats sat.", (0, 10, 20)), Sentence("The dog ran.", (30, 40, 50, 60)), Sentence("cats", (70,)))


def made(turned=range(0)):
    """A run that was asked the same words backwards at the steps `turned`."""
    run = Recording()
    for event in events(100):
        if isinstance(event, SentencePredicted) and event.step in turned:
            event = replace(event, tokens_T=event.tokens_T[::-1].copy())
        run.add(event)
    return run


def test_each_sentence_is_told_with_the_steps_it_was_on_show():
    run = made(range(50, 80))
    first, other = sentences(run)
    assert first.text.startswith("Mira put the lantern")
    assert other.text.startswith(". dark was room")
    assert all(50 <= step < 80 for step in other.steps)
    assert sorted({*first.steps, *other.steps}) == run.steps(SentencePredicted)


def test_of_two_at_one_step_the_later_one_is_on_show():
    run = made()
    look = run.latest(SentencePredicted)
    run.add(replace(look, tokens_T=look.tokens_T[:4].copy()))
    first, other = sentences(run)
    assert other.steps == (look.step,)
    assert look.step not in first.steps


def test_what_hides_in_a_sentence_is_seen():
    run = Recording()
    for event in events(1):
        if isinstance(event, CorpusRead):
            event = replace(event, vocabulary=("\u202e\n\x1b", *event.vocabulary[1:]))
        if isinstance(event, SentencePredicted):
            event = replace(event, tokens_T=event.tokens_T * 0)
        run.add(event)
    (one,) = sentences(run)
    assert one.text.isprintable()
    assert "U+202E" in one.text


def test_nothing_was_asked_before_a_start():
    assert sentences(Recording()) == ()
    assert sentence_meant("", ()) is None
    assert steps_of(None, (1, 2)) == []
    with pytest.raises(Trouble, match="never asked"):
        sentence_meant("cats", ())


@pytest.mark.parametrize(
    ("wanted", "place"),
    [("", 1), ("  ", 1), ("The dog  ran.", 1), ("DOG", 1), ("cats", 2), ("2", 1), ("1", 0), ("2 c", 0)],
)
def test_a_sentence_is_meant_by_all_of_it_its_number_or_a_part(wanted, place):
    assert sentence_meant(wanted, ASKED) == ASKED[place]


@pytest.mark.parametrize(("wanted", "said"), [("the", "More than one"), ("bird", "never asked"), ("4", "never asked")])
def test_what_is_meant_by_none_or_by_several_is_said_with_those_there_are(wanted, said):
    with pytest.raises(Trouble, match=said) as raised:
        sentence_meant(wanted, ASKED)
    assert "2 “The dog ran.”" in raised.value.advice


def test_steps_are_those_of_the_sentence():
    assert steps_of(ASKED[1], ()) == [30, 40, 50, 60]
    assert steps_of(ASKED[1], (), 2) == [30, 60]
    assert steps_of(ASKED[1], (0, 44, 1000)) == [30, 40, 60]
