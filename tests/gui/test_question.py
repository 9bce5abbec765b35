"""Waiting for an answer that comes as an event."""

import pytest

from engine.commands import CompareTokenizers, CountMerges
from engine.events import Ended, Failed, Unanswered, Wrote
from engine.recording import Recording
from gui.question import Question, refusal


def wrote(step: int) -> Wrote:
    return Wrote(step, 0.0, "a", "b", 1.0, 0, 1.0, 1)


def test_the_next_event_of_its_kind_is_the_answer():
    recording = Recording()
    recording.add(wrote(0))
    question = Question(Wrote)
    assert question.ask(recording)
    assert question.waiting
    assert not question.answered(recording)
    recording.add(wrote(0))
    assert question.answered(recording)
    assert not question.waiting


def test_nothing_is_answered_that_was_not_asked():
    recording = Recording()
    recording.add(wrote(0))
    assert not Question(Wrote).answered(recording)


@pytest.mark.parametrize("end", [Ended(1, 0.0), Failed(1, 0.0, "broken", "mend it")])
def test_a_run_that_is_over_is_not_asked(end):
    recording = Recording()
    recording.add(end)
    question = Question(Wrote)
    assert not question.ask(recording)
    assert not question.waiting


def test_waiting_ends_with_the_run():
    recording, question = Recording(), Question(Wrote)
    question.ask(recording)
    recording.add(Ended(1, 0.0))
    assert question.answered(recording)


def test_a_new_recording_ends_the_waiting_for_the_old_one():
    old, new, question = Recording(), Recording(), Question(Wrote)
    old.add(wrote(3))
    question.ask(old)
    assert question.answered(new)


def test_a_refusal_is_that_of_the_command_whatever_was_refused_later():
    made = Recording()
    assert refusal(made, CountMerges) is None
    made.add(Unanswered(1, 0.1, "No merges.", "Wait.", "CountMerges"))
    made.add(Unanswered(2, 0.2, "No tokenizers.", "Wait.", "CompareTokenizers"))
    assert refusal(made, CountMerges).message == "No merges."
    assert refusal(made, CompareTokenizers).message == "No tokenizers."
