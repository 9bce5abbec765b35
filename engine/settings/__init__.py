"""What may be chosen about a run, declared once, in four parts."""

from engine.settings.corpus import CorpusSettings
from engine.settings.learning import LearningSettings
from engine.settings.looks import LookSettings
from engine.settings.machine import MachineSettings
from engine.settings.model import ModelSettings

__all__ = ["Settings"]


class Settings(MachineSettings, LookSettings, LearningSettings, ModelSettings, CorpusSettings):
    """Everything that decides a run: the same settings, with nothing “auto”, give the same numbers on a machine."""
