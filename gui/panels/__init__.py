"""All panels, in the order of the menu."""

from gui.panels.attention import AttentionPanel
from gui.panels.loss import LossPanel
from gui.panels.panel import Panel
from gui.panels.predictions import PredictionsPanel
from gui.panels.samples import SamplesPanel

PANELS: tuple[type[Panel], ...] = (LossPanel, PredictionsPanel, AttentionPanel, SamplesPanel)
