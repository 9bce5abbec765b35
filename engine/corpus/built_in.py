"""The corpora that need no file and no network, by the name that stands in the settings."""

from types import MappingProxyType
from typing import NamedTuple


class BuiltIn(NamedTuple):
    """How a built-in corpus is shown to a person who chooses."""

    label: str
    description: str
    share: int = 0  # of the size that is made of all that are chosen; 0 for a text that has a size of its own


BUILT_IN = MappingProxyType(
    {
        "stories": BuiltIn("Stories", "Short stories of a village by the sea, made for Terrarium", 8),
        "facts": BuiltIn("Facts", "Who lives where and does what; some facts are told often, some hardly ever", 3),
        "dialogues": BuiltIn("Dialogues", "Two children ask and answer each other about the same facts", 4),
        "arithmetic": BuiltIn("Arithmetic", "Sums in figures and in words, with their results", 1),
        "programs": BuiltIn("Programs", "Little Python programs, each with what it prints", 3),
        "english": BuiltIn("English", "Sentences whose meaning is said in German and French, too", 2),
        "german": BuiltIn("German", "The sentences of English and French, in German", 2),
        "french": BuiltIn("French", "The sentences of English and German, in French", 2),
        "python": BuiltIn("Python's library", "Help pages and source code of the Python that runs this program"),
    }
)
WORLD = tuple(name for name, made in BUILT_IN.items() if made.share)  # texts made by rules
