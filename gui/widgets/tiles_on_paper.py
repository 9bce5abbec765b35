"""Tokens with their loss on paper: on the same tints as on screen."""

from math import isnan, nan

from gui.export.sheet import Tile as PaperTile
from gui.theme import loss_share
from gui.widgets.token_strip import Tile


def on_paper(tile: Tile, chosen: bool = False) -> PaperTile:
    """A ring stands around the chosen one; what was not asked for has neither tint nor number."""
    if tile.loss is None:
        return PaperTile(tile.text, tint=1.0, colour="field", ring=chosen)
    if isnan(tile.loss):
        return PaperTile(tile.text, ring=chosen, faint=True, warn=tile.warn, number=nan)
    return PaperTile(
        tile.text,
        f"{tile.loss:.1f}",
        loss_share(tile.loss),
        ring=chosen,
        faint=tile.faint,
        warn=tile.warn,
        number=tile.loss,
    )
