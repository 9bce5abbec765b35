"""A row of tokens that grows in a file, or in memory where there is none; nobody holds more of it than one batch."""

from pathlib import Path
from zlib import crc32

import numpy as np


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


def check_of(row: np.ndarray) -> int:
    """A number that changes if a bit of it changes."""
    return crc32(row.data) if len(row) else 0
