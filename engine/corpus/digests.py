"""Hashes of files that were read before, so that a text that has not changed need not be read to be known again."""

import json
import os
from collections.abc import Generator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from engine.corpus.document import progressed
from engine.events import Progressed

FOLDER = "digests"
CHUNK = 4 * 2**20  # bytes
SETTLED = 2 * 10**9  # nanoseconds: a file that was changed so lately may change again in the same tick of its clock


class Facts(NamedTuple):
    """What a system says of a file; all of it stays the same as long as nobody writes to it."""

    size: int  # bytes
    changed: int  # nanoseconds since 1970
    number: int  # inode

    @classmethod
    def of(cls, found: os.stat_result) -> "Facts":
        """From what `stat` tells."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)


class Digests:
    """Of the files of one source; without a cache folder, or with a damaged file in it, nothing is known."""

    def __init__(self, cache: Path | None, source: str) -> None:
        name = blake2b(source.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        self._file = cache / FOLDER / f"{name}.json" if cache else None
        self._before = self._read()
        self._now: dict[str, list[int | str]] = {}

    def known(self, path: Path, facts: Facts) -> str | None:
        """The hash of a file that is still as it was; None where it has to be read."""
        entry = self._before.get(str(path))
        if not (isinstance(entry, list) and entry[:-1] == [*facts] and isinstance(entry[-1], str)):
            return None
        self._now[str(path)] = entry
        return entry[-1]

    def add(self, path: Path, facts: Facts, digest: str, read_at: int) -> None:
        """Remember it, unless it was changed shortly before it was read."""
        if facts.changed < read_at - SETTLED:
            self._now[str(path)] = [*facts, digest]

    def keep(self) -> None:
        """Write it aside, then rename; where that is not possible, files are read again the next time."""
        if not self._file or self._now == self._before:
            return
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            aside = self._file.with_suffix(f".{os.getpid()}")
            try:
                aside.write_text(json.dumps(self._now), "utf-8")
                os.replace(aside, self._file)
            finally:
                aside.unlink(missing_ok=True)

    def _read(self) -> dict[str, list[int | str]]:
        try:
            found = json.loads(self._file.read_text("utf-8")) if self._file else {}
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def digest_of(path: Path, before: int = 0, whole: int = 0) -> Generator[Progressed, None, str]:
    """The hash of a file; of `whole` bytes, so many were looked at `before`. Raises OSError."""
    summed = blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            summed.update(chunk)
            before += len(chunk)
            yield progressed("Looking at text", before, whole)
    return summed.hexdigest()
