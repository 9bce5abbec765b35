"""Tokens that stand for no text: the end of a document, and the signs that a task adds to the tokenizer's own."""

from typing import NamedTuple

from engine.events import CorpusRead, Started
from engine.recording import Recording
from engine.special import MASK, MIDDLE, PREFIX, SPECIAL, SUFFIX
from gui.text import UNKNOWN, shown

ADDED = {objective: len(tokens) for objective, tokens in SPECIAL.items()}  # the last ones of the vocabulary
NAMES = {
    MASK: "a hidden token",
    PREFIX: "the text before a gap follows",
    SUFFIX: "the text after a gap follows",
    MIDDLE: "what fills the gap follows",
}
NO_TOKEN = "a number that no token of this run has"


class Name(NamedTuple):
    """A token as it can be drawn."""

    text: str
    warn: bool = False  # holds signs that could mislead
    faint: bool = False  # stands for something that is no text
    note: str = ""


def objective(recording: Recording) -> str:
    """What the model is asked: "causal", "masked" or "infill"."""
    started = recording.latest(Started)
    return str(started.settings.get("objective", "causal")) if started else "causal"


def piece_of(corpus: CorpusRead, token: int) -> str:
    """As its tokenizer spells it. A record that was put together by hand may hold a token it does not know."""
    return corpus.vocabulary[token] if token < len(corpus.vocabulary) else UNKNOWN


def named(corpus: CorpusRead, task: str, token: int) -> Name:
    """A special token by its name, faint; any other as its text."""
    piece = piece_of(corpus, token)
    if token >= len(corpus.vocabulary):
        return Name(shown(piece).text, faint=True, note=NO_TOKEN)
    if token == corpus.end:
        return Name("end", faint=True, note="the end of a document")
    if token >= len(corpus.vocabulary) - ADDED.get(task, 0):
        return Name(piece.strip("<|>"), faint=True, note=NAMES.get(piece, ""))
    return Name(*shown(piece))
