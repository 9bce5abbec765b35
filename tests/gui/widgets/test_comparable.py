"""Whether losses can be compared."""

import pytest

from engine.events import CorpusRead, Started
from engine.recording import Recording
from gui.widgets.comparable import TEXTS_DIFFER, TOKENS_DIFFER, why_not


def run(name="Stories", vocabulary=("a", "b"), **settings):
    made = Recording()
    made.add(CorpusRead(0, 0.0, name, "here", 1000, 10, 900, 100, "1 document", vocabulary, 0, 900, 100))
    made.add(Started(0, 0.0, "amber-heron", settings, 1, "CPU"))
    return made


@pytest.mark.parametrize("loss", ["training", "validation"])
@pytest.mark.parametrize("unit", ["nats per token", "bits per byte"])
def test_the_same_text_in_the_same_tokens_compares(loss, unit):
    assert why_not([run(width=64), run(width=128)], loss, unit) == ""


def test_other_tokens_compare_in_bytes_only():
    both = [run(), run(vocabulary=("a", "b", "ab"))]
    assert why_not(both, "training", "nats per token") == TOKENS_DIFFER
    assert why_not(both, "training", "bits per byte") == ""


def test_other_texts_never_compare():
    both = [run(), run("Code")]
    assert why_not(both, "validation", "bits per byte") == TEXTS_DIFFER


def test_a_spoiled_text_is_another_one_but_what_is_held_out_is_clean():
    both = [run(), run(typos=0.2)]
    assert why_not(both, "training", "nats per token") == TEXTS_DIFFER
    assert why_not(both, "validation", "nats per token") == ""


def test_what_is_not_known_is_not_held_against_anyone():
    assert why_not([Recording(), Recording()], "training", "nats per token") == ""
    assert why_not([run(), Recording()], "training", "nats per token") == ""


def test_a_run_that_has_only_read_its_text_is_not_taken_for_a_spoiled_one():
    beginning = Recording()
    beginning.add(run().latest(CorpusRead))
    assert why_not([run(), beginning], "training", "nats per token") == ""
