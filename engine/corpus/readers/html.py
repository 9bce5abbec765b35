"""HTML: what one would see of a page, a document a file; scripts and styles are left out, paragraphs kept."""

from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser

from engine.corpus.document import Piece, in_pieces
from engine.corpus.notes import Notes
from engine.corpus.readers.lines import LONGEST
from engine.corpus.readers.opened import Opened

UNSEEN = frozenset({"script", "style", "template", "title", "noscript"})
PARAGRAPHS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "div", "dl", "fieldset", "figure", "footer", "form", "header"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}
)
LINES = frozenset({"br", "caption", "dd", "dt", "figcaption", "legend", "li", "option", "tr"})
CELLS = frozenset({"td", "th"})


def read(file: Opened) -> Iterator[Piece]:
    """Its text as one document, if it has any."""
    for number, piece in enumerate(in_pieces(_texts(file.texts(), file.notes))):
        yield Piece(piece, number == 0, file.at)


def _texts(pages: Iterator[str], notes: Notes) -> Iterator[str]:
    parser = VisibleText()
    whole = False
    with suppress(AssertionError):  # how the parser refuses sections it does not know
        for page in pages:
            parser.feed(page)
            yield parser.taken()
            if len(parser.rawdata) > LONGEST:  # an opened tag or remark that never ends would be looked at again
                break
        else:
            parser.close()
            whole = True
    if not whole:
        notes.add("file", "files", "damaged, and read up to the damage")
    yield parser.taken()


class VisibleText(HTMLParser):
    """White space is owed and only written before the next word, so blocks within blocks make one gap."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._written: list[str] = []
        self._begun = False
        self._gap = ""
        self._unseen = self._preformatted = 0

    def taken(self) -> str:
        """The text since this was asked last."""
        text = "".join(self._written)
        self._written.clear()
        return text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        self._preformatted += tag == "pre"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in UNSEEN))
        self._preformatted = max(0, self._preformatted - (tag == "pre"))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._unseen or not data:
            return
        if self._preformatted:
            self._write(data)
            return
        self._owe(" " if data[0].isspace() else "")
        if words := data.split():
            self._write(" ".join(words))
            self._owe(" " if data[-1].isspace() else "")

    def _break(self, tag: str) -> None:
        if tag in PARAGRAPHS:
            self._owe("\n\n")
        elif tag in LINES:
            self._owe("\n")
        elif tag in CELLS:
            self._owe(" ")

    def _owe(self, gap: str) -> None:
        if "\n" in gap or not self._gap:
            self._gap = max(gap, self._gap, key=len)

    def _write(self, text: str) -> None:
        if self._begun:
            self._written.append(self._gap)
        self._written.append(text)
        self._begun, self._gap = True, ""
