"""The corpora that need no file and no network, by the name that stands in the settings."""

from types import MappingProxyType
from typing import NamedTuple


class BuiltIn(NamedTuple):
    """How a built-in corpus is shown to a person who chooses."""

    label: str
    description: str


BUILT_IN = MappingProxyType(
    {
        "stories": BuiltIn("Stories", "Short stories of a village by the sea, made for Terrarium"),
        "python": BuiltIn("Python's library", "Help pages and source code of the Python that runs this program"),
    }
)
