"""The numbers of the documents panel: what one text is made of, as words and shares. Knows no Qt."""

from typing import NamedTuple

from engine.events import SourceExamined, SourceRead
from engine.recording import Recording
from gui.status import size_words
from gui.text import one_line, percent, prose, shown

SAMPLE = 1200  # characters of a document that are shown
MOST_SCRIPTS, MOST_CHARACTERS = 4, 8


class Documents(NamedTuple):
    names: tuple[str, ...]  # of all texts
    place: int  # of the one on show
    facts: tuple[tuple[str, str], ...]  # names and values
    skipped: tuple[str, ...]  # sentences
    scripts: tuple[tuple[str, float], ...]
    characters: tuple[tuple[str, float], ...]
    lengths: tuple[int, ...]  # documents of 1, 2–3, 4–7 … characters
    samples: tuple[str, ...]


NOTHING = Documents((), 0, (), (), (), (), (), ())


def documents_at(recording: Recording, step: int, place: int) -> Documents:
    """Of the text at `place`, or the first where there is none; known before the first step."""
    read = {source.source: source for source in recording.all(SourceRead, step)}
    if not read:
        return NOTHING
    place = place if place in read else min(read)
    names = tuple(one_line(read[one].name) for one in sorted(read))
    here = [one for one in recording.all(SourceExamined, step) if one.source == place]
    facts = _facts(read[place], here[-1] if here else None)
    if not here:
        return NOTHING._replace(names=names, place=sorted(read).index(place), facts=facts)
    examined = here[-1]
    return Documents(
        names,
        sorted(read).index(place),
        facts,
        tuple(prose(sentence) for sentence in examined.skipped),
        tuple(zip(examined.scripts, examined.script_shares, strict=True))[:MOST_SCRIPTS],
        tuple((shown(one).text, share) for one, share in _characters(examined)),
        examined.lengths,
        tuple(_cut(sample) for sample in examined.samples),
    )


def _facts(read: SourceRead, examined: SourceExamined | None) -> tuple[tuple[str, str], ...]:
    """Names and values."""
    near: tuple[tuple[str, str], ...] = ()
    if examined and examined.examined:
        near = (("near-copies", f"{examined.near_copies:,} of {examined.examined:,} ({_share(examined)})"),)
    return (
        ("documents", f"{read.documents:,}"),
        ("size", size_words(read.size)),
        ("exact copies left out", f"{read.copies:,}"),
        *near,
        ("tokens to train on", f"{read.train_tokens:,}"),
        ("tokens held out", f"{read.validation_tokens:,}"),
        ("from", prose(read.origin)),
    )


def _share(examined: SourceExamined) -> str:
    return percent(examined.near_copies / examined.examined) if examined.near_copies else "0 %"


def _characters(examined: SourceExamined) -> list[tuple[str, float]]:
    return list(zip(examined.characters, examined.character_shares, strict=True))[:MOST_CHARACTERS]


def _cut(sample: str) -> str:
    return prose(sample if len(sample) <= SAMPLE else f"{sample[:SAMPLE]}…")
