"""A row of tokens that grows in a file, or in memory where there is none; nobody holds more of it than one batch."""

from pathlib import Path
from zlib import crc32

import numpy as np

CHUNK = 4 * 2**20  # bytes


class Row:
    """Raises OSError when the disk refuses."""

    def __init__(self, kind: type[np.generic], path: Path | None) -> None:
        self._kind, self._path = np.dtype(kind), path
        self._file = path.open("wb") if path else None
        self._memory = bytearray()
        self.length = self.check = 0

    def add(self, tokens: np.ndarray) -> None:
        raw = np.ascontiguousarray(tokens, self._kind).tobytes()
        self.check = crc32(raw, self.check)
        self.length += len(tokens)
        if self._file:
            self._file.write(raw)
        else:
            self._memory += raw

    def close(self) -> None:
        if self._file:
            self._file.close()

    def read(self) -> np.ndarray:
        """All of it, once it is closed."""
        return row_of(self._path, self._kind) if self._path else np.frombuffer(self._memory, self._kind)


def row_of(path: Path, kind: np.dtype) -> np.ndarray:
    """Mapped into memory: what is not looked at is not read."""
    return np.memmap(path, kind, "r") if path.stat().st_size else np.empty(0, kind)


def check_of(path: Path) -> int:
    """A number that changes if a bit of it changes. Read in chunks: what is mapped counts as this program's memory."""
    check = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            check = crc32(chunk, check)
    return check
