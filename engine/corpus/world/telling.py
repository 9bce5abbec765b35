"""The built-in texts by name: document after document, each with what it tells to whoever knows the rules."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import blake2b
from importlib.resources import files
from types import MappingProxyType
from typing import Protocol

from engine.corpus.document import Piece
from engine.corpus.world.arithmetic import Arithmetic
from engine.corpus.world.dialogues import Dialogues
from engine.corpus.world.facts import Facts
from engine.corpus.world.grammar import texts
from engine.corpus.world.languages import LANGUAGES, Languages
from engine.corpus.world.programs import Programs
from engine.corpus.world.stories import Stories

FOLDERS = ("arithmetic", "dialogues", "facts", "languages", "programs", "stories")  # of assets/corpora


class Writer(Protocol):
    """Writes document after document."""

    nats: float  # of all choices since it was last set to 0

    def document(self) -> str:
        """The next one."""


WRITERS: Mapping[str, Callable[[], Writer]] = MappingProxyType(
    {
        "stories": Stories,
        "facts": Facts,
        "arithmetic": Arithmetic,
        "programs": Programs,
        "dialogues": Dialogues,
        **{language: partial(Languages, language) for language in LANGUAGES},
    }
)


def told(name: str, megabytes: float) -> Iterator[Piece]:
    """Whole documents until together they are so large (10^6 bytes of UTF-8); the same ones each time."""
    writer, at = WRITERS[name](), 0
    while at < megabytes * 1e6:
        writer.nats = 0.0
        text = writer.document()
        at += len(text.encode())
        yield Piece(text, True, at, writer.nats)


def key(name: str, megabytes: float) -> str:
    """The same as long as the text is: it changes with a word of the rules, and with the code that follows them."""
    parts = sorted(entry.name for entry in files(__package__).iterdir() if entry.name.endswith(".py"))
    code = [(files(__package__) / part).read_text("utf-8") for part in parts]
    made = repr((name, megabytes, code, texts(*FOLDERS)))
    return blake2b(made.encode(), digest_size=16).hexdigest()
