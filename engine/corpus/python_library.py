"""Python's own documentation and library, read from the running interpreter: real English and real code, everywhere."""

import sys
import sysconfig
from collections.abc import Generator, Iterator
from pathlib import Path

from engine.corpus.document import Collected, Document, in_pieces, progressed
from engine.events import Progressed
from engine.trouble import Trouble

READ_AT_MOST = 12_000_000  # bytes
LEFT_OUT = frozenset({"test", "tests", "site-packages", "dist-packages", "__pycache__", "encodings", "pydoc_data"})
LEAST_MODULES = 20


def key() -> str:
    """What the text depends on."""
    return f"python {sys.version} {READ_AT_MOST}"


def origin() -> str:
    """Where it comes from, for people."""
    return f"the library of Python {sys.version_info.major}.{sys.version_info.minor} on this computer"


def read(library: Path | None = None) -> Generator[Progressed, None, Collected]:
    """Help topics first, then modules by name, until there is enough; Trouble if the sources are not there."""
    modules = sorted(_modules(library or Path(sysconfig.get_path("stdlib"))))
    if len(modules) < LEAST_MODULES:
        raise Trouble(
            "Python's own library is not on this computer as text.",
            "Choose the built-in stories, or open a text file of your own.",
        )
    documents = [Document(tuple(in_pieces([text]))) for text in _topics()]
    size = sum(len(document.text.encode()) for document in documents)
    for done, path in enumerate(modules):
        yield progressed("Reading Python's library", done, len(modules))
        text = path.read_text("utf-8", "replace")
        if size + len(text.encode()) > READ_AT_MOST:
            break
        if text.strip():
            documents.append(Document(tuple(in_pieces([text]))))
            size += len(text.encode())
    return Collected(documents, size)


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
