"""PDF: the text of all pages as one document. It is a stranger's program, so it is read in a process with limits."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from engine.child import Limits, in_child
from engine.corpus.document import Piece, in_pieces
from engine.corpus.left_out import LeftOut, damaged, missing
from engine.corpus.readers.opened import Opened
from engine.trouble import Trouble


def read(file: Opened) -> Iterator[Piece]:
    """Damaged pages are counted; LeftOut where there is no text at all. Needs pypdf."""
    if not find_spec("pypdf"):
        raise missing("PDF", "pdf")
    begun = False
    for piece in in_pieces(_pages(file)):
        yield Piece(piece, not begun, file.end)
        begun = True
    if not begun:
        raise LeftOut("without text, perhaps a scan", "Let another program recognise the text in its pictures first.")


def _pages(file: Opened) -> Iterator[str]:
    read = broken = 0
    try:
        for page in in_child(f"{__name__}:pages", str(file.whole()), Limits(f"read {file.name}")):
            if page is None:
                file.notes.add("page", "pages", "damaged and left out")
                broken += 1
            elif page.strip():
                yield f"{page.strip()}\n\n"
            else:
                file.notes.add("page", "pages", "without text and left out")
            read += 1
    except Trouble as trouble:
        if not read:
            raise LeftOut("no PDF that can be read", f"{trouble.message} {trouble.advice}") from trouble
        file.notes.add("file", "files", "damaged, and read up to the damage")
    if read and broken == read:
        raise damaged()


def pages(path: str) -> Iterator[Any]:
    """In the child: the text of each page, None for one that is damaged."""
    from pypdf import PdfReader

    document = PdfReader(path)
    if document.is_encrypted and not document.decrypt(""):
        raise Trouble("It is encrypted.", "Save it without a password, or choose another file.")
    for number in range(len(document.pages)):
        try:
            yield document.pages[number].extract_text()
        except MemoryError:
            raise
        except Exception:  # whatever such a file makes the library do
            yield None
