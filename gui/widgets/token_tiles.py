"""The tokens of a text that a model was asked about, as tiles with their loss."""

from collections.abc import Sequence

import numpy as np

from engine.events import CorpusRead, Predicted
from gui.pieces import piece_note
from gui.special import named
from gui.widgets.token_strip import UNASKED, Tile


def tile(corpus: CorpusRead, task: str, pieces: Sequence[str], place: int, event: Predicted) -> Tile:
    """The token at `place`, which must be one of T; `pieces` are all of them as text."""
    number = float(event.losses_T[place])
    loss = UNASKED if np.isnan(number) else number
    name = named(corpus, task, int(event.tokens_T[place]))
    if name.faint:
        return Tile(name.text, loss, faint=True, note=name.note)
    return Tile(name.text, loss, name.warn, note=piece_note(pieces[:place], pieces[place], pieces[place + 1 :]))
