"""One file while it is read: its bytes unpacked, where it stands, and whether it stays what it was."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from engine.corpus.digests import Facts
from engine.corpus.encoding import decoded, is_utf_8
from engine.corpus.kind import LOOKED_AT, Kind, kind_of, packing_of
from engine.corpus.listing import Entry
from engine.corpus.notes import Notes
from engine.corpus.place import Place, shown
from engine.corpus.readers.packing import CHUNK, unpacked
from engine.corpus.source import changed
from engine.trouble import Trouble


class Opened:
    """Used by `with`; Trouble if the file is not as it was found, or changes in the meantime. Raises OSError."""

    def __init__(self, entry: Entry, place: Place, before: int, notes: Notes) -> None:
        self.entry, self.place, self.notes = entry, place, notes
        self.name = shown(entry.path.name)
        self.before = self.at = before  # bytes of the source in files before, and that were read so far
        self._aside: TemporaryDirectory[str] | None = None

    def __enter__(self) -> "Opened":
        self._require_unchanged()
        self._file = self.entry.path.open("rb")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
        if self._aside:
            self._aside.cleanup()
        if kind is None:
            self._require_unchanged()

    @property
    def end(self) -> int:
        """The same, when all of this file is read."""
        return self.before + self.entry.facts.size

    def kind(self) -> Kind:
        """Of what is in it once it is unpacked."""
        start = next(self._chunks(Notes()), b"")[:LOOKED_AT]
        return kind_of(self.entry.path.name, start, self.place.encoding)

    def is_utf_8(self) -> bool:
        """Whether it needs no other encoding; reads all of it."""
        return is_utf_8(self._chunks(Notes()))

    def chunks(self) -> Iterator[bytes]:
        """All of its bytes from the beginning, unpacked."""
        for chunk in self._chunks(self.notes):
            self.at = self.before + self._file.tell()
            yield chunk

    def texts(self) -> Iterator[str]:
        """All of its characters, with plain line ends; raises UnsureEncoding and LeftOut."""
        return decoded(self.chunks(), self.place, self.name, self.notes)

    def whole(self) -> Path:
        """A file of the same bytes in which one can go back and forth; a packed one is unpacked to the disk."""
        self._file.seek(0)
        if not packing_of(self._file.read(LOOKED_AT)):
            return self.entry.path
        try:
            return self._unpacked()
        except OSError as error:
            reason = f"{self.name} could not be unpacked to the disk: {error.strerror}."
            raise Trouble(reason, "Make room on the disk that holds temporary files.") from error

    def _unpacked(self) -> Path:
        self._aside = TemporaryDirectory(prefix="terrarium-")
        place = Path(self._aside.name, "unpacked")
        with place.open("wb") as file:
            for chunk in self.chunks():
                file.write(chunk)
        return place

    def _chunks(self, notes: Notes) -> Iterator[bytes]:
        self._file.seek(0)
        packing = packing_of(self._file.read(LOOKED_AT))
        self._file.seek(0)
        if packing:
            return unpacked(self._file, packing, self._file.tell, notes)
        return iter(lambda: self._file.read(CHUNK), b"")

    def _require_unchanged(self) -> None:
        try:
            facts = Facts.of(self.entry.path.stat())
        except FileNotFoundError as error:
            raise changed(self.name) from error
        if facts != self.entry.facts:
            raise changed(self.name)
