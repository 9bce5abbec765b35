"""The sentences that a run was asked: a person may ask others while it runs, and a report is about one of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.events import CorpusRead, SentencePredicted
from engine.recording import Recording
from engine.trouble import Trouble
from gui.pieces import spelled
from gui.special import piece_of
from gui.text import prose

MOST_LETTERS = 60  # of a sentence where several are listed


class Sentence(NamedTuple):
    text: str  # on one line, with whatever hides made visible
    steps: tuple[int, ...]  # at which it is on show, ascending


def sentences(recording: Recording) -> tuple[Sentence, ...]:
    """In the order they were first asked. Of two that were asked at one step the later one is on show."""
    corpus = recording.latest(CorpusRead)
    if corpus is None:
        return ()
    shown, tokens_of = dict[int, bytes](), dict[bytes, np.ndarray]()
    for look in recording.all(SentencePredicted):
        shown[look.step] = same = look.tokens_T.tobytes()
        tokens_of[same] = look.tokens_T
    steps = dict[bytes, list[int]]()
    for step, same in sorted(shown.items()):
        steps.setdefault(same, []).append(step)
    return tuple(Sentence(_text(corpus, tokens_of[same]), tuple(some)) for same, some in steps.items())


def _text(corpus: CorpusRead, tokens_T: np.ndarray) -> str:
    return in_a_line(spelled([piece_of(corpus, int(token)) for token in tokens_T]))


def in_a_line(text: str) -> str:
    """Visible, with single spaces: as a person would type it."""
    return " ".join(prose(text).split())


def sentence_meant(wanted: str, asked: Sequence[Sentence]) -> Sentence | None:
    """All of it, its number from 1, or a part that only one has; the most looked at where nothing is said.

    None where none was asked and none is wanted. Raises Trouble for one that was not asked.
    """
    words = in_a_line(wanted)
    if not words:
        return max(asked, key=lambda one: len(one.steps), default=None)
    same = [one for one in asked if one.text == words]
    if same:
        return same[0]
    if words.isascii() and words.isdigit() and 0 < int(words[:9]) <= len(asked):
        return asked[int(words[:9]) - 1]
    alike = [one for one in asked if words.casefold() in one.text.casefold()]
    if len(alike) == 1:
        return alike[0]
    said = "More than one sentence has" if alike else "This run was never asked"
    raise Trouble(f"{said} “{words}”.", f"Choose one of {listed(asked)}." if asked else "Leave it out.")


def listed(asked: Sequence[Sentence]) -> str:
    """Each with the number it can be chosen by."""
    return ", ".join(f"{place} “{shortened(one.text)}”" for place, one in enumerate(asked, 1))


def shortened(text: str) -> str:
    """So that several can be listed."""
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1].rstrip()}…"
