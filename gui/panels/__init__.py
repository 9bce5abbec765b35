"""All panels, in the order of the menu; loaded when asked for, so that `python -m gui.panels.loss` loads one alone."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.panels.panel import Panel

    PANELS: tuple[type[Panel], ...]


def __getattr__(name: str) -> "tuple[type[Panel], ...]":
    """`PANELS`: a module that was loaded before it is run would be there twice, and Python warns of it."""
    if name != "PANELS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from gui.panels.attention import AttentionPanel
    from gui.panels.differences import DifferencesPanel
    from gui.panels.documents import DocumentsPanel
    from gui.panels.loss import LossPanel
    from gui.panels.merges import MergesPanel
    from gui.panels.mixture import MixturePanel
    from gui.panels.overlay import OverlayPanel
    from gui.panels.predictions import PredictionsPanel
    from gui.panels.samples import SamplesPanel
    from gui.panels.side_by_side import SideBySidePanel
    from gui.panels.spoiling import SpoilingPanel
    from gui.panels.tokenizers import TokenizersPanel

    looks = LossPanel, PredictionsPanel, AttentionPanel, SamplesPanel
    text = MixturePanel, DocumentsPanel, SpoilingPanel, MergesPanel, TokenizersPanel
    return *looks, *text, OverlayPanel, DifferencesPanel, SideBySidePanel
