"""Lines of a text file that a stranger made: in any encoding its mark tells, none longer than a log has use for."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from engine.corpus.encoding import mark_of
from engine.trouble import Trouble

LONGEST = 2**20  # characters


def opened(path: Path) -> TextIO:
    """Numbers are ASCII in nearly every encoding, so what is no UTF-8 may be replaced."""
    with path.open("rb") as file:
        mark = mark_of(file.read(4))
    return path.open(encoding=mark or "utf-8", errors="replace", newline="")


def lines(file: TextIO) -> Iterator[str]:
    """With their ends. Trouble for one over LONGEST: no log has such."""
    while line := file.readline(LONGEST):
        if len(line) == LONGEST:
            raise Trouble(f"{Path(file.name).name} has a line that is too long for a log.", "Choose another file.")
        yield line
