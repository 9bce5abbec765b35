"""The numbers behind the predictions panel: tokens, their losses, the guesses at one place, the history of its loss."""

from collections.abc import Sequence
from math import exp, log
from typing import Literal, NamedTuple

import numpy as np

from engine.events import BatchPredicted, CorpusRead, Predicted, SentencePredicted
from engine.recording import Recording
from gui.pieces import MOST_BEFORE, last_word, piece_note, spelled
from gui.special import named, objective, piece_of
from gui.text import UNKNOWN, prose
from gui.widgets.chance_bars import Chance
from gui.widgets.sparkline import NOTHING, History
from gui.widgets.token_strip import Tile
from gui.widgets.token_tiles import tile

Source = Literal["sentence", "batch"]
KINDS: dict[Source, type[Predicted]] = {"sentence": SentencePredicted, "batch": BatchPredicted}
FIRST_LOOK = 8  # place chosen in a batch at first: it has a context and stands in the first line
BEFORE, AFTER, HOLE = 28, 14, "▢"  # letters around a hidden token, and what stands for it


class Choice(NamedTuple):
    """Which place a person chose, in which text; a batch is another text each time and keeps the place."""

    source: Source
    tokens: bytes
    place: int


class Guess(NamedTuple):
    likely: float  # chance, 0 to 1
    rank: int  # from 1; 0 where it is not known
    truth: bool  # it is what came


class Predictions(NamedTuple):
    tiles: tuple[Tile, ...]  # T tokens, then the blank after them, which a batch with hidden tokens does not have
    text: str  # all of it, to be edited
    tokens: bytes  # which text it is
    selected: int
    before: str  # the text up to the selected place, as it can be drawn
    chances: tuple[Chance, ...]  # likeliest first; the truth last if it is not among them
    history: History  # empty for a batch and for the blank
    after: str  # what follows a hidden place; empty where the model knows the past alone
    lead: str  # what `around` is, as the beginning of a sentence
    around: str  # the text that the guess is made from
    masked: bool  # guesses are made from both sides
    step: int  # of the look


def predictions(
    recording: Recording, step: int, source: Source, guesses: int, choice: Choice | None
) -> Predictions | None:
    """What the model expected at `step`; None before the first look."""
    corpus, event = recording.latest(CorpusRead, step), recording.latest(KINDS[source], step)
    if corpus is None or event is None:
        return None
    task, tokens = objective(recording), event.tokens_T.tobytes()
    masked = task == "masked"
    pieces = [piece_of(corpus, token) for token in event.tokens_T]
    blank = () if masked and source == "batch" else (Tile("?", None),)
    tiles = (*(tile(corpus, task, pieces, place, event) for place in range(len(pieces))), *blank)
    selected = selected_place(pieces, event, source, choice, len(tiles) - 1)
    before = one_line(pieces[:selected])
    hidden = masked and selected < len(pieces)
    after = one_line(pieces[selected + 1 :]) if hidden else ""
    return Predictions(
        tiles=tiles,
        text=spelled(pieces),
        tokens=tokens,
        selected=selected,
        before=before,
        chances=chances(corpus, task, event, selected, guesses),
        history=history(recording, corpus, event, selected, tiles[selected].text),
        after=after,
        lead=lead(event, selected, hidden),
        around=in_both(before, after) if hidden else before,
        masked=masked,
        step=event.step,
    )


def as_written(text: str, written: Sequence[str]) -> str:
    """What a person wrote, where the tokenizer knew some of its characters not and `text` is all it kept."""
    return next((one for one in written if len(one) == len(text) and all(map(_may_be, text, one))), text)


def _may_be(kept: str, written: str) -> bool:
    return kept in (written, UNKNOWN)


def one_line(pieces: Sequence[str]) -> str:
    """What the pieces spell, as it can be drawn."""
    return prose(spelled(pieces).replace("\n", "↵")).strip()


def in_both(before: str, after: str) -> str:
    """The nearest text on both sides of a hidden token."""
    start = f"…{before[-BEFORE:]}" if len(before) > BEFORE else before
    end = f"{after[:AFTER]}…" if len(after) > AFTER else after
    return f"{start} {HOLE} {end}".strip()


def lead(event: Predicted, place: int, hidden: bool) -> str:
    """How the guesses are announced."""
    if hidden:
        return "Hidden in" if np.isfinite(event.losses_T[place]) else "Not asked:"
    return "Next after" if place else "At the beginning"


def selected_place(pieces: Sequence[str], event: Predicted, source: Source, choice: Choice | None, last: int) -> int:
    """The person's choice while the text is the same; else the last word of a sentence, an early place of a batch."""
    same = choice and choice.source == source and (source == "batch" or choice.tokens == event.tokens_T.tobytes())
    if choice and same:
        return min(choice.place, last)
    if source == "sentence":
        return last_word(pieces)
    asked = np.flatnonzero(np.isfinite(event.losses_T))
    later = asked[asked >= FIRST_LOOK]
    return int(later[0]) if len(later) else int(asked[-1]) if len(asked) else min(FIRST_LOOK, last)


def chances(corpus: CorpusRead, task: str, event: Predicted, place: int, most: int) -> tuple[Chance, ...]:
    """At most `most` guesses of row `place`, and the truth after them where it is none of them; none if not asked."""
    if place < len(event.tokens_T) and np.isnan(event.losses_T[place]):
        return ()
    truth = int(event.tokens_T[place]) if place < len(event.tokens_T) else None
    guesses = event.guesses_NK[place, :most].tolist()
    likely = event.chances_NK[place, :most].tolist()
    before = [piece_of(corpus, token) for token in event.tokens_T[max(0, place - MOST_BEFORE) : place]]
    ranked = enumerate(zip(guesses, likely, strict=True), 1)
    rows = [chance(corpus, task, before, token, Guess(share, rank, token == truth)) for rank, (token, share) in ranked]
    if truth is not None and truth not in guesses:
        rows.append(chance(corpus, task, before, truth, Guess(exp(-max(0.0, float(event.losses_T[place]))), 0, True)))
    return tuple(rows)


def chance(corpus: CorpusRead, task: str, before: Sequence[str], token: int, guess: Guess) -> Chance:
    """One row; `before` are the pieces that a character may have begun in."""
    name = named(corpus, task, token)
    note = name.note or piece_note(before, piece_of(corpus, token))
    return Chance(name.text, *guess, name.warn, name.faint, note)


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
