"""Lines of a text that is streamed; one that is too long to be held is left out and counted."""

from collections.abc import Iterable, Iterator

from engine.corpus.notes import Notes

LONGEST = 64 * 2**20  # characters


def lines(texts: Iterable[str], notes: Notes) -> Iterator[str]:
    """Each with its line end, but perhaps the last; only a line feed ends one."""
    begun: str | None = ""  # None while the rest of one that is too long goes by
    for text in texts:
        *ends, rest = text.split("\n")
        for end in ends:
            yield from _whole(_longer(begun, end), "\n", notes)
            begun = ""
        begun = _longer(begun, rest)
    yield from _whole(begun, "", notes)


def _longer(begun: str | None, part: str) -> str | None:
    return None if begun is None or len(begun) + len(part) > LONGEST else begun + part


def _whole(line: str | None, end: str, notes: Notes) -> Iterator[str]:
    if line is None:
        notes.add("line", "lines", f"longer than {LONGEST:,} characters and left out")
    elif line or end:
        yield line + end
