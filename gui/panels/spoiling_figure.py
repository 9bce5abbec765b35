"""The spoiling bench on paper: what spoiling cost, how much was spoiled, and a document with what was done to it."""

from collections.abc import Iterable, Iterator

import numpy as np

from engine.corpus.spoiling import BOILERPLATE, CLEAN, DUPLICATE, SHUFFLED, TYPO, Span
from gui.export.sheet import Axis, Cell, Cursor, Curve, Grid, Mark, Plot, Row, Sheet, Tile, Tiles
from gui.panels.spoiling_picture import SHARES, Bench
from gui.text import one_line, percent, prose
from gui.widgets.loss_picture import Curve as Line
from gui.widgets.on_paper import axes_seen
from gui.widgets.spoiled_text import NAMES
from gui.widgets.spoiled_text import SHARES as TINTS
from gui.widgets.spoiling_chart import Curves, ranges
from gui.widgets.view import View

EMPTY = "There is no run yet: press play."
COLOURS = {TYPO: "tint", SHUFFLED: "line3", DUPLICATE: "ptint", BOILERPLATE: "ink3", CLEAN: "panel"}
SHORT = 400  # characters of a document that is shown whole


def spoiling_figure(picture: Bench, view: View) -> Sheet:
    """`view` is the stretch of the chart on screen."""
    if not picture.begun and not any(picture.wished.values()):
        return Sheet("Spoiling bench", "Spoiling bench", (), EMPTY)
    spoiled = any(span.kind for span in picture.document.spans)
    rows = (Row((_chart(picture.curves, view), _table(picture)), (2.0, 1.0), 1.5), *_below(picture, spoiled))
    return Sheet("Spoiling bench", "Spoiling bench", rows, notes=(f"{picture.facts}.",) if picture.facts else ())


# what it cost


def _chart(curves: Curves, view: View) -> Plot:
    x, y = Axis("Step"), Axis("Loss", "nats per token")
    seen, whole = axes_seen(view, ranges(curves), x, y)
    return Plot(*seen, tuple(_marks(curves)), whole=whole)


def _marks(curves: Curves) -> Iterator[Mark]:
    past = curves.playhead
    if len(curves.unspoiled.x):
        name = f"validation of {one_line(curves.unspoiled_name)}, unspoiled"
        yield _curve(name, curves.unspoiled, "ink3", 1.25, (4, 3), past)
    if len(curves.validation.x):
        yield _curve("validation on clean text", curves.validation, "line2", 1.25, (), past)
    if len(curves.training.x):
        yield _curve("training", curves.training, "line1", 2.25, (), past)._replace(smooth=True)
    if past is not None:
        yield Cursor(float(past), f"step {past:,}")


def _curve(name: str, line: Line, colour: str, width: float, dash: tuple[float, ...], past: int | None) -> Curve:
    live = None if past is None else int(np.searchsorted(line.x, past, side="right"))
    return Curve(name, line.x, line.y, colour, width, dash, live=live)


# how much was spoiled


def _table(picture: Bench) -> Grid:
    """This run's shares, and the next one's where they differ."""
    waits = picture.begun and any(picture.wished[name] != picture.present[name] for name in SHARES)
    heads = ("Spoiled", "This run", "Next run") if waits else ("Spoiled", "Share")
    rows = tuple(_shares(picture, name, waits) for name in SHARES)
    return Grid(heads, rows, right=tuple(range(1, len(heads))))


def _shares(picture: Bench, name: str, waits: bool) -> tuple[Cell, ...]:
    present, wished = picture.present[name], picture.wished[name]
    shown = present if picture.begun else wished
    next_run = Cell(_percent(wished), wished, wished != present, "warn" if wished != present else "ink2")
    label = Cell(SHARES[name].label)
    return (label, Cell(_percent(shown), shown), next_run) if waits else (label, Cell(_percent(shown), shown))


def _percent(share: float) -> str:
    return percent(share) if share else "0 %"


# a document


def _below(picture: Bench, spoiled: bool) -> Iterator[Row]:
    """The document as it is spoiled by the shares of the next run, under what its colours mean."""
    source, spans = picture.document.source, picture.document.spans
    title = f"A document of {source}" if source else "A document"
    if spoiled:
        legend = tuple(_tile(words, kind) for kind, words in NAMES.items())
        yield Row((Tiles((legend,), title=f"{title}, spoiled", prose=True),), height=0)
    short = sum(len(span.text) for span in spans) <= SHORT
    yield Row(
        (Tiles(tuple(_lines(spans)), title="" if spoiled else title, joined=True, prose=True),),
        height=0 if short else 1,
    )


def _lines(spans: Iterable[Span]) -> Iterator[tuple[Tile, ...]]:
    """Its lines, in words."""
    line = list[Tile]()
    for span in spans:
        for place, part in enumerate(prose(span.text).split("\n")):
            if place and line:
                yield tuple(line)
                line = []
            line += [_tile(word, span.kind) for word in _words(part)]
    if line:
        yield tuple(line)


def _words(text: str) -> list[str]:
    """Each with the space after it, so that lines can break there."""
    return [part for part in text.replace(" ", " \n").split("\n") if part]


def _tile(text: str, kind: str) -> Tile:
    return Tile(text, tint=TINTS.get(kind, 0.0), colour=COLOURS[kind])
