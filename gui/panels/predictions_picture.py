"""The numbers behind the predictions panel: tokens, their losses, the guesses at one place, the history of its loss."""

from collections.abc import Sequence
from math import exp, log
from typing import Literal, NamedTuple

import numpy as np

from engine.events import BatchPredicted, CorpusRead, Predicted, SentencePredicted
from engine.recording import Recording
from gui.pieces import last_word, spelled, split_character
from gui.text import prose, shown
from gui.widgets.chance_bars import Chance
from gui.widgets.sparkline import NOTHING, History
from gui.widgets.token_strip import Tile

Source = Literal["sentence", "batch"]
KINDS: dict[Source, type[Predicted]] = {"sentence": SentencePredicted, "batch": BatchPredicted}
FIRST_LOOK = 8  # place chosen in a batch at first: it has a context and stands in the first line


class Choice(NamedTuple):
    """Which place a person chose, in which text; a batch is another text each time and keeps the place."""

    source: Source
    tokens: bytes
    place: int


class Predictions(NamedTuple):
    tiles: tuple[Tile, ...]  # T tokens, then the blank after them
    text: str  # all of it, to be edited
    tokens: bytes  # which text it is
    selected: int
    before: str  # the text up to the selected place, as it can be drawn
    chances: tuple[Chance, ...]  # likeliest first; the truth last if it is not among them
    history: History  # empty for a batch and for the blank


def predictions(
    recording: Recording, step: int, source: Source, guesses: int, choice: Choice | None
) -> Predictions | None:
    """What the model expected at `step`; None before the first look."""
    corpus, event = recording.latest(CorpusRead, step), recording.latest(KINDS[source], step)
    if corpus is None or event is None:
        return None
    pieces = [corpus.vocabulary[token] for token in event.tokens_T]
    tokens = event.tokens_T.tobytes()
    selected = selected_place(pieces, source, tokens, choice)
    tiles = (*(tile(pieces, place, event, corpus.end) for place in range(len(pieces))), Tile("?", None))
    return Predictions(
        tiles=tiles,
        text=spelled(pieces),
        tokens=tokens,
        selected=selected,
        before=prose(spelled(pieces[:selected]).replace("\n", "↵")).strip(),
        chances=chances(corpus, event, selected, guesses),
        history=history(recording, corpus, event, selected, tiles[selected].text),
    )


def selected_place(pieces: Sequence[str], source: Source, tokens: bytes, choice: Choice | None) -> int:
    """The person's choice while the text is the same; else the last word of a sentence, an early place of a batch."""
    if choice and choice.source == source and (source == "batch" or choice.tokens == tokens):
        return min(choice.place, len(pieces))
    return last_word(pieces) if source == "sentence" else min(FIRST_LOOK, len(pieces))


def tile(pieces: Sequence[str], place: int, event: Predicted, end: int) -> Tile:
    """The token at `place`, which must be one of T."""
    loss = float(event.losses_T[place])
    if event.tokens_T[place] == end:
        return Tile("end", loss, faint=True, note="the end of a document")
    text, warn = shown(pieces[place])
    whole = split_character(pieces, place)
    return Tile(text, loss, warn, note=f"one of {whole[0]} bytes of {shown(whole[1]).text}" if whole else "")


def chances(corpus: CorpusRead, event: Predicted, place: int, most: int) -> tuple[Chance, ...]:
    """At most `most` guesses of row `place`, and the truth after them where it is none of them."""
    truth = int(event.tokens_T[place]) if place < len(event.tokens_T) else None
    guesses = event.guesses_NK[place, :most].tolist()
    likely = event.chances_NK[place, :most].tolist()
    ranked = enumerate(zip(guesses, likely, strict=True), 1)
    rows = [chance(corpus, token, share, rank, token == truth) for rank, (token, share) in ranked]
    if truth is not None and truth not in guesses:
        rows.append(chance(corpus, truth, exp(-float(event.losses_T[place])), 0, True))
    return tuple(rows)


def chance(corpus: CorpusRead, token: int, likely: float, rank: int, truth: bool) -> Chance:
    """One guess; `rank` is 0 where it is not known."""
    text, warn = ("end", False) if token == corpus.end else shown(corpus.vocabulary[token])
    return Chance(text, likely, rank, truth, warn, faint=token == corpus.end)


def history(recording: Recording, corpus: CorpusRead, event: Predicted, place: int, name: str) -> History:
    """The loss of one place at every look at this same sentence, later ones too; the scale ends above guessing."""
    if not isinstance(event, SentencePredicted) or place >= len(event.tokens_T):
        return NOTHING
    same = event.tokens_T.tobytes()
    looks = [look for look in recording.all(SentencePredicted) if look.tokens_T.tobytes() == same]
    steps = np.array([look.step for look in looks])
    losses = np.array([float(look.losses_T[place]) for look in looks])
    return History(name, steps, losses, event.step, top=1.15 * log(max(len(corpus.vocabulary), 3)))


def without_spaces(rows: tuple[Chance, ...]) -> tuple[Chance, ...]:
    """The same rows without the dot before a word, except where two would then look the same."""
    bare = [row.text.removeprefix("·") or row.text for row in rows]
    pairs = zip(rows, bare, strict=True)
    return tuple(row._replace(text=text) if bare.count(text) == 1 else row for row, text in pairs)
