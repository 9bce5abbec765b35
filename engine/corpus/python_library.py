"""Python's own documentation and library, read from the running interpreter: real English and real code, everywhere."""

import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from engine.corpus.document import Piece, document
from engine.corpus.notes import Notes
from engine.trouble import Trouble

SIZE = 12_000_000  # bytes that are read at most
LEFT_OUT = frozenset({"test", "tests", "site-packages", "dist-packages", "__pycache__", "encodings", "pydoc_data"})
LEAST_MODULES = 20


def key() -> str:
    """What the text depends on."""
    return f"python {sys.version} {SIZE}"


def origin() -> str:
    """Where it comes from, for people."""
    return f"the library of Python {sys.version_info.major}.{sys.version_info.minor} on this computer"


def read(notes: Notes, library: Path | None = None) -> Iterator[Piece]:
    """Help topics first, then modules by name, until there is enough; Trouble if the sources are not there."""
    modules = sorted(_modules(library or Path(sysconfig.get_path("stdlib"))))
    if len(modules) < LEAST_MODULES:
        raise Trouble(
            "Python's own library is not on this computer as text.",
            "Choose the built-in stories, or open a text file of your own.",
        )
    size = 0
    for text in _texts(modules, notes):
        size += len(text.encode())
        if size > SIZE:
            return
        if text.strip():
            yield from document(text, size)


def _texts(modules: list[Path], notes: Notes) -> Iterator[str]:
    yield from _topics()
    for path in modules:
        try:
            yield path.read_text("utf-8", "replace")
        except OSError:
            notes.add("module", "modules", "not readable and left out")


def _modules(library: Path) -> Iterator[Path]:
    for path in library.rglob("*.py"):
        if LEFT_OUT.isdisjoint(path.relative_to(library).parts) and path.is_file():  # a link may lead nowhere
            yield path


def _topics() -> list[str]:
    try:
        from pydoc_data.topics import topics
    except ImportError:  # some distributions leave it out
        return []
    return [topics[name] for name in sorted(topics)]
