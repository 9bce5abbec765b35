"""Tokens that stand for no text are told by their names, and only where they are what they seem."""

import pytest

from engine.events import CorpusRead
from engine.recording import Recording
from gui.special import named, objective, piece_of
from gui.text import UNKNOWN
from tests.fakes import Settings, recording

GAP = ("<|prefix|>", "<|suffix|>", "<|middle|>")


def corpus(*pieces: str) -> CorpusRead:
    return CorpusRead(0, 0.0, "Stories", "", 1, 1, 1, 1, "", pieces, 0)


def test_the_end_is_told_as_such() -> None:
    assert named(corpus("<|end|>", "a"), "causal", 0)[:3] == ("end", False, True)


@pytest.mark.parametrize(("task", "added"), [("masked", ("<|mask|>",)), ("infill", GAP)])
def test_signs_of_a_task_have_their_names(task: str, added: tuple[str, ...]) -> None:
    read = corpus("<|end|>", "a", *added)
    names = [named(read, task, 2 + place) for place in range(len(added))]
    assert [name.text for name in names] == [sign.strip("<|>") for sign in added]
    assert all(name.faint and name.note for name in names)


def test_the_same_letters_in_a_text_are_text() -> None:
    assert named(corpus("<|end|>", "<|mask|>", "a"), "causal", 1) == ("<|mask|>", False, False, "")
    assert not named(corpus("<|end|>", "<|mask|>", "<|mask|>"), "masked", 1).faint
    assert named(corpus("<|end|>", "\u202e"), "causal", 1).warn


def test_a_number_that_no_token_has_is_said() -> None:
    read = corpus("<|end|>", "a")
    assert (piece_of(read, 1), piece_of(read, 2)) == ("a", UNKNOWN)
    assert named(read, "causal", 2) == ("‹?›", False, True, "a number that no token of this run has")


def test_the_task_is_the_runs() -> None:
    assert objective(Recording()) == "causal"
    assert objective(recording(1, Settings(objective="masked"))) == "masked"
