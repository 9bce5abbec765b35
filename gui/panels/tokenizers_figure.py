"""The comparison of tokenizers on paper: one text as each cuts it, what each costs, and five languages."""

from typing import get_args

import numpy as np

from gui.export.sheet import Axis, Cell, Grid, Plot, Points, Row, Shape, Sheet, Tile, Tiles
from gui.panels.tokenizers_picture import Comparison
from gui.text import shown
from gui.widgets.language_dots import LEAST_TOP, TOP_STEPS
from gui.widgets.scale import round_up
from gui.widgets.shown import COLOURS
from gui.widgets.tokenizer_rows import TokenizerRow

NOT_CHOSEN, NOT_COMPARED = "No tokenizer is chosen.", "No tokenizers were compared in this run."
HEADS = ("Tokenizer", "Vocabulary", "Tokens per word", "Bits per byte", "Embedding")
SHAPES: tuple[Shape, ...] = get_args(Shape)
TINTS = 0.5, 0.2  # of two pieces beside each other
ROOM = 1.0  # of a letter, around those of a piece


def tokenizers_figure(picture: Comparison) -> Sheet:
    """Those that were chosen, on the text that was chosen."""
    if not any(picture.compared):
        empty = NOT_COMPARED if picture.rows else NOT_CHOSEN
        return Sheet("Compare tokenizers", "Tokenizers compared", (), empty)
    tiles = Tiles(tuple(map(_pieces, picture.rows)), tuple(row.name for row in picture.rows), joined=True)
    below = Row((_costs(picture.rows), _languages(picture)), (1.1, 1.0))
    sentence = f"The sentence: “{picture.languages[0].sentence}”"
    rows = (Row((tiles,), height=0), below)
    return Sheet("Compare tokenizers", "Tokenizers compared", rows, notes=(sentence,))


def _pieces(row: TokenizerRow) -> tuple[Tile, ...]:
    """Tints take turns, so that the cuts are seen; why it is not there, where it is not."""
    if row.state:
        return (Tile(row.state, faint=True),)
    return tuple(
        Tile(
            shown(cell.piece).text,
            letters=len(shown(cell.piece).text) + ROOM,
            tint=TINTS[turn % 2],
            colour="bar",
            warn=shown(cell.piece).warn,
        )
        for turn, cell in enumerate(row.cells)
    )


def _costs(rows: tuple[TokenizerRow, ...]) -> Grid:
    return Grid(HEADS, tuple(map(_cells, rows)), right=tuple(range(1, len(HEADS))))


def _cells(row: TokenizerRow) -> tuple[Cell, ...]:
    """The fewest bits per byte are bold."""
    per_word, bits, embedding = row.values()
    return (
        Cell(row.name),
        Cell(f"{row.size:,}", row.size, colour="ink3") if row.size else Cell(""),
        Cell(per_word, row.tokens_per_word if per_word else None, colour="ink2"),
        Cell(bits, row.bits_per_byte if bits else None, row.best, "ink" if row.best else "ink2"),
        Cell(embedding, row.embedding if embedding else None, colour="ink2"),
    )


def _languages(picture: Comparison) -> Plot:
    """A row a language, a mark a tokenizer."""
    languages = picture.languages
    counts = [count for language in languages for count in language.counts if count]
    top = round_up(max([*counts, LEAST_TOP]), TOP_STEPS)
    places = np.arange(len(languages), dtype=float)
    marks = tuple(
        Points(row.name, counts_of(picture, at), places, COLOURS[at], 4.0, shape=SHAPES[at])
        for at, row in reversed(tuple(enumerate(picture.rows)))  # the first one lies on top
        if picture.compared[at]
    )
    upward = Axis("Language", low=len(places) - 0.5, high=-0.5, names=tuple(one.name for one in languages))
    return Plot(Axis("Tokens needed", low=0.0, high=top), upward, marks, "The same sentence in five languages")


def counts_of(picture: Comparison, at: int) -> np.ndarray:
    """Tokens one tokenizer needs in each language; NaN where that is not known."""
    counts = [language.counts[at] for language in picture.languages]
    return np.array([np.nan if count is None else count for count in counts], float)
