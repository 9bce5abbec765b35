"""A text's documents on paper: figures, how long they are, their commonest characters, and how some of them begin."""

from collections.abc import Iterator

import numpy as np

from gui.export.sheet import Axis, Bars, Block, Cell, Grid, Paragraph, Plot, Row, Sheet, Words
from gui.panels.documents_picture import Documents
from gui.text import percent
from gui.widgets.scale import roomy

EMPTY = "No text was read yet."
WIDTHS, HEIGHT = (2.0, 3.0), 1.3  # of figures and samples; of both, beside 1 for the plots
LONG = 18  # letters of a value that would leave no room for its name
SHORTEST = 4  # doublings of length the axis has at least
WORDS_ROOM = 1.15  # times the highest bar: room for what stands on it
TICKS = 5


def documents_figure(picture: Documents) -> Sheet:
    """Of the text on show."""
    if not picture.names:
        return Sheet("Documents", "Documents", (), EMPTY)
    name = picture.names[picture.place]
    plots = (*_lengths(picture), *_characters(picture))
    below: tuple[Block, ...] = (_facts(picture, name), *_samples(picture))
    rows = (*((Row(plots),) if plots else ()), Row(below, WIDTHS[: len(below)], HEIGHT))
    return Sheet("Documents", f"Documents of {name}", rows, notes=picture.skipped)


def _samples(picture: Documents) -> Iterator[Words]:
    if picture.samples:
        yield Words(tuple(Paragraph(text, model=False) for text in picture.samples), "How some begin")


def _facts(picture: Documents, name: str) -> Grid:
    """Names and values; then in which letters it is written."""
    facts = [_fact(words, value) for words, value in picture.facts]
    scripts = [
        (Cell(script, colour="ink3"), Cell(percent(share), share, share=share)) for script, share in picture.scripts
    ]
    return Grid(("Text", name), (*facts, *scripts), right=(1,), ruled=(len(facts),) if scripts else ())


def _fact(name: str, value: str) -> tuple[Cell, ...]:
    """A long value, such as a path, goes on over the line."""
    return (Cell(f"{name}: {value}", colour="ink3"),) if len(value) > LONG else (Cell(name, colour="ink3"), Cell(value))


def _lengths(picture: Documents) -> Iterator[Plot]:
    """A bar for each doubling, from the shortest document to the longest."""
    some = [place for place, count in enumerate(picture.lengths) if count]
    if not some:
        return
    first, last = some[0], max(some[-1] + 1, some[0] + SHORTEST)
    counts = np.array([*picture.lengths, *[0] * last][first:last], float)
    edges = 2.0 ** np.arange(first, last + 1)
    across = Axis("Characters in a document", low=float(edges[0]), high=float(edges[-1]), log=True)
    upward = Axis("Documents", low=0.0, high=roomy(0.0, float(counts.max()), False, TICKS).high)
    bars = Bars("documents", counts, "line1", upright=True, edges=edges)
    yield Plot(across, upward, (bars,), "How long they are", legend=False)


def _characters(picture: Documents) -> Iterator[Plot]:
    if not picture.characters:
        return
    names = tuple(name for name, _ in picture.characters)
    shares = 100 * np.array([share for _, share in picture.characters])
    across = Axis("Character", low=-0.5, high=len(names) - 0.5, names=names, mono=True)
    upward = Axis("Share", "%", 0.0, WORDS_ROOM * max(float(shares.max()), 1.0))
    words = tuple(percent(share) for _, share in picture.characters)
    bars = Bars("share of all characters", shares, "line1", upright=True, width=0.6, words=words)
    yield Plot(across, upward, (bars,), "Commonest characters", legend=False)
