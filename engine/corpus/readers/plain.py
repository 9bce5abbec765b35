"""Text, Markdown and source code: one document a file, or more where lines of <|endoftext|> part them."""

import re
from collections.abc import Iterator

from engine.corpus.document import Piece, in_pieces
from engine.corpus.readers.opened import Opened

SEPARATOR_SIGNS = "<|endoftext|>"
SEPARATOR = re.compile(r"^<\|endoftext\|>[ \t]*(?:\n|\Z)", re.MULTILINE)


def read(file: Opened) -> Iterator[Piece]:
    """Its documents; those of white space only are none."""
    begins = True
    for piece in in_pieces(file.texts()):
        for number, part in enumerate(SEPARATOR.split(piece) if SEPARATOR_SIGNS in piece else [piece]):
            begins = begins or number > 0
            if part and (not begins or not part.isspace()):
                yield Piece(part, begins, file.at)
                begins = False
